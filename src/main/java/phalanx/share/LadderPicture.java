package phalanx.share;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import phalanx.diagnose.Evidence;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.FactFormat;
import phalanx.net.Direction;
import phalanx.stitch.HopPath;
import phalanx.stitch.Journeys;
import phalanx.stitch.PacketLabel;
import phalanx.stitch.Stitched;

/** A ladder as SVG: the first packet that proves a finding with those of its conversation around it, one row a packet. */
final class LadderPicture {
    private static final int AROUND = 6;
    private static final double WIDTH = 900, ROW = 22, HEAD = 34, LEFT = 110, RIGHT = 200;

    private LadderPicture() {}

    static Optional<String> of(Analysis analysis, ExplainedFinding told) {
        Stitched stitched = analysis.stitched();
        Journeys journeys = stitched.journeys();
        Evidence evidence = told.finding().evidence().getFirst();
        int row = stitched.captures().get(evidence.capture()).packets().rowOfFrame(evidence.frames()[0]);
        int proof = journeys.journeyAt(evidence.capture(), row);
        Direction way = proof < 0 ? Direction.CLIENT_TO_SERVER : journeys.direction(proof);
        List<Integer> along = stitched.mainPath(way).map(HopPath::captures).orElse(List.of());
        List<Integer> columns = way == Direction.CLIENT_TO_SERVER ? along : along.reversed();
        if (proof < 0 || columns.size() < 2) {
            return Optional.empty();
        }
        int[] own = journeys.of(journeys.conversation(proof));
        int at = Arrays.binarySearch(own, proof);
        int[] shown = IntStream.range(Math.max(0, at - AROUND), Math.min(own.length, at + AROUND + 1))
                .map(i -> own[i])
                .toArray();
        Svg svg = new Svg();
        double height = HEAD + ROW * shown.length + 10;
        for (int i = 0; i < columns.size(); i++) {
            svg.line("rail", x(i, columns), HEAD - 6, x(i, columns), height);
            svg.text("name", x(i, columns), 18, "middle", PathPicture.shortened(stitched.hopName(columns.get(i)), 18));
        }
        long first = when(stitched, shown[0], columns);
        for (int i = 0; i < shown.length; i++) {
            drawPacket(svg, stitched, shown[i], columns, HEAD + ROW * (i + 0.5), shown[i] == proof, first);
        }
        return Optional.of(svg.picture(WIDTH, height, "Packets around the first proof of: " + told.summary()));
    }

    private static void drawPacket(
            Svg svg, Stitched stitched, int journey, List<Integer> columns, double y, boolean proof, long first) {
        boolean toServer = stitched.journeys().direction(journey) == Direction.CLIENT_TO_SERVER;
        int[] seen = IntStream.range(0, columns.size())
                .filter(i -> stitched.journeys().row(journey, columns.get(i)) >= 0)
                .toArray();
        if (seen.length == 0) {
            return;
        }
        String css = (toServer ? "c2s" : "s2c") + (proof ? " proof" : "");
        int begin = toServer ? seen[0] : seen[seen.length - 1];
        int end = toServer ? seen[seen.length - 1] : seen[0];
        svg.text("small", LEFT - 22, y + 4, "end", "+" + FactFormat.duration(when(stitched, journey, columns) - first));
        double from = x(begin, columns);
        double to = x(end, columns);
        boolean arrived = toServer ? end == columns.size() - 1 : end == 0;
        double step = toServer ? 1 : -1;
        if (!arrived) {
            to += step * (x(1, columns) - x(0, columns)) * 0.45;
        }
        svg.line(css, from, y, to, y);
        if (arrived) {
            svg.line(css, to, y, to - step * 7, y - 4);
            svg.line(css, to, y, to - step * 7, y + 4);
        } else {
            svg.line("lost", to - 5, y - 5, to + 5, y + 5);
            svg.line("lost", to - 5, y + 5, to + 5, y - 5);
        }
        int at = columns.get(begin);
        var packets = stitched.captures().get(at).packets();
        int row = stitched.journeys().row(journey, at);
        svg.text(
                proof ? "name" : "small",
                WIDTH - RIGHT + 24,
                y + 4,
                "start",
                PacketLabel.of(packets, row) + " #" + packets.frame(row));
    }

    private static long when(Stitched stitched, int journey, List<Integer> columns) {
        return columns.stream()
                .filter(c -> stitched.journeys().row(journey, c) >= 0)
                .mapToLong(c -> stitched.commonNanos(c, stitched.journeys().row(journey, c)))
                .min()
                .orElse(0);
    }

    private static double x(int column, List<Integer> columns) {
        return LEFT + (WIDTH - LEFT - RIGHT) * column / (columns.size() - 1);
    }
}
