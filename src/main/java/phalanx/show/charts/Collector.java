package phalanx.show.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phalanx.explain.Analysis;
import phalanx.explain.Joined;
import phalanx.net.Direction;
import phalanx.run.Progress;
import phalanx.show.Words;
import phalanx.telemetry.Telemetry;

/** Collects what the wanted charts are made of. One use on one worker. */
final class Collector {
    private static final Words WORDS = Words.of("charts");

    private final Analysis analysis;
    private final Telemetry telemetry;
    private final Joined joined;
    private final Scope scope;
    private final Progress progress;

    /** @param telemetry what other tools recorded  @param joined how that joins the captures */
    Collector(Analysis analysis, Telemetry telemetry, Joined joined, Scope scope, Progress progress) {
        this.analysis = analysis;
        this.telemetry = telemetry;
        this.joined = joined;
        this.scope = scope;
        this.progress = progress;
    }

    /** @param ways directions, for the charts that have one for each */
    List<Collected> collect(Set<Chart> charts, Set<Direction> ways) {
        TrafficTracks traffic = new TrafficTracks(analysis, scope, progress);
        SegmentTracks segments = new SegmentTracks(analysis, scope);
        TraceTracks traces = new TraceTracks(analysis, scope, progress);
        List<Collected> all = new ArrayList<>();
        for (Chart chart : charts) {
            progress.stopIfCancelled();
            switch (chart) {
                case THROUGHPUT -> all.add(traffic.throughput());
                case ROUND_TRIP -> all.add(traffic.roundTrips());
                case LOSS -> all.add(segments.loss(traffic));
                case PACKETS -> all.add(traffic.packets());
                case CONNECTIONS -> all.add(traffic.connections());
                case DELAY -> ways.forEach(way -> all.add(segments.delay(way)));
                case WINDOW -> ways.forEach(way -> all.add(traces.window(way)));
                case MEASURED -> all.addAll(MeasuredTracks.of(telemetry, joined));
                case SEQUENCE -> ways.forEach(way -> all.add(traces.sequence(way)));
            }
        }
        return all;
    }

    /** The name of a chart of one direction. */
    static String title(Chart chart, Direction way) {
        String name = WORDS.get(chart.nameKey());
        return way == Direction.CLIENT_TO_SERVER
                ? WORDS.get("title.to-server", name)
                : WORDS.get("title.to-client", name);
    }
}
