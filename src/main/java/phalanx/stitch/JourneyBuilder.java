package phalanx.stitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import phalanx.decode.PacketTable;
import phalanx.net.Direction;

/**
 * Makes journeys out of groups of rows. Most groups are one packet; in the others, copies and retransmissions that look alike are
 * told apart by time. One thread.
 */
final class JourneyBuilder {
    private final List<PacketTable> packets;
    private final PacketGroups groups;
    private final List<HopPath> paths;
    private final List<ClockAlignment> clocks;
    private final int captures;
    private final Map<Long, OptionalLong> typicalDelays = new HashMap<>();

    private int size;
    private int[] rows = new int[0];
    private int[] conversation = new int[0];
    private boolean[] fromClient = new boolean[0];
    private int[] copyOf = new int[0];

    JourneyBuilder(List<PacketTable> packets, PacketGroups groups, List<HopPath> paths, List<ClockAlignment> clocks) {
        this.packets = packets;
        this.groups = groups;
        this.paths = paths;
        this.clocks = clocks;
        captures = packets.size();
    }

    Journeys build() {
        for (int group = 0; group < groups.groups(); group++) {
            if (groups.isOnePacket(group)) {
                int journey = add(group);
                for (int c = 0; c < captures; c++) {
                    rows[journey * captures + c] = groups.onlyRow(group, c);
                }
            } else {
                addAlike(group);
            }
        }
        return byTime();
    }

    private int add(int group) {
        if (size == conversation.length) {
            int room = Math.max(1024, size + size / 2);
            rows = Arrays.copyOf(rows, room * captures);
            conversation = Arrays.copyOf(conversation, room);
            fromClient = Arrays.copyOf(fromClient, room);
            copyOf = Arrays.copyOf(copyOf, room);
        }
        Arrays.fill(rows, size * captures, (size + 1) * captures, -1);
        conversation[size] = groups.conversation(group);
        fromClient[size] = groups.fromClient(group);
        copyOf[size] = -1;
        return size++;
    }

    /** Follows the group's rows along the path, each capture's rows assigned to the journeys that have come this far. */
    private void addAlike(int group) {
        List<Integer> alike = new ArrayList<>();
        int before = -1;
        for (int capture : inOrder(group)) {
            int[] here = groups.rows(group, capture);
            long[] left = new long[alike.size()];
            long typical = before < 0 ? 0 : typicalDelay(before, capture, groups.fromClient(group));
            for (int i = 0; i < left.length; i++) {
                left[i] = lastSeen(alike.get(i), capture);
            }
            long[] arrived =
                    Arrays.stream(here).mapToLong(row -> common(capture, row)).toArray();
            int[] journeyOfRow = TimeMatching.match(left, arrived, typical);
            int known = alike.size();
            for (int i = 0; i < here.length; i++) {
                int journey = journeyOfRow[i] >= 0 ? alike.get(journeyOfRow[i]) : add(group);
                rows[journey * captures + capture] = here[i];
                if (journeyOfRow[i] < 0) {
                    if (known > 0) {
                        copyOf[journey] = alike.get(TimeMatching.originalOf(left, arrived[i], typical));
                    }
                    alike.add(journey);
                }
            }
            before = capture;
        }
    }

    private List<Integer> inOrder(int group) {
        long seenBy = groups.seenBy(group);
        Direction direction = groups.fromClient(group) ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
        Optional<HopPath> path = paths.stream()
                .filter(p -> p.direction() == direction)
                .filter(p ->
                        p.captures().stream().mapToLong(c -> seenBy & 1L << c).sum() == seenBy)
                .findFirst();
        List<Integer> order = new ArrayList<>(path.map(HopPath::captures).orElse(List.of()));
        for (int c = 0; c < captures; c++) {
            if (!order.contains(c)) {
                order.add(c);
            }
        }
        order.removeIf(c -> (seenBy >>> c & 1) == 0);
        return order;
    }

    private long common(int capture, int row) {
        return clocks.get(capture).toCommon(packets.get(capture).timeNanos(row), row);
    }

    private long lastSeen(int journey, int beforeCapture) {
        long last = Long.MIN_VALUE;
        for (int c = 0; c < captures; c++) {
            int row = rows[journey * captures + c];
            if (c != beforeCapture && row >= 0) {
                last = Math.max(last, common(c, row));
            }
        }
        return last;
    }

    private long typicalDelay(int from, int to, boolean client) {
        return typicalDelays
                .computeIfAbsent(((long) from << 32 | to) << 1 | (client ? 1 : 0), _ -> {
                    SegmentDelays delays = SegmentDelays.between(packets, groups, from, to, client);
                    long[] common = new long[delays.samples()];
                    for (int i = 0; i < common.length; i++) {
                        long left = delays.departure()[i];
                        common[i] = clocks.get(to).toCommon(left + delays.apparent()[i], delays.rowTo()[i])
                                - clocks.get(from).toCommon(left, delays.rowFrom()[i]);
                    }
                    Arrays.sort(common);
                    return common.length == 0 ? OptionalLong.empty() : OptionalLong.of(common[common.length / 2]);
                })
                .orElse(0);
    }

    private Journeys byTime() {
        long[] first = new long[size];
        for (int journey = 0; journey < size; journey++) {
            first[journey] = Long.MAX_VALUE;
            for (int c = 0; c < captures; c++) {
                int row = rows[journey * captures + c];
                if (row >= 0) {
                    first[journey] = Math.min(first[journey], common(c, row));
                }
            }
        }
        int[] order = TimeOrder.of(first);
        int[] place = new int[size];
        for (int i = 0; i < size; i++) {
            place[order[i]] = i;
        }
        int[] sortedRows = new int[size * captures];
        int[] sortedConversation = new int[size];
        boolean[] sortedFromClient = new boolean[size];
        int[] sortedCopyOf = new int[size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(rows, order[i] * captures, sortedRows, i * captures, captures);
            sortedConversation[i] = conversation[order[i]];
            sortedFromClient[i] = fromClient[order[i]];
            sortedCopyOf[i] = copyOf[order[i]] < 0 ? -1 : place[copyOf[order[i]]];
        }
        return new Journeys(captures, sortedRows, sortedConversation, sortedFromClient, sortedCopyOf);
    }
}
