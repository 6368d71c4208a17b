package phalanx.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import phalanx.capture.CapturedFrame;

/** A frame and its fields. Every field lies inside the frame's captured bytes. Immutable, any thread. */
public record Dissection(CapturedFrame frame, List<FieldNode> layers) {
    public Dissection {
        layers = List.copyOf(layers);
    }

    /** The first node that is so, in the order of the tree, with the nodes above it; empty when there is none. */
    public Optional<List<FieldNode>> path(Predicate<FieldNode> wanted) {
        return path(layers, wanted);
    }

    private static Optional<List<FieldNode>> path(List<FieldNode> nodes, Predicate<FieldNode> wanted) {
        for (FieldNode node : nodes) {
            Optional<List<FieldNode>> below =
                    wanted.test(node) ? Optional.of(List.of()) : path(node.children(), wanted);
            if (below.isPresent()) {
                List<FieldNode> path = new ArrayList<>(List.of(node));
                path.addAll(below.get());
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /** The first field of that name with the nodes above it, the outermost first. */
    public Optional<List<FieldNode>> pathTo(String name) {
        return path(node -> node.name().equals(name));
    }

    /**
     * The field that a byte belongs to, with the nodes above it: the smallest one that covers it, of bits that share the byte the field
     * above them.
     */
    public List<FieldNode> pathAt(int at) {
        List<FieldNode> path = new ArrayList<>();
        List<FieldNode> among = layers;
        while (true) {
            FieldNode best = null;
            for (FieldNode node : among) {
                boolean whole = node.covers(at) && node.bits().isEmpty() && node.expert() == null;
                if (whole && (best == null || node.length() < best.length())) {
                    best = node;
                }
            }
            if (best == null
                    || !path.isEmpty() && best.length() > path.getLast().length()) {
                return path;
            }
            path.add(best);
            among = best.children();
        }
    }
}
