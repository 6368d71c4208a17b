package phalanx.show.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Evidence;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.net.TcpFlags;
import phalanx.show.Selection;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.PacketLabel;
import phalanx.stitch.Stitched;
import phalanx.stitch.TimeOrder;

/** Makes the ladder of an analysis: of one conversation, of a finding's conversations, or of all. Any thread. */
final class LadderBuilder {
    private final Stitched stitched;
    private final List<Integer> columns;
    private final BitSet lost = new BitSet();
    private final BitSet late = new BitSet();
    private final BitSet made = new BitSet();
    private final BitSet uncaptured = new BitSet();

    LadderBuilder(Analysis analysis) {
        stitched = analysis.stitched();
        columns = stitched.clientFirst();
        for (SegmentTraffic segment : analysis.measures().segments()) {
            IntStream.of(segment.lost()).forEach(lost::set);
            IntStream.of(segment.reordered()).forEach(late::set);
            IntStream.of(segment.originated()).forEach(made::set);
            IntStream.of(segment.missingFromCapture()).forEach(uncaptured::set);
        }
    }

    /**
     * Builds a picture.
     *
     * @param conversation {@link Selection#NONE} for those of the finding, or all
     * @return null when there is no packet to show
     */
    @Nullable
    LadderPicture picture(int conversation, @Nullable ExplainedFinding finding, TimeScale.Mode mode) {
        int[] shown = byStart(shown(conversation, finding));
        if (shown.length == 0) {
            return null;
        }
        Journeys journeys = stitched.journeys();
        long[] times = new long[shown.length * columns.size()];
        long[] starts = new long[shown.length];
        boolean[] toServer = new boolean[shown.length];
        byte[] marks = new byte[shown.length];
        Map<Integer, int[]> highest = new HashMap<>();
        for (int rung = 0; rung < shown.length; rung++) {
            int journey = shown[rung];
            starts[rung] = Long.MAX_VALUE;
            for (int column = 0; column < columns.size(); column++) {
                int row = journeys.row(journey, columns.get(column));
                long when = row < 0 ? LadderPicture.NOT_SEEN : stitched.commonNanos(columns.get(column), row);
                times[rung * columns.size() + column] = when;
                starts[rung] = row < 0 ? starts[rung] : Math.min(starts[rung], when);
            }
            toServer[rung] = journeys.direction(journey) == Direction.CLIENT_TO_SERVER;
            marks[rung] = marks(journey, highest);
        }
        return new LadderPicture(
                columns.stream().map(stitched::hopName).toList(),
                shown,
                times,
                toServer,
                marks,
                proof(shown, finding),
                rung -> label(shown[rung]),
                TimeScale.of(mode, starts),
                title(conversation, finding, shown.length));
    }

    private int[] shown(int conversation, @Nullable ExplainedFinding finding) {
        if (conversation != Selection.NONE) {
            return stitched.journeys().of(conversation);
        }
        if (finding != null && !finding.finding().conversations().isEmpty()) {
            return finding.finding().conversations().stream()
                    .flatMapToInt(c -> IntStream.of(stitched.journeys().of(c)))
                    .toArray();
        }
        return IntStream.range(0, stitched.journeys().size()).toArray();
    }

    private int[] byStart(int[] shown) {
        long[] starts = IntStream.of(shown)
                .mapToLong(j -> columns.stream()
                        .filter(c -> stitched.journeys().row(j, c) >= 0)
                        .mapToLong(
                                c -> stitched.commonNanos(c, stitched.journeys().row(j, c)))
                        .min()
                        .orElse(0))
                .toArray();
        return IntStream.of(TimeOrder.of(starts)).map(i -> shown[i]).toArray();
    }

    private byte marks(int journey, Map<Integer, int[]> highest) {
        int first = firstCapture(journey);
        PacketTable packets = stitched.captures().get(first).packets();
        int row = stitched.journeys().row(journey, first);
        boolean again = packets.payloadLength(row) > 0
                && (packets.tcpFlags(row) & TcpFlags.ACK) != 0
                && sentAgain(journey, packets, row, highest);
        return (byte) ((lost.get(journey) ? LadderPicture.LOST : 0)
                | (late.get(journey) ? LadderPicture.LATE : 0)
                | (made.get(journey) ? LadderPicture.MADE : 0)
                | (uncaptured.get(journey) ? LadderPicture.UNCAPTURED : 0)
                | (stitched.journeys().copyOf(journey) >= 0 ? LadderPicture.COPY : 0)
                | (packets.icmpType(row) >= 0 ? LadderPicture.ICMP : 0)
                | (again ? LadderPicture.AGAIN : 0));
    }

    /** Whether all bytes of the segment were sent before, in the order of this ladder. */
    private boolean sentAgain(int journey, PacketTable packets, int row, Map<Integer, int[]> highest) {
        boolean fromClient = stitched.journeys().direction(journey) == Direction.CLIENT_TO_SERVER;
        int key = stitched.journeys().conversation(journey) * 2 + (fromClient ? 1 : 0);
        int end = packets.sequence(row) + packets.payloadLength(row);
        int[] known = highest.get(key);
        if (known == null) {
            highest.put(key, new int[] {end});
            return false;
        }
        boolean again = end - known[0] <= 0;
        known[0] = again ? known[0] : end;
        return again;
    }

    private int firstCapture(int journey) {
        boolean toServer = stitched.journeys().direction(journey) == Direction.CLIENT_TO_SERVER;
        for (int capture : toServer ? columns : columns.reversed()) {
            if (stitched.journeys().row(journey, capture) >= 0) {
                return capture;
            }
        }
        throw new IllegalStateException("journey " + journey + " was never seen");
    }

    private String label(int journey) {
        int capture = firstCapture(journey);
        return PacketLabel.of(
                stitched.captures().get(capture).packets(), stitched.journeys().row(journey, capture));
    }

    private int[] proof(int[] shown, @Nullable ExplainedFinding finding) {
        int[] numbers = new int[shown.length];
        if (finding != null) {
            BitSet proving = new BitSet();
            for (Evidence evidence : finding.finding().evidence()) {
                PacketTable packets =
                        stitched.captures().get(evidence.capture()).packets();
                for (long frame : evidence.frames()) {
                    int journey = stitched.journeys().journeyAt(evidence.capture(), packets.rowOfFrame(frame));
                    if (journey >= 0) {
                        proving.set(journey);
                    }
                }
            }
            int number = 0;
            for (int rung = 0; rung < shown.length; rung++) {
                numbers[rung] = proving.get(shown[rung]) ? ++number : 0;
            }
        }
        return numbers;
    }

    private String title(int conversation, @Nullable ExplainedFinding finding, int packets) {
        String count = "%,d packets".formatted(packets);
        if (conversation != Selection.NONE) {
            Conversation of = stitched.conversations().get(conversation);
            return of.client() + " > " + of.server() + " (" + of.transport().word() + "), " + count;
        }
        return finding == null ? "All conversations, " + count : "Conversations of " + finding.id() + ", " + count;
    }

    /** Where and when a packet was seen, a line a capture point. */
    List<String> sightings(int journey) {
        List<String> lines = new ArrayList<>();
        long before = LadderPicture.NOT_SEEN;
        boolean toServer = stitched.journeys().direction(journey) == Direction.CLIENT_TO_SERVER;
        for (int capture : toServer ? columns : columns.reversed()) {
            int row = stitched.journeys().row(journey, capture);
            if (row >= 0) {
                long when = stitched.commonNanos(capture, row);
                PacketTable packets = stitched.captures().get(capture).packets();
                String after = before == LadderPicture.NOT_SEEN ? "" : "  +" + FactFormat.duration(when - before);
                lines.add("%s  frame %,d  TTL %d%s"
                        .formatted(stitched.hopName(capture), packets.frame(row), packets.timeToLive(row), after));
                before = when;
            }
        }
        return lines;
    }

    /** The first packet that proves the finding, {@link Selection#NONE} when its frames are no packets between hosts. */
    static int firstProof(Stitched stitched, ExplainedFinding finding) {
        return finding.finding().evidence().stream()
                .flatMapToInt(evidence -> Arrays.stream(evidence.frames())
                        .mapToInt(frame -> stitched.journeys()
                                .journeyAt(
                                        evidence.capture(),
                                        stitched.captures()
                                                .get(evidence.capture())
                                                .packets()
                                                .rowOfFrame(frame))))
                .filter(journey -> journey >= 0)
                .findFirst()
                .orElse(Selection.NONE);
    }
}
