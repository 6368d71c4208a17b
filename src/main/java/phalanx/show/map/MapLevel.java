package phalanx.show.map;

/** What the map's nodes are. */
public enum MapLevel {
    /** Capture points in the order of the path, with the hosts at both ends. */
    PATH,
    /** Addresses that talk to each other. */
    HOSTS,
    /** As hosts, but a node for every address and port that is asked. */
    SERVICES,
    /** Services by their names, where traces or a cluster tell them, over the hosts that they run on; with their calls of each other. */
    NAMED
}
