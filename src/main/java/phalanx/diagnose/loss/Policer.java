package phalanx.diagnose.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Investigation;
import phalanx.measure.SegmentTraffic;

/**
 * A token bucket that drops what comes too fast. It is found by playing it: with the right rate and size it is empty at the drops and at
 * hardly any other time, whatever the sender does (after Flach et al., An Internet-Wide Analysis of Traffic Policing, SIGCOMM 2016, here
 * with both sides of the policer known). Loss by chance finds no such bucket.
 *
 * @param bitsPerSecond the rate that it lets through
 * @param emptyAtDrops how many drops found it empty
 * @param drops how many drops there were
 * @param emptyElsewhere share of the packets let through that found it empty
 * @param possible whether nothing passed that it could not have let through
 */
record Policer(double bitsPerSecond, int emptyAtDrops, int drops, double emptyElsewhere, boolean possible) {
    private static final int FEWEST_DROPS = 5;

    /** A bucket is empty when it holds less than so many packets; what is policed is not quite what is counted here. */
    private static final double EMPTY = 1.5;

    /** A stretch between drops must be so many packets long to tell a rate. */
    private static final double TELLING = 6;

    /** Rates and sizes tried. */
    private static final int MOST_RATES = 60;

    private static final int MOST_PACKETS = 500_000;

    private static final int SMALLEST_BUCKET = 4, LARGEST_BUCKET = 1024;
    private static final double MOST = 0.8, OTHERS = 0.35, IMPOSSIBLE = 0.02;

    /** Of hundreds of buckets tried some fit a few losses by chance. */
    private static final double MOST_CHANCE = 1e-5;

    /** From a steady sender that is a little too fast a bucket is nearly always empty, and drops at even distances; chance scatters. */
    private static final int FEWEST_REGULAR = 8;

    private static final double REGULAR = 0.4;

    /** What was offered to the bucket, in the order of departure; sizes in packets of the dropped ones' size. */
    private record Offered(long[] nanos, double[] size, boolean[] dropped) {}

    /** @param lost in the order of departure  @return empty when the losses have another reason */
    static Optional<Policer> of(Investigation investigation, SegmentTraffic segment, int[] lost) {
        if (lost.length < FEWEST_DROPS) {
            return Optional.empty();
        }
        int from = segment.counts().from();
        PacketTable packets = investigation.packets(from);
        int[] passed = rows(investigation, segment.delivered(), from);
        int[] drops = rows(investigation, lost, from);
        int[] all = new int[passed.length + drops.length];
        System.arraycopy(passed, 0, all, 0, passed.length);
        System.arraycopy(drops, 0, all, passed.length, drops.length);
        Arrays.sort(all);
        if (all.length > MOST_PACKETS) {
            int begin = Math.min(all.length - MOST_PACKETS, Arrays.binarySearch(all, drops[0]));
            all = Arrays.copyOfRange(all, begin, begin + MOST_PACKETS);
            int last = all[all.length - 1];
            drops = Arrays.stream(drops).filter(row -> row <= last).toArray();
        }
        double octets =
                Arrays.stream(drops).mapToDouble(packets::ipLength).average().orElse(1);
        boolean regular = isRegular(all, drops);
        Optional<Policer> best = Optional.empty();
        for (boolean bytes : new boolean[] {true, false}) {
            Offered offered = new Offered(
                    Arrays.stream(all)
                            .mapToLong(row -> investigation.stitched().commonNanos(from, row))
                            .toArray(),
                    Arrays.stream(all)
                            .mapToDouble(row -> bytes ? packets.ipLength(row) / octets : 1)
                            .toArray(),
                    dropped(all, drops));
            for (double rate : rates(offered)) {
                for (int bucket = SMALLEST_BUCKET; bucket <= LARGEST_BUCKET; bucket *= 2) {
                    Policer tried = play(offered, rate, bucket, octets);
                    if (tried.fits(regular)
                            && (best.isEmpty() || tried.contrast() > best.get().contrast())) {
                        best = Optional.of(tried);
                    }
                }
            }
        }
        return best;
    }

    private static int[] rows(Investigation investigation, int[] journeys, int capture) {
        return Arrays.stream(journeys)
                .map(j -> investigation.journeys().row(j, capture))
                .toArray();
    }

    private static boolean[] dropped(int[] all, int[] drops) {
        boolean[] dropped = new boolean[all.length];
        for (int row : drops) {
            dropped[Arrays.binarySearch(all, row)] = true;
        }
        return dropped;
    }

    private boolean fits(boolean regular) {
        return possible
                && emptyAtDrops >= MOST * drops
                && (regular || emptyElsewhere <= OTHERS && chance() <= MOST_CHANCE);
    }

    /** How probable it is that so many drops find a bucket empty which others find empty at that share: the binomial distribution's tail. */
    private double chance() {
        double share = Math.clamp(emptyElsewhere, 1e-9, 1 - 1e-9);
        double term = Math.pow(share, drops);
        double tail = 0;
        for (int empty = drops; empty >= emptyAtDrops; empty--) {
            tail += term;
            term *= empty * (1 - share) / ((drops - empty + 1) * share);
        }
        return tail;
    }

    private static boolean isRegular(int[] all, int[] drops) {
        double[] gaps = new double[drops.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (double) Arrays.binarySearch(all, drops[i + 1]) - Arrays.binarySearch(all, drops[i]);
        }
        double mean = Arrays.stream(gaps).average().orElse(0);
        double variance = Arrays.stream(gaps)
                .map(gap -> (gap - mean) * (gap - mean))
                .average()
                .orElse(0);
        return drops.length >= FEWEST_REGULAR && mean > 2 && Math.sqrt(variance) < REGULAR * mean;
    }

    private double contrast() {
        return (double) emptyAtDrops / drops - emptyElsewhere;
    }

    /** What passed between one drop and another over the time between them: packets a nanosecond. */
    private static double[] rates(Offered offered) {
        List<Double> rates = new ArrayList<>();
        double passed = 0;
        long begin = Long.MIN_VALUE;
        for (int i = 0; i < offered.nanos.length && rates.size() < MOST_RATES; i++) {
            if (!offered.dropped[i]) {
                passed += offered.size[i];
            } else if (begin == Long.MIN_VALUE || passed >= TELLING && offered.nanos[i] > begin) {
                if (begin != Long.MIN_VALUE) {
                    rates.add(passed / (offered.nanos[i] - begin));
                }
                begin = offered.nanos[i];
                passed = 0;
            }
        }
        return rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    private static Policer play(Offered offered, double rate, double bucket, double octets) {
        double level = bucket;
        int emptyAtDrops = 0;
        int drops = 0;
        int emptyElsewhere = 0;
        int impossible = 0;
        for (int i = 0; i < offered.nanos.length; i++) {
            long since = i == 0 ? 0 : Math.max(0, offered.nanos[i] - offered.nanos[i - 1]);
            level = Math.min(bucket, level + rate * since);
            boolean empty = level < EMPTY;
            if (offered.dropped[i]) {
                drops++;
                emptyAtDrops += empty ? 1 : 0;
            } else {
                emptyElsewhere += empty ? 1 : 0;
                impossible += level < offered.size[i] - EMPTY ? 1 : 0;
                level = Math.max(0, level - offered.size[i]);
            }
        }
        int passed = Math.max(1, offered.nanos.length - drops);
        return new Policer(
                8e9 * rate * octets,
                emptyAtDrops,
                drops,
                (double) emptyElsewhere / passed,
                impossible <= IMPOSSIBLE * passed);
    }
}
