package phalanx.stitch;

import java.util.Arrays;
import phalanx.net.Direction;

/**
 * Every packet with the row under which each capture saw it: {@code row[journey][capture]}. A packet that the network doubled
 * makes one journey a copy. Immutable once built, any thread.
 */
public final class Journeys {
    /** In place of as many times -1 as there are packets. */
    private static final int[] NO_COPIES = {};

    private final int captures;
    private final int[] rows;
    private final int[] conversation;
    private final boolean[] fromClient;
    private final int[] copyOf;
    private final int[] startOf;
    private final int[] byConversation;
    private final int[][] journeyOfRow;

    Journeys(int captures, int[] rows, int[] conversation, boolean[] fromClient, int[] copyOf) {
        this.captures = captures;
        this.rows = rows;
        this.conversation = conversation;
        this.fromClient = fromClient;
        this.copyOf = Arrays.stream(copyOf).anyMatch(original -> original >= 0) ? copyOf : NO_COPIES;
        int conversations = Arrays.stream(conversation).max().orElse(-1) + 1;
        startOf = new int[conversations + 1];
        for (int of : conversation) {
            startOf[of + 1]++;
        }
        for (int i = 0; i < conversations; i++) {
            startOf[i + 1] += startOf[i];
        }
        int[] next = startOf.clone();
        byConversation = new int[conversation.length];
        for (int journey = 0; journey < conversation.length; journey++) {
            byConversation[next[conversation[journey]]++] = journey;
        }
        journeyOfRow = new int[captures][];
        for (int capture = 0; capture < captures; capture++) {
            int last = -1;
            for (int journey = 0; journey < conversation.length; journey++) {
                last = Math.max(last, row(journey, capture));
            }
            journeyOfRow[capture] = new int[last + 1];
            Arrays.fill(journeyOfRow[capture], -1);
            for (int journey = 0; journey < conversation.length; journey++) {
                if (row(journey, capture) >= 0) {
                    journeyOfRow[capture][row(journey, capture)] = journey;
                }
            }
        }
    }

    public int size() {
        return conversation.length;
    }

    /** The packet's row in the {@link phalanx.decode.PacketTable} of that capture, -1 when it was not seen there. */
    public int row(int journey, int capture) {
        return rows[journey * captures + capture];
    }

    /** The packet in that row of the capture's table, -1 when the row belongs to none (it does not travel between hosts). */
    public int journeyAt(int capture, int row) {
        return row >= 0 && row < journeyOfRow[capture].length ? journeyOfRow[capture][row] : -1;
    }

    /** Index into {@link Stitched#conversations()}. */
    public int conversation(int journey) {
        return conversation[journey];
    }

    /**
     * {@link Direction#CLIENT_TO_SERVER} or {@link Direction#SERVER_TO_CLIENT}, by the way of the main path. The few
     * conversations opened from its far end ({@link Conversation#againstTheStream()}) are counted by the way they travel.
     */
    public Direction direction(int journey) {
        return fromClient[journey] ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
    }

    /** The journey of the packet of which this one is a copy made on the way, -1 for an original. */
    public int copyOf(int journey) {
        return copyOf.length == 0 ? -1 : copyOf[journey];
    }

    /** The journeys of a conversation, by the time of their first sighting. */
    public int[] of(int ofConversation) {
        return Arrays.copyOfRange(byConversation, startOf[ofConversation], startOf[ofConversation + 1]);
    }

    /** The journeys of a conversation that one capture saw, in the order of its file. */
    public int[] of(int ofConversation, int seenBy) {
        int[] at = new int[startOf[ofConversation + 1] - startOf[ofConversation]];
        int seen = 0;
        boolean inOrder = true;
        for (int i = startOf[ofConversation]; i < startOf[ofConversation + 1]; i++) {
            int row = row(byConversation[i], seenBy);
            if (row >= 0) {
                inOrder &= seen == 0 || at[seen - 1] < row;
                at[seen++] = row;
            }
        }
        at = seen == at.length ? at : Arrays.copyOf(at, seen);
        if (!inOrder) {
            Arrays.sort(at);
        }
        for (int i = 0; i < at.length; i++) {
            at[i] = journeyOfRow[seenBy][at[i]];
        }
        return at;
    }

    /** Number of captures that saw the packet. */
    public int sightings(int journey) {
        int seen = 0;
        for (int capture = 0; capture < captures; capture++) {
            seen += row(journey, capture) >= 0 ? 1 : 0;
        }
        return seen;
    }

    /** The same journeys with each conversation {@code c} called {@code number[c]}. */
    Journeys renumbered(int[] number) {
        int[] renumbered = new int[size()];
        for (int journey = 0; journey < renumbered.length; journey++) {
            renumbered[journey] = number[conversation[journey]];
        }
        return new Journeys(captures, rows, renumbered, fromClient, copyOf);
    }
}
