package phalanx.show.map;

import java.util.Optional;
import java.util.Set;
import phalanx.show.Shown;
import phalanx.topology.Layout;
import phalanx.topology.Services;

/**
 * What the user wants to see on the map. Immutable, any thread.
 *
 * @param find what is marked, empty for nothing
 * @param hide what is left out, empty for nothing
 * @param opened ids of subnets that are shown by their parts
 * @param crowd what is drawn of very many hosts
 * @param services who stands at which address, as other tools say
 */
record MapRequest(
        MapLevel level,
        Layout.Kind layout,
        Optional<MapQuery> find,
        Optional<MapQuery> hide,
        Set<String> opened,
        Crowd crowd,
        Shown shown,
        Services services) {
    /** What is drawn of more than {@link MapBuilder#MOST_AT_ONCE} hosts. */
    enum Crowd {
        /** Nothing: they are listed. */
        LISTED,
        /** The most important ones. */
        TOP,
        /** Subnets. */
        GATHERED
    }

    /** Whether both ask for the same traffic, however it is drawn. */
    boolean sameTraffic(MapRequest other) {
        return level == other.level
                && shown.equals(other.shown)
                && services == other.services
                && (level != MapLevel.NAMED || opened.equals(other.opened));
    }

    MapRequest {
        opened = Set.copyOf(opened);
    }
}
