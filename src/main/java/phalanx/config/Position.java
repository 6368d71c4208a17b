package phalanx.config;

/**
 * Where something stands. Any thread.
 *
 * @param file as the user named it, or as an {@code include} did
 * @param line 1-based
 * @param column 1-based, in characters
 */
public record Position(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
