package phalanx.show.map;

import phalanx.topology.Services;

/** What the map's nodes are. */
public enum MapLevel {
    /** Capture points in the order of the path, with the hosts at both ends. */
    PATH,
    /** Addresses that talk to each other. */
    HOSTS,
    /** As hosts, but a node for every address and port that is asked. */
    SERVICES,
    /** Services by their names, where traces or a cluster tell them, over the hosts that they run on; with their calls of each other. */
    NAMED;

    /** Whether the nodes of this level look different where services are told differently. */
    boolean shows(Services before, Services now) {
        return switch (this) {
            case PATH -> false;
            case HOSTS, SERVICES -> !before.sameNames(now);
            case NAMED -> true;
        };
    }
}
