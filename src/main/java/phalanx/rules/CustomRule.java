package phalanx.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import phalanx.decode.filter.DisplayFilter;
import phalanx.decode.filter.Field;
import phalanx.decode.filter.FieldValues;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.FindingBuilder;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.Rule;
import phalanx.diagnose.Severity;
import phalanx.diagnose.Verdict;
import phalanx.diagnose.Where;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.SegmentCounts;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;
import phalanx.stitch.Conversation;

/**
 * A rule of the user's: a condition over the measures of each segment, conversation or capture, with words of its own.
 *
 * @param file that it stands in
 * @param when holds for what is to be told
 */
public record CustomRule(
        String id, String kind, Subject of, DisplayFilter when, Severity severity, Finding.Words words, Path file)
        implements Rule {
    /** Frames that stand for a finding that is about many packets. */
    private static final int SAMPLE = 1000;

    @Override
    public List<String> kinds() {
        return List.of(kind);
    }

    @Override
    public Needs needs() {
        return of == Subject.SEGMENT ? Needs.TWO_POINTS : Needs.PACKETS;
    }

    @Override
    public Verdict judge(Investigation investigation) {
        List<Finding> findings = new ArrayList<>();
        switch (of) {
            case SEGMENT -> investigation.measures().segments().forEach(s -> segment(investigation, s, findings));
            case CONVERSATION ->
                investigation.measures().conversations().forEach(c -> conversation(investigation, c, findings));
            case CAPTURE ->
                IntStream.range(0, investigation.stitched().captures().size())
                        .forEach(c -> capture(investigation, c, findings));
        }
        return Verdict.of(findings);
    }

    private void segment(Investigation investigation, SegmentTraffic segment, List<Finding> findings) {
        SegmentCounts counts = segment.counts();
        BiConsumer<Field, FieldValues> measures =
                (field, into) -> MeasureFields.segment(investigation, counts, field, into);
        if (when.holds(measures::accept)) {
            int[] packets = segment.lost().length > 0 ? segment.lost() : sample(segment.delivered());
            if (packets.length > 0) {
                findings.add(begun(investigation, measures)
                        .on(segment)
                        .packets(packets)
                        .evidence(counts.from(), packets, "packets of this segment")
                        .build());
            }
        }
    }

    private void conversation(Investigation investigation, ConversationMetrics metrics, List<Finding> findings) {
        BiConsumer<Field, FieldValues> measures = (field, into) -> MeasureFields.conversation(metrics, field, into);
        if (when.holds(measures::accept)) {
            Conversation conversation = metrics.conversation();
            int capture = conversation.nearestToServer();
            int[] packets = sample(investigation.journeys().of(conversation.id(), capture));
            findings.add(begun(investigation, measures)
                    .at(new Where.Node(Where.Role.SERVER, capture), Direction.BOTH)
                    .packets(packets)
                    .evidence(capture, packets, "packets of this conversation")
                    .build());
        }
    }

    private void capture(Investigation investigation, int capture, List<Finding> findings) {
        BiConsumer<Field, FieldValues> measures =
                (field, into) -> MeasureFields.capture(investigation, capture, field, into);
        int rows = investigation.packets(capture).size();
        if (rows > 0 && when.holds(measures::accept)) {
            long first = investigation.stitched().commonNanos(capture, 0);
            long last = investigation.stitched().commonNanos(capture, rows - 1);
            long[] frames = {
                investigation.packets(capture).frame(0),
                investigation.packets(capture).frame(rows - 1)
            };
            findings.add(begun(investigation, measures)
                    .at(new Where.Capture(capture), Direction.BOTH)
                    .during(first, last)
                    .evidence(List.of(new Evidence(
                            capture,
                            rows == 1 ? new long[] {frames[0]} : frames,
                            "first and last packet of the capture")))
                    .build());
        }
    }

    private static int[] sample(int[] packets) {
        return IntStream.of(packets).limit(SAMPLE).toArray();
    }

    /** With the values of all measures, for the words. */
    private FindingBuilder begun(Investigation investigation, BiConsumer<Field, FieldValues> measures) {
        FindingBuilder builder =
                investigation.finding(id, kind).severity(severity, 0.8).words(words);
        FieldValues values = new FieldValues();
        for (Field field : MeasureFields.of(of).all()) {
            values.reset();
            measures.accept(field, values);
            builder.fact(field.name(), values.count() == 0 ? new Fact.Text("unknown") : fact(field, values));
        }
        return builder;
    }

    private static Fact fact(Field field, FieldValues values) {
        return switch (field.type()) {
            case TEXT -> new Fact.Text(values.text(0));
            case DURATION -> new Fact.Nanos(values.number(0));
            case DECIMAL -> new Fact.Text("%.3g".formatted(values.number(0) / 1e9));
            default -> new Fact.Count(values.number(0));
        };
    }
}
