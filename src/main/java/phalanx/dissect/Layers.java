package phalanx.dissect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocols of a frame while they are read, the outermost first. One thread. */
final class Layers {
    /** Deeper nesting is hostile. */
    private static final int MOST = 40;

    private final Branch.Budget budget;
    private final List<Branch> all = new ArrayList<>();
    private @Nullable Branch quoting;
    private @Nullable Branch now;
    private boolean fragment;
    private int count;

    Layers(int mostNodes) {
        budget = new Branch.Budget(mostNodes);
    }

    /** Begins a protocol; it covers its slice until it says where it ends. */
    Branch begin(String label, String name, Slice in) {
        Branch outer = quoting;
        Branch layer = outer == null ? Branch.layer(budget, label, name, in) : outer.layerInside(label, name, in);
        if (outer == null) {
            all.add(layer);
        }
        now = layer;
        return layer;
    }

    /** Whether there may be one more; when not, that is said. */
    boolean deeper() {
        Branch last = now;
        if (++count <= MOST) {
            return true;
        }
        if (last != null) {
            last.remark(Expert.WARNING, "More than " + MOST + " headers in one another: the rest is not taken apart");
        }
        return false;
    }

    /** From now on packets are those that an error message quotes: cut short by right, and inside its node. */
    void quotedIn(Branch message) {
        quoting = message;
    }

    /** From now on headers belong to the first fragment of a packet: others hold the rest. */
    void fragmented() {
        fragment = true;
    }

    boolean quoted() {
        return quoting != null;
    }

    /** Reads a part of which the faults shall not end the layer. */
    void part(Branch branch, Runnable reading) {
        try {
            reading.run();
        } catch (Slice.EndOfBytes e) {
            ended(branch, e);
        }
    }

    /** Says at the place why a header was not read to its end. */
    void ended(@Nullable Branch at, Slice.EndOfBytes e) {
        Branch where = at == null ? now : at;
        if (where == null) {
            return;
        }
        if (quoted()) {
            where.remark(Expert.CHAT, "The error message quotes no more of it");
        } else if (e.cutByCapture()) {
            where.remark(Expert.NOTE, "The capture holds no more of it (cut by the snap length)");
        } else if (fragment) {
            where.remark(Expert.NOTE, "The rest of it is in other fragments of the packet");
        } else {
            where.remark(Expert.ERROR, "Malformed: it ends before its fields do");
        }
    }

    /** Says that the tree is not whole. */
    void full() {
        Branch last = now;
        if (last != null) {
            last.remark(Expert.WARNING, "The tree has as many fields as are shown; the rest is left out");
        }
    }

    List<FieldNode> built(int captured) {
        return all.stream().map(layer -> layer.built(captured)).toList();
    }
}
