package phalanx.show.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import phalanx.explain.Joined;
import phalanx.show.Words;
import phalanx.telemetry.LabelledSeries;
import phalanx.telemetry.Telemetry;

/** Series of other tools, a chart for each measure. One worker. */
final class MeasuredTracks {
    private static final Words WORDS = Words.of("charts");
    private static final int MOST_CHARTS = 6, MOST_LINES = 7;

    private MeasuredTracks() {}

    /** The measures of which most changes around the time of the captures, each with the lines that change most. */
    static List<Collected> of(Telemetry telemetry, Joined joined) {
        Map<String, List<Line>> byMeasure = new LinkedHashMap<>();
        for (LabelledSeries series : telemetry.series()) {
            Line line = Line.of(series, joined);
            if (line.points > 0) {
                byMeasure
                        .computeIfAbsent(series.points().name(), _ -> new ArrayList<>())
                        .add(line);
            }
        }
        if (byMeasure.isEmpty()) {
            return List.of(Collected.nothing(
                    Chart.MEASURED,
                    WORDS.get(Chart.MEASURED.nameKey()),
                    telemetry.series().isEmpty() ? WORDS.get("empty.measured") : WORDS.get("empty.measured-then")));
        }
        byMeasure.values().forEach(lines -> lines.sort(Comparator.comparingDouble(line -> -line.change)));
        return byMeasure.entrySet().stream()
                .sorted(Comparator.comparingDouble(entry -> -entry.getValue().getFirst().change))
                .limit(MOST_CHARTS)
                .map(entry -> chart(entry.getKey(), entry.getValue(), byMeasure.size()))
                .toList();
    }

    private static Collected chart(String measure, List<Line> lines, int measures) {
        List<Track> tracks = new ArrayList<>();
        for (Line line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
            tracks.add(new Track.Line(line.name(lines), Ink.series(tracks.size()), line.series));
        }
        List<String> notes = new ArrayList<>();
        if (lines.size() > tracks.size()) {
            notes.add(WORDS.get("note.more-lines", lines.size() - tracks.size()));
        }
        if (measures > MOST_CHARTS) {
            notes.add(WORDS.get("note.more-measures", measures - MOST_CHARTS));
        }
        return new Collected(Chart.MEASURED, measure, String.join(", ", notes), "", tracks);
    }

    /**
     * A series with how much it changes near the captures.
     *
     * @param points with a value then
     * @param change its largest less its smallest value, as a share of the larger size
     */
    private record Line(LabelledSeries series, int points, double change) {
        static Line of(LabelledSeries series, Joined joined) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            int points = 0;
            for (int i = 0; i < series.points().size(); i++) {
                double value = series.points().values()[i];
                if (!Double.isNaN(value) && joined.isNear(series.points().nanos()[i])) {
                    points++;
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
            double size = Math.max(Math.abs(least), Math.abs(most));
            return new Line(series, points, points == 0 || size == 0 ? 0 : (most - least) / size);
        }

        /** The labels in which it differs from the others. */
        String name(List<Line> all) {
            Map<String, String> labels = new TreeMap<>(series.labels());
            if (all.size() > 1) {
                labels.entrySet()
                        .removeIf(label -> all.stream()
                                .allMatch(line -> label.getValue()
                                        .equals(line.series.labels().get(label.getKey()))));
            }
            return labels.isEmpty()
                    ? series.points().name()
                    : labels.entrySet().stream()
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .collect(Collectors.joining(" "));
        }
    }
}
