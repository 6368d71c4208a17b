package phalanx.diagnose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import phalanx.measure.Measures;
import phalanx.measure.SegmentTraffic;
import phalanx.stitch.Stitched;

/**
 * What every rule is given: the packets' sightings, why packets were lost, and the thresholds. One thread.
 */
public final class Investigation extends Sightings {
    private final Thresholds thresholds;
    private final Passages passages;
    private final LossSorter losses;
    private final Map<Class<?>, Object> worked = new HashMap<>();

    public Investigation(Stitched stitched, Measures measures, Thresholds thresholds) {
        super(stitched, measures);
        this.thresholds = thresholds;
        passages = new Passages(this);
        losses = new LossSorter(this, passages, thresholds.idleNanos());
    }

    /**
     * What several rules ask for is worked out once.
     *
     * @param what its type; one value of each
     */
    public <T> T once(Class<T> what, Function<Investigation, T> work) {
        Object known = worked.get(what);
        if (known == null) {
            known = work.apply(this);
            worked.put(what, known);
        }
        return what.cast(known);
    }

    /** Begins a finding. @param rule id of the rule  @param kind field word of what it is */
    public FindingBuilder finding(String rule, String kind) {
        return new FindingBuilder(this, rule, kind);
    }

    public Thresholds thresholds() {
        return thresholds;
    }

    /** The packets lost on a segment for one reason, in the order of departure. */
    public int[] lost(SegmentTraffic segment, LossSorter.Reason reason) {
        return losses.lost(segment, reason);
    }

    /** The packets that went round and passed this point three times or more, in the order of their first passage. */
    public int[] looped(int capture) {
        return IntStream.range(0, journeys().size())
                .filter(j -> passages.isLooped(j, capture))
                .toArray();
    }

    /** How often a packet passed that point. */
    public int passages(int journey, int capture) {
        return passages.rows(journey, capture).length;
    }

    /** The frames of these packets at one capture as evidence, thinned evenly where there are very many; empty when it saw none. */
    public List<Evidence> evidence(int capture, int[] of, String says) {
        long[] frames = Arrays.stream(of)
                .flatMap(journey -> IntStream.of(passages.rows(journey, capture)))
                .mapToLong(row -> packets(capture).frame(row))
                .sorted()
                .distinct()
                .toArray();
        if (frames.length == 0) {
            return List.of();
        }
        if (frames.length <= Evidence.MAX_FRAMES) {
            return List.of(new Evidence(capture, frames, says));
        }
        long[] all = frames;
        long[] fair = IntStream.range(0, Evidence.MAX_FRAMES)
                .mapToLong(i -> all[(int) ((long) i * all.length / Evidence.MAX_FRAMES)])
                .toArray();
        return List.of(new Evidence(
                capture, fair, says + " (" + Evidence.MAX_FRAMES + " of " + all.length + " packets named)"));
    }
}
