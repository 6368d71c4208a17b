package phalanx.explain;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phalanx.decode.PacketTable;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.net.Endpoint;
import phalanx.net.HopId;
import phalanx.net.Transport;
import phalanx.stitch.CapturePoint;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/**
 * What went through since captures under way began, counted from answers that overlap: each packet once, {@link #SETTLED_NANOS} after it
 * was seen, for until then it may still turn up at the next capture point. Of conversations the last {@link #MOST} active ones are kept
 * one by one, those before them only in sum. Of a ring's file the last {@link #SETTLED_NANOS} before the next one begins are counted in
 * neither: the answer to the next one does not know what became of them. One thread.
 */
public final class LiveTotals {
    /** Conversations that are kept one by one. */
    public static final int MOST = 10_000;
    /** A packet that is not at the next capture point after so long was lost. */
    public static final long SETTLED_NANOS = 2_000_000_000L;

    private final Map<HopId, Span> spans = new HashMap<>();
    private final Map<Between, Passed> segments = new LinkedHashMap<>();
    private final Map<Pair, Counts> conversations = new LinkedHashMap<>(16, 0.75f, true);
    private Counts idle = new Counts(0, 0);
    private long ended;

    /** Frames of a file that are counted at this answer: behind {@code after}, up to {@code to}. */
    private record Span(Path file, long after, long to) {
        boolean has(long frame) {
            return frame > after && frame <= to;
        }
    }

    /** A segment. @param direction of the packets */
    public record Between(HopId from, HopId to, Direction direction) {}

    /** Packets that left for a segment, and how many of them were lost. */
    public record Passed(long seen, long lost) {
        /** 0..1 */
        public double share() {
            return seen == 0 ? 0 : (double) lost / seen;
        }
    }

    /** Packets, and bytes of them from the IP header on. */
    public record Counts(long packets, long bytes) {
        private Counts plus(Counts other) {
            return new Counts(packets + other.packets, bytes + other.bytes);
        }
    }

    private record Pair(Transport transport, Endpoint client, Endpoint server) {}

    /** Takes up an answer. */
    public void note(Analysis analysis) {
        Stitched stitched = analysis.stitched();
        for (int capture = 0; capture < stitched.captures().size(); capture++) {
            CapturePoint point = stitched.captures().get(capture);
            Path file = point.capture().file();
            Span before = spans.get(point.hop());
            long after = before != null && before.file.equals(file) ? before.to : 0; // a ring's next file counts anew
            spans.put(point.hop(), new Span(file, after, Math.max(after, settled(point.packets()))));
        }
        analysis.measures().segments().forEach(segment -> count(segment, stitched));
        conversations(stitched);
    }

    private Span span(Stitched stitched, int capture) {
        return Objects.requireNonNull(spans.get(stitched.captures().get(capture).hop()), "it was noted");
    }

    /** The last frame that is old enough. */
    private static long settled(PacketTable packets) {
        int row = packets.size() - 1;
        long until = row < 0 ? 0 : packets.timeNanos(row) - SETTLED_NANOS;
        while (row >= 0 && packets.timeNanos(row) > until) {
            row--;
        }
        return row < 0 ? 0 : packets.frame(row);
    }

    private void count(SegmentTraffic segment, Stitched stitched) {
        int from = segment.counts().from();
        long lost = counted(segment.lost(), from, stitched);
        long delivered = counted(segment.delivered(), from, stitched);
        Between between = new Between(
                stitched.captures().get(from).hop(),
                stitched.captures().get(segment.counts().to()).hop(),
                segment.counts().direction());
        Passed before = segments.getOrDefault(between, new Passed(0, 0));
        segments.put(between, new Passed(before.seen + lost + delivered, before.lost + lost));
    }

    private long counted(int[] some, int capture, Stitched stitched) {
        Span span = span(stitched, capture);
        PacketTable packets = stitched.captures().get(capture).packets();
        long count = 0;
        for (int journey : some) {
            count += span.has(packets.frame(stitched.journeys().row(journey, capture))) ? 1 : 0;
        }
        return count;
    }

    private void conversations(Stitched stitched) {
        Journeys journeys = stitched.journeys();
        int captures = stitched.captures().size();
        long[] packets = new long[stitched.conversations().size()];
        long[] bytes = new long[packets.length];
        for (int journey = 0; journey < journeys.size(); journey++) {
            int seenBy = 0;
            while (seenBy < captures - 1 && journeys.row(journey, seenBy) < 0) {
                seenBy++;
            }
            PacketTable table = stitched.captures().get(seenBy).packets();
            int row = journeys.row(journey, seenBy);
            if (row >= 0 && span(stitched, seenBy).has(table.frame(row))) {
                packets[journeys.conversation(journey)]++;
                bytes[journeys.conversation(journey)] += table.ipLength(row);
            }
        }
        for (Conversation one : stitched.conversations()) {
            if (packets[one.id()] > 0) {
                conversations.merge(
                        new Pair(one.transport(), one.client(), one.server()),
                        new Counts(packets[one.id()], bytes[one.id()]),
                        Counts::plus);
            }
        }
        var oldest = conversations.entrySet().iterator();
        for (int over = conversations.size() - MOST; over > 0; over--) {
            idle = idle.plus(oldest.next().getValue());
            ended++;
            oldest.remove();
        }
    }

    /** By segment, in the order in which they were first seen. */
    public Map<Between, Passed> segments() {
        return Map.copyOf(segments);
    }

    /** Conversations since the begin; one that was idle for long and goes on counts again. */
    public long conversations() {
        return ended + conversations.size();
    }

    /** Packets and bytes of all conversations, each packet once. */
    public Counts all() {
        return conversations.values().stream().reduce(idle, Counts::plus);
    }

    /** The segments that lost most, by share, at most so many. */
    public List<Map.Entry<Between, Passed>> worst(int most) {
        return segments.entrySet().stream()
                .filter(each -> each.getValue().lost > 0)
                .sorted((one, other) ->
                        Double.compare(other.getValue().share(), one.getValue().share()))
                .limit(most)
                .toList();
    }
}
