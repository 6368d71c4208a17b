package phalanx.telemetry;

import org.jspecify.annotations.Nullable;
import phalanx.net.Endpoint;

/**
 * Something that happened, by the word of another tool. Immutable, any thread.
 *
 * @param nanos since the epoch, by the clock of who recorded it
 * @param durationNanos 0 for a moment, and where it is not known
 * @param kind as the tool calls it: {@code conn}, {@code alert}, {@code span}, {@code log}, {@code deploy}
 * @param from who began, null where no address is known; port 0 where none is
 * @param to whom it went to, likewise
 * @param service whom it concerns, empty where that is not known
 * @param text in one line, without control characters
 * @param link what leads to more of it: an id of a connection or a trace; may be empty
 */
public record Event(
        long nanos,
        long durationNanos,
        Source source,
        String kind,
        Weight weight,
        @Nullable Endpoint from,
        @Nullable Endpoint to,
        String service,
        String text,
        String link) {
    /** Which tool said it. */
    public enum Source {
        ZEEK("Zeek"),
        SURICATA("Suricata"),
        OPENTELEMETRY("OpenTelemetry"),
        DEPLOYS("deploys");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /** As people write it. */
        public String word() {
            return word;
        }
    }

    /** How much it says about a fault. */
    public enum Weight {
        /** All in order. */
        ORDINARY,
        /** Somebody changed something. */
        CHANGE,
        /** Something failed. */
        TROUBLE
    }
}
