package phalanx.topology;

import java.util.List;
import java.util.Optional;
import phalanx.measure.SegmentTraffic;

/**
 * What the map shows: hosts at the ends, capture points between them, links along the paths, laid out left to right.
 * Immutable, any thread.
 */
public record NetworkMap(List<Place> places, List<Link> links) {
    /** What stands at a place. */
    public enum Role {
        CLIENT,
        SERVER,
        CAPTURE_POINT
    }

    /**
     * @param capture index of the capture point, -1 for a host
     * @param hosts how many stand here, 0 for a capture point
     * @param label hop name, or the host's addresses in short
     * @param x 0 at the client's end .. 1 at the server's
     * @param y 0 at the top .. 1, 0.5 on the main path
     */
    public record Place(
            String id, Role role, int capture, int hosts, String label, String detail, double x, double y) {}

    /**
     * A link between two places.
     *
     * @param forward traffic from {@code from} to {@code to}, empty where none was measured
     * @param backward traffic the other way
     */
    public record Link(
            String id, String from, String to, Optional<SegmentTraffic> forward, Optional<SegmentTraffic> backward) {}

    public NetworkMap {
        places = List.copyOf(places);
        links = List.copyOf(links);
    }
}
