package phalanx.inspect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flows by their endpoints, open addressing; looking one up does not allocate. Holds at most so many flows; packets of further ones
 * are only counted. One thread.
 */
final class FlowIndex<F extends Flow> {
    private final int limit;
    private final List<F> flows = new ArrayList<>();
    private Flow[] slots = new Flow[1024];
    private int taken;
    private long turnedAway;

    FlowIndex(int limit) {
        this.limit = limit;
    }

    /** The newest flow between these endpoints. */
    @SuppressWarnings("unchecked") // only flows of type F are put in
    @Nullable
    F find(FlowKeyView key) {
        int mask = slots.length - 1;
        int slot = key.hash & mask;
        Flow flow = slots[slot];
        while (flow != null) {
            if (flow.hash == key.hash && flow.v6 == key.v6 && (flow.isForward(key) || flow.isBackward(key))) {
                return (F) flow;
            }
            slot = slot + 1 & mask;
            flow = slots[slot];
        }
        return null;
    }

    /** Whether there is room for one more; if not, its packet is counted as turned away. */
    boolean hasRoom() {
        if (flows.size() < limit) {
            return true;
        }
        turnedAway++;
        return false;
    }

    /** @param before the flow between the same endpoints that it takes the place of, null when there was none */
    void add(F flow, @Nullable F before) {
        flows.add(flow);
        if (before == null && ++taken * 2 > slots.length) {
            grow();
        }
        put(flow, before);
    }

    @SuppressWarnings("ReferenceEquality") // this flow's place, not that of an equal one
    private void put(Flow flow, @Nullable Flow before) {
        int mask = slots.length - 1;
        int slot = flow.hash & mask;
        while (slots[slot] != null && slots[slot] != before) {
            slot = slot + 1 & mask;
        }
        slots[slot] = flow;
    }

    private void grow() {
        Flow[] old = slots;
        slots = new Flow[old.length * 2];
        for (Flow flow : old) {
            if (flow != null) {
                put(flow, null);
            }
        }
    }

    /** In the order in which they began. */
    List<F> flows() {
        return Collections.unmodifiableList(flows);
    }

    /** Packets of flows that there was no room for. */
    long turnedAway() {
        return turnedAway;
    }
}
