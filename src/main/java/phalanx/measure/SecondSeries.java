package phalanx.measure;

import org.jspecify.annotations.Nullable;
import phalanx.metrics.TimeSeries;
import phalanx.net.Direction;

/**
 * One quantity of the traffic second by second on the reference clock; of recordings of more than half an hour in steps of several
 * seconds. The first point begins with the first packet.
 *
 * @param direction null when it is of both
 * @param from index of the capture point at which it is measured, or where its segment begins; -1 for all
 * @param to where its segment ends, -1 when it is of none
 * @param series NaN in a second without a packet of the kind
 */
public record SecondSeries(Quantity quantity, @Nullable Direction direction, int from, int to, TimeSeries series) {
    /** What is measured. */
    public enum Quantity {
        /** Median one-way delay over a segment by time of departure, seconds. */
        DELAY("delay"),
        /** Share of a segment's packets that were lost, 0..1, by time of departure. */
        LOSS("loss"),
        /** IP bits per second that leave the first capture point of the main path. */
        THROUGHPUT("throughput"),
        /** Median time from a TCP segment to its acknowledgment next to its sender, seconds, by time of the acknowledgment. */
        ROUND_TRIP("round trip"),
        /** Median time from a request to its answer next to the server, seconds, by time of the answer. */
        RESPONSE_TIME("response time");

        private final String word;

        Quantity(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
