package phalanx.run;

/**
 * Something outside the program that went wrong, told so that the user can act. Any thread.
 *
 * @param code stable, searchable: {@code PHX-nnnn}
 * @param what one sentence that names the file, hop or line, and what still works
 * @param remedy what the user can do now
 * @param offset bytes from the start of the file where it was met, -1 when that means nothing
 * @param frame 1-based number of the frame in its file, -1 when that means nothing
 */
public record Problem(String code, String what, String remedy, long offset, long frame) {
    public Problem(String code, String what, String remedy) {
        this(code, what, remedy, -1, -1);
    }

    /** {@code PHX-nnnn what remedy}, for one line on stderr. */
    @Override
    public String toString() {
        return ForeignText.line(code + " " + what + " " + remedy);
    }
}
