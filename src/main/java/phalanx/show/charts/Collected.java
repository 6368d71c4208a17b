package phalanx.show.charts;

import java.util.List;

/**
 * A chart with all that was collected for it. Immutable, any thread.
 *
 * @param note what the reader has to know, may be empty
 * @param empty why there is nothing, empty when there is
 */
record Collected(Chart chart, String title, String note, String empty, List<Track> tracks) {
    Collected {
        tracks = List.copyOf(tracks);
    }

    static Collected nothing(Chart chart, String title, String why) {
        return new Collected(chart, title, "", why, List.of());
    }
}
