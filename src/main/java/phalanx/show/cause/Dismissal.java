package phalanx.show.cause;

/**
 * A finding that somebody looked at and found to be no problem.
 *
 * @param finding its id
 * @param reason why, in that person's words; never blank
 */
public record Dismissal(String finding, String reason) {
    public Dismissal {
        if (reason.isBlank()) {
            throw new IllegalArgumentException(finding + " needs a reason");
        }
    }
}
