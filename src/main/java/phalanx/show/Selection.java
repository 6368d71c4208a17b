package phalanx.show;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Evidence;
import phalanx.explain.ExplainedFinding;
import phalanx.net.Direction;
import phalanx.stitch.Stitched;

/**
 * What the user looks at: one selection that all views follow, with its history. Views subscribe to {@link #state()}; no view talks
 * to another. Screen thread.
 */
public final class Selection {
    /** Stands for no conversation, no journey, no capture. */
    public static final int NONE = -1;

    private static final int MOST_REMEMBERED = 200;

    /**
     * A frame of a capture.
     *
     * @param capture index of the capture point
     * @param frame its number in the file, from 1
     * @param journey the packet that it is a sighting of, {@link #NONE} for frames that do not travel between hosts
     */
    public record Packet(int capture, long frame, int journey) {}

    /** A stretch of time on the reference clock, epoch nanoseconds, both ends included. */
    public record Range(long fromNanos, long toNanos) {
        public boolean contains(long nanos) {
            return nanos >= fromNanos && nanos <= toNanos;
        }
    }

    /**
     * Everything selected at one moment. Immutable.
     *
     * @param conversation index into the conversations
     * @param compared a second conversation beside it, {@link #NONE} mostly
     * @param place id of a place or link of the map; {@code hop-2} for a capture point
     */
    public record State(
            int conversation,
            int compared,
            @Nullable ExplainedFinding finding,
            @Nullable Packet packet,
            @Nullable String place,
            @Nullable Range range) {
        static final State NOTHING = new State(NONE, NONE, null, null, null, null);

        /** The packet as the stitcher numbers it, {@link #NONE} for none. */
        public int journey() {
            return packet == null ? NONE : packet.journey;
        }

        /** The selected capture point, {@link #NONE} for none. */
        public int capture() {
            return place != null && place.matches("hop-\\d{1,9}") ? Integer.parseInt(place.substring(4)) : NONE;
        }
    }

    private final Stitched stitched;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NOTHING);
    private final List<State> history = new ArrayList<>(List.of(State.NOTHING));
    private final BooleanProperty canGoBack = new SimpleBooleanProperty();
    private final BooleanProperty canGoForward = new SimpleBooleanProperty();
    private int at;

    public Selection(Stitched stitched) {
        this.stitched = stitched;
    }

    /** What is selected; a new value for every change. */
    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** What is selected now. */
    public State now() {
        return state.get();
    }

    /** Selects another conversation, without finding or packet. */
    public void conversation(int conversation) {
        State s = now();
        if (conversation != s.conversation) {
            go(new State(conversation, NONE, null, null, s.place, s.range));
        }
    }

    /** Puts a second conversation beside the selected one, {@link #NONE} to take it away. */
    public void compare(int conversation) {
        State s = now();
        go(new State(s.conversation, conversation, s.finding, s.packet, s.place, s.range));
    }

    /** Shows a finding: its conversation when it has just one, and the first packet that proves it. */
    public void finding(ExplainedFinding told) {
        List<Integer> of = told.finding().conversations();
        go(new State(of.size() == 1 ? of.getFirst() : NONE, NONE, told, firstProof(told), now().place, now().range));
    }

    /** Selects a packet at the point that saw it first; {@link #NONE} for none. */
    public void journey(int journey) {
        packet(journey == NONE ? null : sighting(journey));
    }

    /** Selects a frame of a capture. */
    public void frame(int capture, long frame) {
        int row = stitched.captures().get(capture).packets().rowOfFrame(frame);
        packet(new Packet(capture, frame, stitched.journeys().journeyAt(capture, row)));
    }

    private void packet(@Nullable Packet packet) {
        State s = now();
        go(new State(s.conversation, s.compared, s.finding, packet, s.place, s.range));
    }

    /** Shows the same packet as the next capture point saw it, or the one before with a negative step; round at the ends. */
    public void nextSighting(int step) {
        Packet packet = now().packet;
        if (packet == null || packet.journey == NONE) {
            return;
        }
        List<Integer> order = stitched.clientFirst().stream()
                .filter(capture -> stitched.journeys().row(packet.journey, capture) >= 0)
                .toList();
        int next = order.get(Math.floorMod(order.indexOf(packet.capture) + step, order.size()));
        packet(sightingAt(packet.journey, next));
    }

    /** Selects a capture point, {@link #NONE} for none. */
    public void capture(int capture) {
        place(capture == NONE ? null : "hop-" + capture);
    }

    /** Selects a place or link of the map. */
    public void place(@Nullable String id) {
        State s = now();
        go(new State(s.conversation, s.compared, s.finding, s.packet, id, s.range));
    }

    /** Narrows everything to a stretch of time, null for all of it. */
    public void range(@Nullable Range range) {
        State s = now();
        go(new State(s.conversation, s.compared, s.finding, s.packet, s.place, range));
    }

    /** One step back: from packet to finding to conversation to time range to everything. */
    public void widen() {
        State s = now();
        if (s.packet != null) {
            packet(null);
        } else if (s.finding != null) {
            go(new State(s.conversation, s.compared, null, null, s.place, s.range));
        } else if (s.conversation != NONE) {
            go(new State(NONE, NONE, null, null, s.place, s.range));
        } else if (s.range != null) {
            range(null);
        } else {
            place(null);
        }
    }

    /** Forgets what is selected; the history stays. */
    public void clear() {
        go(State.NOTHING);
    }

    /** What was selected before. */
    public void back() {
        if (at > 0) {
            visit(at - 1);
        }
    }

    /** What was selected before going back. */
    public void forward() {
        if (at + 1 < history.size()) {
            visit(at + 1);
        }
    }

    public ReadOnlyBooleanProperty canGoBack() {
        return canGoBack;
    }

    public ReadOnlyBooleanProperty canGoForward() {
        return canGoForward;
    }

    private void go(State wanted) {
        if (wanted.equals(now())) {
            return;
        }
        history.subList(at + 1, history.size()).clear();
        history.add(wanted);
        if (history.size() > MOST_REMEMBERED) {
            history.removeFirst();
        }
        visit(history.size() - 1);
    }

    private void visit(int place) {
        at = place;
        canGoBack.set(at > 0);
        canGoForward.set(at + 1 < history.size());
        state.set(history.get(at));
    }

    /** The first packet that proves a finding, null when its frames are no packets between hosts. */
    private @Nullable Packet firstProof(ExplainedFinding told) {
        for (Evidence evidence : told.finding().evidence()) {
            PacketTable packets = stitched.captures().get(evidence.capture()).packets();
            for (long frame : evidence.frames()) {
                int journey = stitched.journeys().journeyAt(evidence.capture(), packets.rowOfFrame(frame));
                if (journey >= 0) {
                    return new Packet(evidence.capture(), frame, journey);
                }
            }
        }
        return null;
    }

    private Packet sighting(int journey) {
        boolean toServer = stitched.journeys().direction(journey) == Direction.CLIENT_TO_SERVER;
        List<Integer> order = stitched.clientFirst();
        for (int capture : toServer ? order : order.reversed()) {
            if (stitched.journeys().row(journey, capture) >= 0) {
                return sightingAt(journey, capture);
            }
        }
        throw new IllegalArgumentException("journey " + journey + " was never seen");
    }

    private Packet sightingAt(int journey, int capture) {
        int row = stitched.journeys().row(journey, capture);
        return new Packet(capture, stitched.captures().get(capture).packets().frame(row), journey);
    }
}
