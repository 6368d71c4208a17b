package phalanx.show.charts;

import java.util.List;

/**
 * One chart of the stack. Immutable, any thread.
 *
 * @param note what the reader has to know of it, may be empty
 * @param empty why there is nothing to see; empty when there is
 * @param summary a sentence with its smallest, median and largest values
 * @param low and {@code high} ends of the upright axis
 */
record Panel(
        Chart chart,
        String title,
        String note,
        String empty,
        String summary,
        List<Layer> layers,
        double low,
        double high) {
    Panel {
        layers = List.copyOf(layers);
    }

    /** Whether any of its points is a packet. */
    boolean drawsPackets() {
        return layers.stream().anyMatch(layer -> layer.journeys().length > 0);
    }
}
