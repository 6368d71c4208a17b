package phalanx.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phalanx.diagnose.LossSorter.Reason;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Transport;

/** Losses that are explained by what passed around them: nothing at all for a while, or nothing more of one conversation. One thread. */
final class Silences {
    /** Packets lost over less time than this are a burst: a queue or a radio that fades. */
    private static final long OUTAGE_NANOS = 500_000_000L;

    private static final int FEWEST = 4;

    /** A run of losses as unlikely as this by the loss around it is no chance. */
    private static final double UNLIKELY = 1e-4;

    private final Sightings sightings;
    private final SegmentTraffic segment;
    private final Reason[] reasons;
    private final long idleNanos;

    /** @param idleNanos silence after which a device may have forgotten a connection */
    Silences(Sightings sightings, SegmentTraffic segment, Reason[] reasons, long idleNanos) {
        this.idleNanos = idleNanos;
        this.sightings = sightings;
        this.segment = segment;
        this.reasons = reasons;
    }

    void mark() {
        markForgotten();
        markOutages();
    }

    /**
     * The end of a connection of which nothing passed any more after it had been idle for longer than any
     * other survived: three packets or more, one of them sent again.
     */
    private void markForgotten() {
        Map<Integer, Long> lastDelivered = new HashMap<>();
        long survived = 0;
        for (int journey : segment.delivered()) {
            Long before = lastDelivered.put(sightings.journeys().conversation(journey), sightings.when(journey));
            survived = Math.max(survived, before == null ? 0 : sightings.when(journey) - before);
        }
        long least = Math.max(idleNanos, survived + survived / 5);
        Map<Integer, List<Integer>> tails = new HashMap<>();
        for (int i = 0; i < reasons.length; i++) {
            int conversation = sightings.journeys().conversation(segment.lost()[i]);
            long last = lastDelivered.getOrDefault(conversation, Long.MAX_VALUE);
            if (reasons[i] == Reason.ANY_PACKET && sightings.when(segment.lost()[i]) > last) {
                tails.computeIfAbsent(conversation, _ -> new ArrayList<>()).add(i);
            }
        }
        tails.forEach((conversation, tail) -> {
            long first = sightings.when(segment.lost()[tail.getFirst()]);
            long silence = first - lastDelivered.getOrDefault(conversation, first);
            if (silence >= least && tail.size() >= 3 && isSentAgain(tail)) {
                tail.forEach(i -> reasons[i] = Reason.FORGOTTEN);
            }
        });
    }

    private boolean isSentAgain(List<Integer> tail) {
        long distinct = tail.stream()
                .map(i -> segment.lost()[i])
                .filter(j -> sightings.table(j).protocol(sightings.row(j)) == Transport.PROTOCOL_TCP)
                .map(j -> sightings.table(j).sequence(sightings.row(j)))
                .distinct()
                .count();
        return distinct > 0 && distinct < tail.size();
    }

    private void markOutages() {
        int from = segment.counts().from();
        int[] rows = Arrays.stream(segment.delivered())
                .map(j -> sightings.journeys().row(j, from))
                .toArray();
        int begin = 0;
        while (begin < reasons.length) {
            int gap = gap(rows, from, begin);
            int end = begin + 1;
            while (end < reasons.length && gap(rows, from, end) == gap) {
                end++;
            }
            if (isOutage(begin, end)) {
                Arrays.fill(reasons, begin, end, Reason.OUTAGE);
            }
            begin = end;
        }
    }

    /** How many delivered packets left before this lost one. */
    private int gap(int[] rows, int from, int index) {
        return -Arrays.binarySearch(rows, sightings.journeys().row(segment.lost()[index], from)) - 1;
    }

    private boolean isOutage(int begin, int end) {
        long unexplained = 0;
        for (int i = begin; i < end; i++) {
            unexplained += reasons[i] == Reason.ANY_PACKET || reasons[i] == Reason.SYN_IGNORED ? 1 : 0;
        }
        long lasted = sightings.when(segment.lost()[end - 1]) - sightings.when(segment.lost()[begin]);
        double others = reasons.length - (end - begin);
        double rate = others / Math.max(1, others + segment.delivered().length);
        return unexplained == end - begin
                && segment.delivered().length > 0
                && unexplained >= FEWEST
                && lasted >= OUTAGE_NANOS
                && Math.pow(rate, end - begin) < UNLIKELY
                && reasons[begin] != Reason.SYN_IGNORED;
    }
}
