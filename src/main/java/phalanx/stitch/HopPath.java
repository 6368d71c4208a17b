package phalanx.stitch;

import java.util.List;
import phalanx.net.Direction;

/**
 * The capture points in the order in which packets of one direction pass them.
 *
 * @param direction never {@link Direction#BOTH}
 * @param captures indexes into {@link Stitched#captures()}, each at most once
 * @param packets journeys that support this path; 0 for the way back where nothing came back
 */
public record HopPath(Direction direction, List<Integer> captures, long packets) {
    public HopPath {
        captures = List.copyOf(captures);
    }
}
