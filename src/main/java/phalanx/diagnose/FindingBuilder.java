package phalanx.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Direction;

/** Puts a {@link Finding} together; {@link Investigation#finding} begins one. One thread. */
public final class FindingBuilder {
    private final Investigation investigation;
    private final String rule;
    private final String kind;
    private Severity severity = Severity.WARNING;
    private double confidence = 0.5;
    private Where where = new Where.Segment(0, Where.BEYOND);
    private Direction direction = Direction.BOTH;
    private long startNanos;
    private long endNanos;
    private final Map<String, Fact> facts = new HashMap<>();
    private List<Integer> conversations = List.of();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Finding.RuledOut> ruledOut = new ArrayList<>();
    private double harm;
    private Finding.@Nullable Words words;

    FindingBuilder(Investigation investigation, String rule, String kind) {
        this.investigation = investigation;
        this.rule = rule;
        this.kind = kind;
    }

    /** @param confidence 0..1 */
    public FindingBuilder severity(Severity worth, double confidence) {
        severity = worth;
        this.confidence = confidence;
        return this;
    }

    /** @param suffers the direction of the traffic that suffers */
    public FindingBuilder at(Where place, Direction suffers) {
        where = place;
        direction = suffers;
        return this;
    }

    /** Between the segment's two points, in its direction. */
    public FindingBuilder on(SegmentTraffic segment) {
        return at(
                new Where.Segment(segment.counts().from(), segment.counts().to()),
                segment.counts().direction());
    }

    /** First and last packet affected, reference clock. */
    public FindingBuilder during(long start, long end) {
        startNanos = start;
        endNanos = end;
        return this;
    }

    /** Indexes of those that suffer. */
    public FindingBuilder conversations(List<Integer> suffering) {
        conversations = suffering;
        return this;
    }

    /** The packets affected, at least one: they tell the time and the conversations. */
    public FindingBuilder packets(int[] journeys) {
        long[] times = Arrays.stream(journeys).mapToLong(investigation::when).toArray();
        return during(
                        Arrays.stream(times).min().orElseThrow(),
                        Arrays.stream(times).max().orElseThrow())
                .conversations(investigation.conversations(journeys));
    }

    /** A figure or name for the sentences, by its name in the kind's template. */
    public FindingBuilder fact(String name, Fact fact) {
        facts.put(name, fact);
        return this;
    }

    /** The frames of these packets in the file of that capture point, where it saw any. */
    public FindingBuilder evidence(int capture, int[] journeys, String says) {
        return evidence(investigation.evidence(capture, journeys, says));
    }

    public FindingBuilder evidence(List<Evidence> proof) {
        evidence.addAll(proof);
        return this;
    }

    /** @param why the figure that speaks against it */
    public FindingBuilder ruledOut(String other, String why) {
        ruledOut.add(new Finding.RuledOut(other, why));
        return this;
    }

    public FindingBuilder ruledOut(List<Finding.RuledOut> others) {
        ruledOut.addAll(others);
        return this;
    }

    /** What a rule of the user's says. */
    public FindingBuilder words(Finding.Words ofRule) {
        words = ofRule;
        return this;
    }

    /** Seconds lost by users, or packets lost where no time can be told. */
    public FindingBuilder harm(double seconds) {
        harm = seconds;
        return this;
    }

    /** @throws IllegalArgumentException without evidence */
    public Finding build() {
        return new Finding(
                rule,
                kind,
                severity,
                confidence,
                where,
                direction,
                startNanos,
                endNanos,
                facts,
                conversations,
                evidence,
                ruledOut,
                harm,
                words);
    }
}
