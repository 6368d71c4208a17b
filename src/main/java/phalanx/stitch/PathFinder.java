package phalanx.stitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.net.Direction;

/**
 * Finds the order of the capture points, whatever their files are called and their clocks read. Two kinds of witness say which
 * of two points is nearer to the client: the TTL, which each router lowers (RFC 1812 section 5.3.1), and a packet out and one
 * back, whose apparent delays add up to a true and therefore positive round trip whatever the clocks' offset. One thread.
 */
final class PathFinder {
    private static final int ROUND_TRIP_WEIGHT = 4;
    private static final int FEWEST_FOR_TAIL = 20;

    private final List<PacketTable> packets;
    private final PacketGroups groups;
    private final int conversations;
    private final int[] places;
    private final long[][] nearerClient;

    /** @param places what the user says of the order, see {@link Placement#place()} */
    PathFinder(List<PacketTable> packets, PacketGroups groups, int conversations, int[] places) {
        this.places = places;
        this.packets = packets;
        this.groups = groups;
        this.conversations = conversations;
        nearerClient = new long[packets.size()][packets.size()];
    }

    /**
     * Conversations that were opened from the far end, against the way of most traffic; their directions are to be turned
     * ({@link PacketGroups#turn}) before paths are looked for.
     */
    boolean[] againstTheStream() {
        long[] agreement = new long[conversations];
        for (int x = 0; x < packets.size(); x++) {
            for (int y = x + 1; y < packets.size(); y++) {
                long[] votes = votes(x, y);
                long total = 0;
                for (long vote : votes) {
                    total += vote;
                }
                for (int i = 0; i < conversations; i++) {
                    agreement[i] += total > 0 ? votes[i] : -votes[i];
                }
            }
        }
        boolean[] turned = new boolean[conversations];
        for (int i = 0; i < conversations; i++) {
            turned[i] = agreement[i] < 0;
        }
        return turned;
    }

    /** Paths of both directions, the main one of each first. Captures that share no packet with others stand alone. */
    List<HopPath> paths() {
        for (int x = 0; x < packets.size(); x++) {
            for (int y = x + 1; y < packets.size(); y++) {
                long total = 0;
                for (long vote : votes(x, y)) {
                    total += vote;
                }
                boolean told = places[x] > 0 && places[y] > 0 && places[x] != places[y];
                nearerClient[x][y] = told ? (long) places[y] - places[x] : total != 0 ? total : tail(x, y);
                nearerClient[y][x] = -nearerClient[x][y];
            }
        }
        List<HopPath> paths = new ArrayList<>();
        List<HopPath> there = pathsOf(Direction.CLIENT_TO_SERVER);
        List<HopPath> back = pathsOf(Direction.SERVER_TO_CLIENT);
        paths.addAll(there.isEmpty() && !back.isEmpty() ? List.of(unused(back.getFirst())) : there);
        paths.addAll(back.isEmpty() && !there.isEmpty() ? List.of(unused(there.getFirst())) : back);
        return paths;
    }

    /** That nothing came back is worth seeing: the way that answers would have taken, with no packets on it. */
    private static HopPath unused(HopPath other) {
        return new HopPath(other.direction().reversed(), other.captures().reversed(), 0);
    }

    /** By conversation: positive when {@code x} is nearer to its client than {@code y}, by as many witnesses. */
    private long[] votes(int x, int y) {
        long[] votes = new long[conversations];
        long[] outward = new long[conversations];
        long[] homeward = new long[conversations];
        boolean[] sawOutward = new boolean[conversations];
        boolean[] sawHomeward = new boolean[conversations];
        PacketTable atX = packets.get(x);
        PacketTable atY = packets.get(y);
        for (int row = 0; row < atX.size(); row++) {
            int group = groups.groupOf(x, row);
            int rowAtY = group < 0 || groups.onlyRow(group, x) < 0 ? -1 : groups.onlyRow(group, y);
            if (rowAtY < 0) {
                continue;
            }
            int conversation = groups.conversation(group);
            boolean fromClient = groups.fromClient(group);
            int lowered = Integer.signum(atX.timeToLive(row) - atY.timeToLive(rowAtY));
            votes[conversation] += fromClient ? lowered : -lowered;
            long later = atY.timeNanos(rowAtY) - atX.timeNanos(row);
            if (fromClient) {
                outward[conversation] = later;
                sawOutward[conversation] = true;
            } else {
                homeward[conversation] = -later;
                sawHomeward[conversation] = true;
            }
            if (sawOutward[conversation] && sawHomeward[conversation]) {
                votes[conversation] +=
                        (long) ROUND_TRIP_WEIGHT * Long.signum(outward[conversation] + homeward[conversation]);
            }
        }
        return votes;
    }

    /**
     * The last witness, where packets went one way only and no router lies between: delays have a floor and a tail, so that the
     * differences of stamps lean to the side of the point that comes later.
     */
    private long tail(int x, int y) {
        long lean = 0;
        for (boolean fromClient : new boolean[] {true, false}) {
            long[] later = SegmentDelays.between(packets, groups, x, y, fromClient)
                    .apparent()
                    .clone();
            if (later.length >= FEWEST_FOR_TAIL) {
                Arrays.sort(later);
                long middle = later[later.length / 2];
                long above = later[later.length - 1 - later.length / 50] - middle;
                long below = middle - later[later.length / 50];
                lean += Long.signum(fromClient ? above - below : below - above);
            }
        }
        return lean;
    }

    private List<HopPath> pathsOf(Direction direction) {
        List<long[]> seen = capturesOfPackets(direction);
        long all = seen.stream().mapToLong(s -> s[1]).sum();
        seen.sort(Comparator.<long[]>comparingInt(s -> -Long.bitCount(s[0]))
                .thenComparingLong(s -> -s[1])
                .thenComparingLong(s -> s[0]));
        // Loss only takes points away from a packet's path, so that the largest sets are the paths.
        List<long[]> largest = new ArrayList<>();
        long few = all < 50 ? 1 : Math.max(2, all / 500);
        for (long[] set : seen) {
            List<long[]> around =
                    largest.stream().filter(l -> (set[0] & ~l[0]) == 0).toList();
            if (!around.isEmpty()) {
                around.getFirst()[1] += set[1];
            } else if (set[1] >= few) {
                largest.add(set);
            }
        }
        largest.sort(Comparator.<long[]>comparingLong(l -> -l[1]).thenComparingLong(l -> l[0]));
        return largest.stream()
                .map(set -> new HopPath(direction, ordered(set[0], direction), set[1]))
                .toList();
    }

    /** Distinct sets of captures that saw a packet of that direction: {@code {bits, packets}}. */
    private List<long[]> capturesOfPackets(Direction direction) {
        List<long[]> sets = new ArrayList<>();
        boolean wanted = direction == Direction.CLIENT_TO_SERVER;
        long[] last = {0, 0};
        for (int group = 0; group < groups.groups(); group++) {
            if (groups.fromClient(group) == wanted) {
                long bits = groups.seenBy(group);
                if (last[0] != bits) {
                    last = setOf(sets, bits);
                }
                last[1]++;
            }
        }
        return sets;
    }

    private static long[] setOf(List<long[]> sets, long bits) {
        for (long[] set : sets) {
            if (set[0] == bits) {
                return set;
            }
        }
        long[] fresh = {bits, 0};
        sets.add(fresh);
        return fresh;
    }

    private List<Integer> ordered(long bits, Direction direction) {
        List<Integer> captures = new ArrayList<>();
        for (int capture = 0; capture < packets.size(); capture++) {
            if ((bits >>> capture & 1) == 1) {
                captures.add(capture);
            }
        }
        List<Integer> fromClient = captures.stream()
                .sorted(Comparator.<Integer>comparingLong(capture -> -captures.stream()
                                .mapToLong(other -> Long.signum(nearerClient[capture][other]))
                                .sum())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        return direction == Direction.CLIENT_TO_SERVER ? fromClient : fromClient.reversed();
    }
}
