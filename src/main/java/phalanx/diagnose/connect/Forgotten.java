package phalanx.diagnose.connect;

import java.util.Arrays;
import phalanx.diagnose.Investigation;
import phalanx.measure.SegmentTraffic;
import phalanx.net.TcpFlags;

/** Connections that a device between two points no longer knew. */
final class Forgotten {
    private Forgotten() {}

    /** Whether this reset, made between the points, answers a packet that was held back there after the connection had been silent. */
    static boolean isAnsweredByReset(Investigation investigation, SegmentTraffic segment, int reset) {
        int refused = Answers.isReset(investigation, reset) ? investigation.refusedBy(reset, segment) : -1;
        return refused >= 0
                && silenceBefore(investigation, segment, refused)
                        >= investigation.thresholds().idleNanos();
    }

    /** How long nothing of this packet's conversation had passed both points when it was sent; 0 when nothing had passed at all. */
    static long silenceBefore(Investigation investigation, SegmentTraffic segment, int journey) {
        long when = investigation.when(journey);
        long last = Arrays.stream(
                        investigation.journeys().of(investigation.journeys().conversation(journey)))
                .filter(j -> passedBoth(investigation, segment, j))
                .mapToLong(investigation::when)
                .filter(t -> t < when)
                .max()
                .orElse(when);
        return when - last;
    }

    /** The longest silence after which a connection still passed. */
    static long longestSurvived(Investigation investigation, SegmentTraffic segment) {
        long longest = 0;
        for (var conversation : investigation.stitched().conversations()) {
            long before = Long.MAX_VALUE;
            for (int journey : investigation.journeys().of(conversation.id())) {
                if (passedBoth(investigation, segment, journey)) {
                    longest = Math.max(longest, investigation.when(journey) - before);
                    boolean opens = (investigation.tcpFlags(journey) & TcpFlags.SYN) != 0;
                    before = opens ? Long.MAX_VALUE : investigation.when(journey);
                }
            }
        }
        return longest;
    }

    private static boolean passedBoth(Investigation investigation, SegmentTraffic segment, int journey) {
        return investigation.journeys().row(journey, segment.counts().from()) >= 0
                && investigation.journeys().row(journey, segment.counts().to()) >= 0;
    }
}
