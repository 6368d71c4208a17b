package phalanx.config;

import phalanx.run.ForeignText;

/**
 * Something in a configuration that is refused. Any thread.
 *
 * @param what one sentence
 * @param remedy one sentence: what to write in its place
 */
public record Fault(Position at, String what, String remedy) {
    /** {@code FILE:LINE:COLUMN: what. remedy.} */
    @Override
    public String toString() {
        return ForeignText.line(at + ": " + what + " " + remedy);
    }
}
