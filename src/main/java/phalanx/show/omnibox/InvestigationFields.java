package phalanx.show.omnibox;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phalanx.decode.PacketTable;
import phalanx.decode.filter.Field;
import phalanx.decode.filter.FieldSource;
import phalanx.decode.filter.FieldTable;
import phalanx.decode.filter.FieldValues;
import phalanx.decode.filter.Fields;
import phalanx.diagnose.Evidence;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.ConversationMetrics;
import phalanx.stitch.Stitched;

/**
 * The fields that a display filter can ask for on the desk: those of a frame by Wireshark's names, and what the investigation knows
 * of it. One instance a capture point, one thread.
 */
public final class InvestigationFields implements FieldSource {
    private static final String OWN = """
            hop.name text capture point that saw the frame
            hop.number u32 its place on the path, 1 next to the client
            hop.count u32 capture points that saw the packet
            conv.id u32 number of the conversation
            conv.packets u63 packets of the conversation
            conv.bytes u63 IP bytes of the conversation
            conv.retransmissions u63 segments of the conversation that were sent again
            conv.duration duration from its first packet to its last
            conv.rtt duration median round trip of the conversation
            finding label a packet of a conversation with findings
            finding.id text findings of the packet's conversation
            finding.kind text what these findings are, as random_loss
            finding.severity text critical, warning or info
            finding.evidence label a packet that proves a finding
            """;

    /** All of them. */
    public static final FieldTable TABLE = FieldTable.of(Stream.concat(
                    Fields.FRAME.all().stream().map(InvestigationFields::line),
                    OWN.lines().filter(line -> !line.isBlank()))
            .collect(Collectors.joining("\n")));

    private final FieldSource frame;
    private final Analysis analysis;
    private final Stitched stitched;
    private final int capture;
    private final int place;
    private final BitSet evidence = new BitSet();
    private int journey;
    private long number;

    /** @param frame answers for the fields of the frame in hand */
    InvestigationFields(FieldSource frame, Analysis analysis, int capture) {
        this.frame = frame;
        this.analysis = analysis;
        this.capture = capture;
        stitched = analysis.stitched();
        place = stitched.clientFirst().indexOf(capture) + 1;
        for (ExplainedFinding told : analysis.findings()) {
            for (Evidence proof : told.finding().evidence()) {
                if (proof.capture() == capture) {
                    for (long proving : proof.frames()) {
                        evidence.set((int) proving);
                    }
                }
            }
        }
    }

    private static String line(Field field) {
        String type = switch (field.type()) {
            case UNSIGNED -> "u" + field.bits();
            case PROTOCOL, LABEL, BOOLEAN, IPV4, IPV6, ETHERNET, TEXT, BYTES, DURATION, DECIMAL, TIME ->
                field.type().name();
        };
        return field.name() + " " + type + " " + field.description();
    }

    /** @param frameNumber the frame in hand  @return its packet, -1 for one that does not travel between hosts */
    int aim(long frameNumber) {
        PacketTable packets = stitched.captures().get(capture).packets();
        number = frameNumber;
        journey = stitched.journeys().journeyAt(capture, packets.rowOfFrame(frameNumber));
        return journey;
    }

    @Override
    public void values(Field field, FieldValues into) {
        String name = field.name();
        if (name.startsWith("hop.")) {
            hop(name, into);
        } else if (name.startsWith("conv.")) {
            if (journey >= 0) {
                conversation(name, into);
            }
        } else if (name.startsWith("finding")) {
            finding(name, into);
        } else {
            frame.values(field, into);
        }
    }

    private void hop(String name, FieldValues into) {
        switch (name) {
            case "hop.name" -> into.add(stitched.hopName(capture));
            case "hop.number" -> into.add(place);
            default -> {
                if (journey >= 0) {
                    into.add(stitched.journeys().sightings(journey));
                }
            }
        }
    }

    private void conversation(String name, FieldValues into) {
        int id = stitched.journeys().conversation(journey);
        ConversationMetrics metrics = analysis.measures().conversations().get(id);
        switch (name) {
            case "conv.id" -> into.add(id);
            case "conv.packets" -> into.add(metrics.packets()[0] + metrics.packets()[1]);
            case "conv.bytes" -> into.add(metrics.bytes()[0] + metrics.bytes()[1]);
            case "conv.retransmissions" -> into.add(metrics.retransmissions()[0] + metrics.retransmissions()[1]);
            case "conv.duration" -> into.add(metrics.lastNanos() - metrics.firstNanos());
            default -> metrics.rtt().ifPresent(rtt -> into.add(rtt.medianNanos()));
        }
    }

    private void finding(String name, FieldValues into) {
        if (name.equals("finding.evidence")) {
            if (evidence.get((int) number)) {
                into.add(1);
            }
            return;
        }
        List<ExplainedFinding> findings = journey < 0
                ? List.of()
                : analysis.byConversation().getOrDefault(stitched.journeys().conversation(journey), List.of());
        for (ExplainedFinding told : findings) {
            switch (name) {
                case "finding.id" -> into.add(told.id());
                case "finding.kind" -> into.add(told.finding().kind());
                case "finding.severity" -> into.add(told.finding().severity().word());
                default -> into.add(1);
            }
        }
    }
}
