package phalanx.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phalanx.decode.PacketTable;
import phalanx.net.Transport;
import phalanx.stitch.ClockAlignment;
import phalanx.stitch.HopPath;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/** When each capture was recording, and what must have passed it although it is not in its file. One thread. */
final class Recording {
    private static final int RST = 4;

    private final Stitched stitched;
    private final Journeys journeys;
    private final long[] begin;
    private final long[] end;
    private final Map<Long, AckedBytes> acked = new HashMap<>();

    /** @param pathOf by journey, index into the paths */
    Recording(Stitched stitched, int[] pathOf) {
        this.stitched = stitched;
        journeys = stitched.journeys();
        int captures = stitched.captures().size();
        begin = new long[captures];
        end = new long[captures];
        for (int c = 0; c < captures; c++) {
            begin[c] = Long.MIN_VALUE;
            end[c] = Long.MAX_VALUE;
            PacketTable packets = stitched.captures().get(c).packets();
            if (packets.size() > 0) {
                findWindow(c, pathOf, packets);
            }
        }
    }

    /**
     * The first frame of a file is no sign of when recording began: there may have been nothing to record. A capture began late
     * when packets passed it before its first frame.
     */
    private void findWindow(int capture, int[] pathOf, PacketTable packets) {
        ClockAlignment clock = stitched.clocks().get(capture);
        long first = clock.toCommon(packets.timeNanos(0), 0);
        long last = clock.toCommon(packets.timeNanos(packets.size() - 1), packets.size() - 1);
        for (int journey = 0; journey < journeys.size(); journey++) {
            if (journeys.row(journey, capture) < 0 && mustHavePassed(capture, journey, pathOf[journey])) {
                long when = anySighting(journey);
                begin[capture] = when < first ? first : begin[capture];
                end[capture] = when > last ? last : end[capture];
            }
        }
    }

    /** Seen on both sides of the capture, or behind it and come from the host before all, whoever recorded on the way from there. */
    private boolean mustHavePassed(int capture, int journey, int path) {
        if (path < 0) {
            return false;
        }
        HopPath taken = stitched.paths().get(path);
        int position = taken.captures().indexOf(capture);
        if (position < 0) {
            return false;
        }
        int seenAfter = firstSeen(journey, taken.captures(), position + 1);
        if (seenAfter < 0) {
            return false;
        }
        return !madeOnTheWay(journey, seenAfter) && journeys.copyOf(journey) < 0
                || taken.captures().subList(0, position).stream().anyMatch(c -> journeys.row(journey, c) >= 0);
    }

    private int firstSeen(int journey, List<Integer> captures, int fromPosition) {
        for (int i = fromPosition; i < captures.size(); i++) {
            if (journeys.row(journey, captures.get(i)) >= 0) {
                return captures.get(i);
            }
        }
        return -1;
    }

    /** Resets and ICMP errors are what routers and firewalls make; other packets come from a host. */
    boolean madeOnTheWay(int journey, int capture) {
        PacketTable packets = stitched.captures().get(capture).packets();
        int row = journeys.row(journey, capture);
        return (packets.tcpFlags(row) & RST) != 0 || packets.hasQuote(row);
    }

    private long anySighting(int journey) {
        for (int c = 0; c < begin.length; c++) {
            if (journeys.row(journey, c) >= 0) {
                return stitched.commonNanos(c, journeys.row(journey, c));
            }
        }
        return 0;
    }

    /** Whether {@code capture} was recording when the packet was seen at {@code seenAt}. */
    boolean covers(int capture, int journey, int seenAt) {
        long when = stitched.commonNanos(seenAt, journeys.row(journey, seenAt));
        return when >= begin[capture] && when <= end[capture];
    }

    /**
     * Whether a TCP segment that is not in the last capture of its path reached the host behind it all the same: the host
     * acknowledged bytes that no captured segment carried (after the tests of tcpanaly, Paxson 1997).
     */
    boolean acknowledgedUnseen(int capture, int journey, int seenAt) {
        PacketTable packets = stitched.captures().get(seenAt).packets();
        int row = journeys.row(journey, seenAt);
        if (packets.protocol(row) != Transport.PROTOCOL_TCP || packets.payloadLength(row) <= 0) {
            return false;
        }
        long key = ((long) journeys.conversation(journey) << 8 | capture) << 1
                | journeys.direction(journey).ordinal();
        return acked.computeIfAbsent(
                        key,
                        _ -> new AckedBytes(
                                stitched, journeys.conversation(journey), journeys.direction(journey), capture))
                .coversUnseen(packets.sequence(row), packets.payloadLength(row));
    }

    /** Whether delays between the two can be told. */
    boolean tied(int capture, int other) {
        return stitched.clocks().get(capture).tied()
                && stitched.clocks().get(other).tied();
    }
}
