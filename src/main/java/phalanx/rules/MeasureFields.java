package phalanx.rules;

import java.util.Optional;
import java.util.OptionalLong;
import phalanx.capture.CaptureSummary;
import phalanx.decode.filter.Field;
import phalanx.decode.filter.FieldTable;
import phalanx.decode.filter.FieldValues;
import phalanx.diagnose.Investigation;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.DelaySummary;
import phalanx.measure.SegmentCounts;
import phalanx.stitch.Conversation;

/** The documented measures that conditions of rules compare, by name. Any thread. */
public final class MeasureFields {
    private static final FieldTable SEGMENT = FieldTable.of("""
            segment.from text name of the capture point that packets pass first
            segment.to text name of the capture point after it
            segment.direction text c2s or s2c
            segment.seen u64 packets seen at the first point
            segment.arrived u64 packets seen at the second point
            segment.lost u64 packets lost between the two
            segment.loss decimal packets lost, percent of those seen
            segment.duplicates u64 second and further copies that arose in between
            segment.reordered u64 packets that arrived after one that had left later
            segment.changed u64 packets that arrived with other bytes
            segment.originated u64 packets made in between: resets, ICMP errors
            segment.delay.min duration shortest one-way delay
            segment.delay.p50 duration median one-way delay
            segment.delay.p95 duration one-way delay that 5 % of the packets exceed
            segment.delay.max duration longest one-way delay""");

    private static final FieldTable CONVERSATION = FieldTable.of("""
            conversation.transport text tcp, udp, icmp or other
            conversation.client text address of who opened it
            conversation.server text address of the other side
            conversation.server.port u16 port of the server
            conversation.hops u32 capture points that saw it
            conversation.lasted duration from its first packet to its last
            conversation.packets u64 packets of both directions
            conversation.bytes u64 IP bytes of both directions
            conversation.retransmissions u64 TCP segments sent again, both directions
            conversation.handshake duration SYN to the ACK that completes it
            conversation.rtt.p50 duration median round trip of data to its ACK
            conversation.rtt.p95 duration round trip that 5 % exceed
            conversation.response.p50 duration median time from a request to its answer, at the server
            conversation.response.p95 duration time to an answer that 5 % exceed, at the server
            conversation.rate decimal Mbit/s of the busier direction""");

    private static final FieldTable CAPTURE = FieldTable.of("""
            capture.hop text name of the capture point
            capture.packets u64 frames in the file
            capture.bytes u64 bytes on the wire
            capture.truncated u64 frames cut by the snaplen
            capture.lasted duration from the first frame to the last
            capture.offset duration how far its clock is from the reference, without sign
            capture.drift decimal how much faster its clock runs, parts per million, without sign
            capture.steps u32 times its clock was set while it recorded""");

    private MeasureFields() {}

    /** What can be asked of such a subject. */
    public static FieldTable of(Subject subject) {
        return switch (subject) {
            case SEGMENT -> SEGMENT;
            case CONVERSATION -> CONVERSATION;
            case CAPTURE -> CAPTURE;
        };
    }

    static void segment(Investigation investigation, SegmentCounts counts, Field field, FieldValues into) {
        switch (field.name()) {
            case "segment.from" -> into.add(investigation.stitched().hopName(counts.from()));
            case "segment.to" -> into.add(investigation.stitched().hopName(counts.to()));
            case "segment.direction" -> into.add(counts.direction().word());
            case "segment.seen" -> into.add(counts.seenAtFrom());
            case "segment.arrived" -> into.add(counts.seenAtTo());
            case "segment.lost" -> into.add(counts.lost());
            case "segment.loss" -> into.add(decimal(100.0 * counts.lost() / Math.max(1, counts.seenAtFrom())));
            case "segment.duplicates" -> into.add(counts.duplicates());
            case "segment.reordered" -> into.add(counts.reordered());
            case "segment.changed" -> into.add(counts.changed());
            case "segment.originated" -> into.add(counts.originated());
            default -> delay(counts.delay(), field.name(), into);
        }
    }

    /** No value where it could not be measured, so that no condition holds. */
    private static void delay(Optional<DelaySummary> delay, String name, FieldValues into) {
        delay.ifPresent(d -> into.add(
                switch (name.substring(name.lastIndexOf('.') + 1)) {
                    case "min" -> d.minNanos();
                    case "p50" -> d.medianNanos();
                    case "p95" -> d.p95Nanos();
                    default -> d.maxNanos();
                }));
    }

    static void conversation(ConversationMetrics metrics, Field field, FieldValues into) {
        Conversation conversation = metrics.conversation();
        switch (field.name()) {
            case "conversation.transport" -> into.add(conversation.transport().word());
            case "conversation.client" ->
                into.add(conversation.client().address().toString());
            case "conversation.server" ->
                into.add(conversation.server().address().toString());
            case "conversation.server.port" -> into.add(conversation.server().port());
            case "conversation.hops" -> into.add(conversation.legs().size());
            case "conversation.lasted" -> into.add(metrics.lastNanos() - metrics.firstNanos());
            case "conversation.packets" -> into.add(metrics.packets()[0] + metrics.packets()[1]);
            case "conversation.bytes" -> into.add(metrics.bytes()[0] + metrics.bytes()[1]);
            case "conversation.retransmissions" ->
                into.add(metrics.retransmissions()[0] + metrics.retransmissions()[1]);
            case "conversation.handshake" -> add(metrics.handshakeNanos(), into);
            case "conversation.rate" -> into.add(decimal(metrics.throughputBitsPerSecond() / 1e6));
            case "conversation.rtt.p50", "conversation.rtt.p95" -> delay(metrics.rtt(), field.name(), into);
            default -> delay(metrics.serverThink(), field.name(), into);
        }
    }

    private static void add(OptionalLong value, FieldValues into) {
        value.ifPresent(into::add);
    }

    static void capture(Investigation investigation, int capture, Field field, FieldValues into) {
        CaptureSummary summary =
                investigation.stitched().captures().get(capture).capture().summary();
        var clock = investigation.stitched().clocks().get(capture);
        switch (field.name()) {
            case "capture.hop" -> into.add(investigation.stitched().hopName(capture));
            case "capture.packets" -> into.add(summary.frames());
            case "capture.bytes" -> into.add(summary.bytes());
            case "capture.truncated" -> into.add(summary.truncated());
            case "capture.lasted" -> into.add(summary.lastNanos() - summary.firstNanos());
            case "capture.steps" -> into.add(clock.steps().size());
            case "capture.offset" -> {
                if (clock.known()) {
                    into.add(Math.abs(clock.offsetNanos()));
                }
            }
            default -> {
                if (clock.known()) {
                    into.add(decimal(Math.abs(clock.driftPpm())));
                }
            }
        }
    }

    private static long decimal(double value) {
        return Math.round(value * 1e9);
    }
}
