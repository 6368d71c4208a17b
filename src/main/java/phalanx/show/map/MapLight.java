package phalanx.show.map;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Selection;
import phalanx.stitch.Conversation;
import phalanx.topology.PathGraph;

/**
 * What is lit on a picture of the map by what is selected. Immutable.
 *
 * @param place id of the selected place or link, null for none
 * @param edges by index those on the way of the selected conversation, null when none is selected and all are lit
 * @param nodes by index those on its way
 * @param finding the selected one, null for none
 * @param hovered id of the place or link under the mouse, null for none
 */
record MapLight(
        @Nullable String place,
        @Nullable BitSet edges,
        @Nullable BitSet nodes,
        @Nullable ExplainedFinding finding,
        @Nullable String hovered) {
    static MapLight of(MapPicture picture, Analysis analysis, Selection.State state, @Nullable String hovered) {
        if (state.conversation() == Selection.NONE) {
            return new MapLight(state.place(), null, null, state.finding(), hovered);
        }
        BitSet edges = new BitSet();
        BitSet nodes = new BitSet();
        lightWay(picture, analysis, state.conversation(), edges, nodes);
        if (state.compared() != Selection.NONE) {
            lightWay(picture, analysis, state.compared(), edges, nodes);
        }
        return new MapLight(state.place(), edges, nodes, state.finding(), hovered);
    }

    private static void lightWay(MapPicture picture, Analysis analysis, int id, BitSet edges, BitSet nodes) {
        Conversation conversation = analysis.stitched().conversations().get(id);
        int[] edgeOf = picture.drawn().edgeOf();
        if (picture.request().level() == MapLevel.PATH) {
            for (int i = 0; i < picture.edges().size(); i++) {
                edges.set(
                        i,
                        PathGraph.crosses(
                                picture.drawn(), picture.edges().get(i).edge(), conversation));
            }
        } else if (id < edgeOf.length && edgeOf[id] >= 0) {
            edges.set(edgeOf[id]);
        }
        edges.stream().forEach(i -> {
            nodes.set(picture.edges().get(i).from());
            nodes.set(picture.edges().get(i).to());
        });
    }

    boolean litEdge(int index) {
        return edges == null || edges.get(index);
    }

    boolean litNode(int index) {
        return nodes == null || nodes.get(index);
    }

    boolean proves(List<ExplainedFinding> findings) {
        return finding != null && findings.contains(finding);
    }
}
