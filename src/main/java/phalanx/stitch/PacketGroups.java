package phalanx.stitch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;

/**
 * The rows of all captures that carry the same packet, or packets that cannot be told apart by content (retransmissions without
 * an IP identification, copies). A group belongs to one conversation and one direction. Primitive columns; one thread.
 */
final class PacketGroups {
    private final List<PacketTable> packets;
    private final int[] conversationOf;
    private final boolean[] fromClient;
    private final int[] start;
    private final int[] capture;
    private final int[] row;
    private final int[][] groupOfRow;

    /**
     * @param conversationOf {@code [capture][row]} conversation, -1 for rows that do not count
     * @param fromClient {@code [capture][row]}
     * @param keys {@code [capture][row]} from {@link PacketKeys}
     */
    PacketGroups(List<PacketTable> packets, int[][] conversationOf, boolean[][] fromClient, long[][] keys) {
        this.packets = packets;
        groupOfRow = new int[packets.size()][];
        KeyTable groupOfKey = new KeyTable();
        int groups = 0;
        int entries = 0;
        for (int c = 0; c < packets.size(); c++) {
            groupOfRow[c] = new int[packets.get(c).size()];
            for (int r = 0; r < groupOfRow[c].length; r++) {
                groupOfRow[c][r] = -1;
                if (conversationOf[c][r] >= 0) {
                    long key = PacketKeys.mix(keys[c][r] ^ (2L * conversationOf[c][r] + (fromClient[c][r] ? 1 : 0)));
                    int known = groupOfKey.putIfAbsent(key, groups);
                    groupOfRow[c][r] = known >= 0 ? known : groups++;
                    entries++;
                }
            }
        }
        this.conversationOf = new int[groups];
        this.fromClient = new boolean[groups];
        start = new int[groups + 1];
        capture = new int[entries];
        row = new int[entries];
        fill(conversationOf, fromClient);
    }

    private void fill(int[][] conversationOfRow, boolean[][] fromClientOfRow) {
        for (int[] groupsOfCapture : groupOfRow) {
            for (int group : groupsOfCapture) {
                if (group >= 0) {
                    start[group + 1]++;
                }
            }
        }
        for (int group = 0; group < conversationOf.length; group++) {
            start[group + 1] += start[group];
        }
        int[] next = Arrays.copyOf(start, conversationOf.length);
        for (int c = 0; c < groupOfRow.length; c++) {
            for (int r = 0; r < groupOfRow[c].length; r++) {
                int group = groupOfRow[c][r];
                if (group >= 0) {
                    conversationOf[group] = conversationOfRow[c][r];
                    fromClient[group] = fromClientOfRow[c][r];
                    capture[next[group]] = c;
                    row[next[group]++] = r;
                }
            }
        }
    }

    int groups() {
        return conversationOf.length;
    }

    int conversation(int group) {
        return conversationOf[group];
    }

    boolean fromClient(int group) {
        return fromClient[group];
    }

    /** @return the group of that row, -1 when the row does not count */
    int groupOf(int ofCapture, int ofRow) {
        return groupOfRow[ofCapture][ofRow];
    }

    /**
     * The one row of the group in that capture; -1 when there is none or more than one. A packet that passes a capture several
     * times, as in {@code -i any} on a router or in a routing loop, has a lower TTL each time: only its first passage counts.
     */
    int onlyRow(int group, int ofCapture) {
        int found = -1;
        int highest = -1;
        for (int i = start[group]; i < start[group + 1] && capture[i] <= ofCapture; i++) {
            if (capture[i] == ofCapture) {
                int timeToLive = packets.get(ofCapture).timeToLive(row[i]);
                if (timeToLive >= highest) {
                    found = timeToLive > highest ? row[i] : -1;
                    highest = timeToLive;
                }
            }
        }
        return found;
    }

    /** Captures, as bits, that hold the group. */
    long seenBy(int group) {
        long captures = 0;
        for (int i = start[group]; i < start[group + 1]; i++) {
            captures |= 1L << capture[i];
        }
        return captures;
    }

    /** True when no capture holds more than one row of the group, so that it is one packet. */
    boolean isOnePacket(int group) {
        for (int i = start[group]; i < start[group + 1]; i++) {
            if (onlyRow(group, capture[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Rows of the group in that capture, in file order; of several passages only the first, as in {@link #onlyRow}. */
    int[] rows(int group, int ofCapture) {
        PacketTable table = packets.get(ofCapture);
        return IntStream.range(start[group], start[group + 1])
                .filter(i -> capture[i] == ofCapture)
                .map(i -> row[i])
                .filter(r -> table.timeToLive(r) == highestTimeToLive(group, ofCapture))
                .toArray();
    }

    private int highestTimeToLive(int group, int ofCapture) {
        int highest = -1;
        for (int i = start[group]; i < start[group + 1]; i++) {
            if (capture[i] == ofCapture) {
                highest = Math.max(highest, packets.get(ofCapture).timeToLive(row[i]));
            }
        }
        return highest;
    }

    /** Turns the direction of all groups of the conversations marked. */
    void turn(boolean[] conversations) {
        for (int group = 0; group < conversationOf.length; group++) {
            fromClient[group] ^= conversations[conversationOf[group]];
        }
    }
}
