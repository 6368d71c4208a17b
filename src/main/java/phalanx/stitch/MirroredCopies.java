package phalanx.stitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;

/**
 * Finds packets that a capture holds twice because of how it was taken: at a mirror of both sides of a switch, on several interfaces
 * at once. The network doubles few packets, and every capture behind sees both copies; a mirror doubles nearly all of a
 * conversation, and captures behind it see one. One thread.
 */
final class MirroredCopies {
    /** No sender repeats an identification sooner than it retransmits (RFC 6864 section 4.3); Linux waits 200 ms at least. */
    private static final long NUMBERED_NANOS = 150_000_000;

    /** Without identification, what comes so soon again is no retransmission. */
    private static final long UNNUMBERED_NANOS = 100_000;

    /** The second copy is no later than this; how late it really is shows in packets with an identification. */
    private static final long MIRROR_NANOS = 20_000_000;

    /** So many of a conversation's packets one way are doubled by a mirror; of a whole capture fewer, when part of it was mirrored. */
    private static final double NEARLY_ALL = 0.8, MUCH_OF_THE_CAPTURE = 0.4;

    private static final int FEWEST = 4;
    private static final int REMEMBERED = 1 << 16;

    private final List<PacketTable> packets;
    private final int[][] conversationOf;
    private final boolean[][] fromClient;
    private final long[][] keys;
    private final BitSet[] copies;
    /** Packets that tell, {@code [capture][2 * conversation + way]}. */
    private final int[][] all;

    private long unnumbered;
    private final int[][] doubled;
    private final byte[][] timeToLive;
    private final int conversations;

    /**
     * @param conversationOf {@code [capture][row]} conversation, -1 for rows that do not count
     * @param fromClient {@code [capture][row]}
     * @param keys {@code [capture][row]} from {@link PacketKeys}
     */
    MirroredCopies(
            List<PacketTable> packets,
            int conversations,
            int[][] conversationOf,
            boolean[][] fromClient,
            long[][] keys) {
        this.packets = packets;
        this.conversationOf = conversationOf;
        this.fromClient = fromClient;
        this.keys = keys;
        copies = new BitSet[packets.size()];
        this.conversations = conversations;
        all = new int[packets.size()][];
        doubled = new int[packets.size()][];
        timeToLive = new byte[packets.size()][];
    }

    /** Takes the second copies out: their rows no longer count. @return how many there were, by capture */
    List<Integer> remove() {
        for (int capture = 0; capture < copies.length; capture++) {
            copies[capture] = find(capture);
        }
        if (Arrays.stream(copies).allMatch(found -> found.cardinality() < FEWEST)) {
            return Collections.nCopies(copies.length, 0);
        }
        for (int capture = 0; capture < copies.length; capture++) {
            count(capture);
        }
        List<Integer> removed = new ArrayList<>();
        for (int capture = 0; capture < copies.length; capture++) {
            removed.add(remove(capture));
        }
        return removed;
    }

    private BitSet find(int capture) {
        PacketTable table = packets.get(capture);
        BitSet found = new BitSet();
        int[] recent = new int[REMEMBERED];
        Arrays.fill(recent, -1);
        unnumbered = UNNUMBERED_NANOS;
        for (int row = 0; row < table.size(); row++) {
            if (conversationOf[capture][row] < 0) {
                continue;
            }
            int slot = (int) (keys[capture][row] >>> 48);
            int before = recent[slot];
            if (before >= 0 && isCopy(capture, before, row)) {
                found.set(row);
                recent[slot] =
                        isNumbered(table, row) ? before : -1; // of packets without one, the next alike is another
            } else {
                recent[slot] = row;
            }
        }
        return found;
    }

    private void count(int capture) {
        PacketTable table = packets.get(capture);
        all[capture] = new int[2 * conversations];
        doubled[capture] = new int[2 * conversations];
        timeToLive[capture] = new byte[2 * conversations];
        for (int row = 0; row < table.size(); row++) {
            if (conversationOf[capture][row] >= 0) {
                int way = way(capture, row);
                timeToLive[capture][way] = (byte) table.timeToLive(row);
                if (isTelling(table, row)) {
                    all[capture][way]++;
                    doubled[capture][way] += copies[capture].get(row) ? 1 : 0;
                }
            }
        }
    }

    /** Whether its sender does not send the like of it again soon; bare acknowledgments are sent word for word again. */
    private static boolean isTelling(PacketTable table, int row) {
        return isNumbered(table, row)
                || table.protocol(row) != Transport.PROTOCOL_TCP
                || table.payloadLength(row) > 0
                || (table.tcpFlags(row) & (TcpFlags.SYN | TcpFlags.FIN)) != 0;
    }

    private static boolean isNumbered(PacketTable table, int row) {
        return !table.isV6(row) && table.ipId(row) != 0;
    }

    private boolean isCopy(int capture, int first, int second) {
        PacketTable table = packets.get(capture);
        long apart = Math.abs(table.timeNanos(second) - table.timeNanos(first));
        boolean numbered = isNumbered(table, second);
        boolean same = keys[capture][first] == keys[capture][second]
                && way(capture, first) == way(capture, second)
                && table.timeToLive(first) == table.timeToLive(second)
                && apart <= (numbered ? NUMBERED_NANOS : unnumbered);
        if (same && numbered) {
            unnumbered = Math.max(unnumbered, Math.min(apart, MIRROR_NANOS));
        }
        return same;
    }

    private int way(int capture, int row) {
        return 2 * conversationOf[capture][row] + (fromClient[capture][row] ? 1 : 0);
    }

    private int remove(int capture) {
        BitSet found = copies[capture];
        long telling = Arrays.stream(all[capture]).asLongStream().sum();
        long twice = Arrays.stream(doubled[capture]).asLongStream().sum();
        boolean much = twice >= FEWEST && 2.0 * twice >= MUCH_OF_THE_CAPTURE * telling;
        int removed = 0;
        for (int row = found.nextSetBit(0); row >= 0; row = found.nextSetBit(row + 1)) {
            int way = way(capture, row);
            boolean nearlyAll = all[capture][way] >= FEWEST && share(capture, way) >= NEARLY_ALL;
            if ((much || nearlyAll) && !isOfTheNetwork(capture, way)) {
                conversationOf[capture][row] = -1;
                removed++;
            }
        }
        return removed;
    }

    private double share(int capture, int way) {
        return all[capture][way] == 0 ? 0 : 2.0 * doubled[capture][way] / all[capture][way];
    }

    /** Whether the copies were made before this capture: another one holds them too, and none further on is free of them. */
    private boolean isOfTheNetwork(int capture, int way) {
        boolean elsewhere = false;
        for (int other = 0; other < copies.length; other++) {
            if (other == capture || all[other][way] < FEWEST) {
                continue;
            }
            boolean both = doubled[other][way] > 1 && share(other, way) >= share(capture, way) / 2;
            if (!both && Byte.compareUnsigned(timeToLive[other][way], timeToLive[capture][way]) < 0) {
                return false;
            }
            elsewhere |= both;
        }
        return elsewhere;
    }
}
