package phalanx.stitch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.net.Direction;
import phalanx.run.Progress;

/** Joins captures of one investigation: flows, conversations, order of the points, clocks, journeys, in this order. One thread. */
public final class Stitcher {
    /** Sets of captures are bits of a long. */
    public static final int MOST_CAPTURES = 64;

    private final List<CapturePoint> captures;
    private final List<PacketTable> packets;
    private final List<FlowTable> flows = new ArrayList<>();
    private final Progress progress;

    private Stitcher(List<CapturePoint> captures, Progress progress) {
        this.captures = captures;
        this.progress = progress;
        packets = captures.stream().map(CapturePoint::packets).toList();
    }

    /**
     * @param captures 1 to {@link #MOST_CAPTURES}, in any order
     * @throws Progress.Cancelled when the work was given up
     */
    public static Stitched stitch(List<CapturePoint> captures, Progress progress) {
        if (captures.isEmpty() || captures.size() > MOST_CAPTURES) {
            throw new IllegalArgumentException(
                    "1 to " + MOST_CAPTURES + " captures can be stitched, not " + captures.size());
        }
        return new Stitcher(captures, progress).stitch();
    }

    private Stitched stitch() {
        at("Finding flows", 0);
        packets.forEach(table -> flows.add(new FlowTable(table)));
        PacketKeys packetKeys = new PacketKeys(packets);
        long[][] keys = new long[packets.size()][];
        for (int c = 0; c < keys.length; c++) {
            PacketTable table = packets.get(c);
            keys[c] = new long[table.size()];
            for (int row = 0; row < table.size(); row++) {
                keys[c][row] = packetKeys.key(table, row);
            }
        }
        at("Joining conversations", 1);
        ConversationMatcher matcher = new ConversationMatcher(packets, flows, keys);
        List<List<Integer>> nodes = matcher.conversations();
        int[][] conversationOf = new int[packets.size()][];
        boolean[][] fromClient = new boolean[packets.size()][];
        int[] anchors = nodes.stream().mapToInt(n -> anchor(matcher, n)).toArray();
        assign(matcher, nodes, anchors, conversationOf, fromClient);
        List<Integer> mirrored = new MirroredCopies(packets, nodes.size(), conversationOf, fromClient, keys).remove();
        PacketGroups groups = new PacketGroups(packets, conversationOf, fromClient, keys);
        at("Finding the path", 2);
        PathFinder finder = new PathFinder(packets, groups, nodes.size(), places());
        boolean[] turned = finder.againstTheStream();
        groups.turn(turned);
        List<HopPath> paths = finder.paths();
        at("Aligning clocks", 3);
        List<ClockAlignment> clocks = told(new ClockSolver(packets, groups, paths).solve(reference(paths)));
        at("Following packets", 4);
        Journeys journeys = new JourneyBuilder(packets, groups, paths, clocks).build();
        return new ConversationAssembly(captures, flows, matcher, nodes, anchors, turned, clocks, paths, mirrored)
                .with(journeys);
    }

    private int[] places() {
        return captures.stream().mapToInt(point -> point.placement().place()).toArray();
    }

    /** The clocks as the user says they are, where the user says so; the reference is what they are told against. */
    private List<ClockAlignment> told(List<ClockAlignment> found) {
        return IntStream.range(0, found.size())
                .mapToObj(c -> {
                    ClockAlignment clock = found.get(c);
                    OptionalLong offset = captures.get(c).placement().clockOffsetNanos();
                    return clock.reference() || offset.isEmpty()
                            ? clock
                            : new ClockAlignment(
                                    false,
                                    true,
                                    offset.getAsLong(),
                                    0,
                                    clock.driftPpm(),
                                    clock.firstNanos(),
                                    clock.steps());
                })
                .toList();
    }

    private void at(String step, int done) {
        progress.stopIfCancelled();
        progress.at(step, done, 5);
    }

    /** Conversation and direction of every row. */
    private void assign(
            ConversationMatcher matcher,
            List<List<Integer>> nodes,
            int[] anchors,
            int[][] conversationOf,
            boolean[][] fromClient) {
        int[][] conversationOfFlow = new int[packets.size()][];
        boolean[][] opposed = new boolean[packets.size()][];
        for (int c = 0; c < packets.size(); c++) {
            conversationOfFlow[c] = new int[flows.get(c).flows()];
            opposed[c] = new boolean[flows.get(c).flows()];
        }
        for (int i = 0; i < nodes.size(); i++) {
            for (int node : nodes.get(i)) {
                conversationOfFlow[matcher.capture(node)][matcher.flow(node)] = i;
                opposed[matcher.capture(node)][matcher.flow(node)] = matcher.opposed(anchors[i], node);
            }
        }
        for (int c = 0; c < packets.size(); c++) {
            int rows = packets.get(c).size();
            conversationOf[c] = new int[rows];
            fromClient[c] = new boolean[rows];
            for (int row = 0; row < rows; row++) {
                int flow = flows.get(c).flowOf(row);
                conversationOf[c][row] = flow < 0 ? -1 : conversationOfFlow[c][flow];
                fromClient[c][row] = flow >= 0 && flows.get(c).fromOpener(row) != opposed[c][flow];
            }
        }
    }

    /** The flow whose opener is believed: one that saw the opening, else the one with most packets. */
    private int anchor(ConversationMatcher matcher, List<Integer> nodes) {
        return nodes.stream()
                .max(Comparator.<Integer, Boolean>comparing(
                                n -> flows.get(matcher.capture(n)).sawOpening(matcher.flow(n)))
                        .thenComparingInt(n -> flows.get(matcher.capture(n)).rows(matcher.flow(n)))
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    /** The clock that the others are read on: of the capture on the main path with most packets, the client's if equal. */
    private int reference(List<HopPath> paths) {
        List<Integer> candidates = paths.stream()
                .filter(path -> path.direction() == Direction.CLIENT_TO_SERVER)
                .findFirst()
                .or(() -> paths.stream().findFirst())
                .map(HopPath::captures)
                .orElse(IntStream.range(0, packets.size()).boxed().toList());
        return candidates.stream()
                .max(Comparator.<Integer>comparingInt(c -> packets.get(c).size())
                        .thenComparingInt(c -> -candidates.indexOf(c)))
                .orElse(0);
    }
}
