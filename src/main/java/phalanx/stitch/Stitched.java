package phalanx.stitch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import phalanx.net.Direction;

/**
 * Captures of one investigation, stitched. Captures are named by their index in {@code captures} everywhere below. Immutable,
 * any thread.
 *
 * @param captures in the order given by the user
 * @param clocks one for each capture, by index
 * @param paths main path of each direction first; several entries of a direction where traffic divides
 * @param conversations by time of their first packet
 * @param journeys every packet with its row at each capture
 * @param mirrored by capture: second copies that were left out because a mirror made them, not the network
 */
public record Stitched(
        List<CapturePoint> captures,
        List<ClockAlignment> clocks,
        List<HopPath> paths,
        List<Conversation> conversations,
        Journeys journeys,
        List<Integer> mirrored) {
    public Stitched {
        captures = List.copyOf(captures);
        clocks = List.copyOf(clocks);
        paths = List.copyOf(paths);
        conversations = List.copyOf(conversations);
        mirrored = List.copyOf(mirrored);
    }

    /** The main path of a direction, empty when no packet travelled that way. */
    public Optional<HopPath> mainPath(Direction direction) {
        return paths.stream().filter(path -> path.direction() == direction).findFirst();
    }

    /** The stamp of a packet on the reference clock, in epoch nanoseconds. */
    public long commonNanos(int capture, int row) {
        return clocks.get(capture).toCommon(captures.get(capture).packets().timeNanos(row), row);
    }

    /** When the first of the captures began, on the reference clock, in epoch nanoseconds; 0 without packets. */
    public long beginNanos() {
        return IntStream.range(0, captures.size())
                .filter(capture -> captures.get(capture).packets().size() > 0)
                .mapToLong(capture -> commonNanos(capture, 0))
                .min()
                .orElse(0);
    }

    /** All captures, nearest to the client first; one that lies on a branch of its own stands behind its neighbour. */
    public List<Integer> clientFirst() {
        List<Integer> order = new ArrayList<>();
        for (HopPath path : paths) {
            List<Integer> fromClient = path.direction() == Direction.CLIENT_TO_SERVER
                    ? path.captures()
                    : path.captures().reversed();
            int place = 0;
            for (int capture : fromClient) {
                if (order.contains(capture)) {
                    place = order.indexOf(capture) + 1;
                } else {
                    order.add(place++, capture);
                }
            }
        }
        IntStream.range(0, captures.size()).filter(c -> !order.contains(c)).forEach(order::add);
        return order;
    }

    public String hopName(int capture) {
        return captures.get(capture).hop().name();
    }
}
