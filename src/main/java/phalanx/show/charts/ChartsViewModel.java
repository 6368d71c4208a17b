package phalanx.show.charts;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.Joined;
import phalanx.measure.ConversationMetrics;
import phalanx.net.Direction;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.ViewContext;
import phalanx.telemetry.Telemetry;

/**
 * Which charts are shown, of what part of the recording and over which time. Follows the selection; collects and thins in the
 * background, the newest wins, the picture before stays until then. Screen thread.
 */
final class ChartsViewModel {
    private static final long SHORTEST_NANOS = 2_000;
    private static final int MOST_BANDS = 12;

    /** What there is to look at decides which charts are worth showing. */
    private enum Subject {
        MANY,
        ONE_TCP,
        ONE_OTHER
    }

    /** What a job brings back. */
    private record Drawn(Gathered gathered, ChartPicture picture) {}

    /** What was collected for the charts, and what other tools say that happened. @param joined how that joins the captures */
    private record Gathered(List<Collected> charts, List<EventMark> marks, Telemetry telemetry, Joined joined) {
        /** With what other tools say now; the charts of the captures are taken over. */
        Gathered with(Telemetry now, boolean measured) {
            if (now.equals(telemetry)) {
                return this;
            }
            List<Collected> all = new ArrayList<>(charts);
            all.removeIf(chart -> chart.chart() == Chart.MEASURED);
            if (measured) {
                all.addAll(MeasuredTracks.of(now, joined));
            }
            return new Gathered(all, EventMark.of(now, joined), now, joined);
        }
    }

    private final Analysis analysis;
    private final Selection selection;
    private final ObservableValue<Shown> shown;
    private final Jobs jobs;
    private final long origin;
    private final long last;
    private final Map<Subject, Set<Chart>> chosenCharts = new EnumMap<>(Subject.class);
    private final ReadOnlyObjectWrapper<Set<Chart>> charts = new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<Set<Direction>> ways = new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<@Nullable ChartPicture> picture = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Jobs.Handle running = () -> {};
    private int asked;
    private boolean collecting;
    private boolean outdated;
    private @Nullable Gathered collected;
    private @Nullable EventMark chosen;
    private final ObservableValue<Telemetry> telemetry;
    private final ReadOnlyBooleanWrapper measured = new ReadOnlyBooleanWrapper();
    private Scope scope;
    private Selection.Range window;
    private int pixels = 800;

    /** @param seen whether anybody sees the charts: what other tools say meanwhile waits until somebody does */
    ChartsViewModel(ViewContext context, ObservableValue<Boolean> seen) {
        analysis = context.analysis();
        selection = context.selection();
        shown = context.shown();
        jobs = context.jobs();
        telemetry = context.telemetry().when(seen);
        List<ConversationMetrics> all = analysis.measures().conversations();
        origin = all.stream().mapToLong(ConversationMetrics::firstNanos).min().orElse(0);
        last = all.stream().mapToLong(ConversationMetrics::lastNanos).max().orElse(0);
        chosenCharts.put(Subject.MANY, EnumSet.of(Chart.THROUGHPUT, Chart.ROUND_TRIP, Chart.DELAY, Chart.LOSS));
        chosenCharts.put(Subject.ONE_TCP, EnumSet.of(Chart.THROUGHPUT, Chart.ROUND_TRIP, Chart.WINDOW, Chart.SEQUENCE));
        chosenCharts.put(Subject.ONE_OTHER, EnumSet.of(Chart.THROUGHPUT, Chart.PACKETS, Chart.DELAY, Chart.LOSS));
        scope = Scope.of(analysis, selection.now(), shown.getValue());
        window = scope.extent();
        measure(telemetry.getValue());
        look();
        selection.state().subscribe(this::follow);
        shown.subscribe((_, _) -> rescope());
        telemetry.subscribe((_, now) -> {
            measure(now);
            if (busy.get()) {
                outdated = true;
            } else {
                draw();
            }
        });
    }

    /** Other tools recorded something else; what they measured is shown when it comes first. */
    private void measure(Telemetry now) {
        boolean before = measured.get();
        measured.set(!now.series().isEmpty());
        if (before != measured.get()) {
            for (Subject of : Subject.values()) {
                Set<Chart> wanted = EnumSet.copyOf(chosenOf(of));
                if (measured.get()) {
                    wanted.add(Chart.MEASURED);
                } else {
                    wanted.remove(Chart.MEASURED);
                }
                chosenCharts.put(of, wanted);
            }
            charts.set(chosenOf(subject()));
        }
    }

    /** The charts that are shown, in the order of the enumeration. */
    ReadOnlyObjectProperty<Set<Chart>> charts() {
        return charts.getReadOnlyProperty();
    }

    /** The directions that are shown by charts with one for each. */
    ReadOnlyObjectProperty<Set<Direction>> ways() {
        return ways.getReadOnlyProperty();
    }

    /** Null until the first is drawn. */
    ReadOnlyObjectProperty<@Nullable ChartPicture> picture() {
        return picture.getReadOnlyProperty();
    }

    /** Whether a newer picture is being made. */
    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    Selection selection() {
        return selection;
    }

    /** When the selected packet passed the point at which it is selected; reference clock, empty without one. */
    OptionalLong packetNanos() {
        Selection.Packet packet = selection.now().packet();
        if (packet == null) {
            return OptionalLong.empty();
        }
        int row = analysis.stitched().captures().get(packet.capture()).packets().rowOfFrame(packet.frame());
        return row < 0
                ? OptionalLong.empty()
                : OptionalLong.of(analysis.stitched().commonNanos(packet.capture(), row));
    }

    /** Whether other tools measured anything. */
    ReadOnlyBooleanProperty measured() {
        return measured.getReadOnlyProperty();
    }

    /** Chooses what another tool says that happened: its conversation, if it is of one, and its moment. */
    void choose(EventMark mark) {
        chosen = mark;
        if (mark.conversation() != Selection.NONE) {
            selection.conversation(mark.conversation());
        }
        reveal(mark.event().nanos());
        ChartPicture now = picture.get();
        if (now != null) {
            picture.set(now.with(mark));
        }
    }

    /** Shows or hides a chart. */
    void show(Chart chart, boolean visible) {
        Set<Chart> wanted = EnumSet.noneOf(Chart.class);
        wanted.addAll(charts.get());
        if (visible ? wanted.add(chart) : wanted.remove(chart)) {
            chosenCharts.put(subject(), wanted);
            charts.set(wanted);
            collect();
        }
    }

    /** Shows or hides a direction. */
    void show(Direction way, boolean visible) {
        Set<Direction> wanted = EnumSet.noneOf(Direction.class);
        wanted.addAll(ways.get());
        if (visible ? wanted.add(way) : wanted.remove(way)) {
            ways.set(wanted);
            collect();
        }
    }

    /** Pixels that the plots are wide. */
    void width(int wide) {
        if (wide > 0 && wide != pixels) {
            pixels = wide;
            draw();
        }
    }

    /** Shows less time for a factor above 1, the moment {@code around} staying where it is. */
    void zoom(double factor, long around) {
        double before = (double) around - window.fromNanos();
        double after = (double) window.toNanos() - around;
        window(around - Math.round(before / factor), around + Math.round(after / factor));
    }

    /** Moves by a share of what is seen, later for positive ones. */
    void pan(double share) {
        long by = Math.round(share * (window.toNanos() - window.fromNanos()));
        long margin = (last - origin) / 50 + SHORTEST_NANOS;
        by = Math.clamp(
                by, Math.min(0, origin - margin - window.fromNanos()), Math.max(0, last + margin - window.toNanos()));
        window(window.fromNanos() + by, window.toNanos() + by);
    }

    /** Shows the time between two moments, given in any order. */
    void window(long from, long to) {
        long margin = (last - origin) / 50 + SHORTEST_NANOS;
        long begin = Math.clamp(Math.min(from, to), origin - margin, last + margin);
        long end = Math.clamp(Math.max(from, to), origin - margin, last + margin);
        if (end - begin < SHORTEST_NANOS) {
            begin = Math.max(origin - margin, begin - SHORTEST_NANOS / 2);
            end = begin + SHORTEST_NANOS;
        }
        window = new Selection.Range(begin, end);
        draw();
    }

    /** Shows all of what is selected. */
    void all() {
        window = scope.extent();
        draw();
    }

    /** Selects the conversation of the selected packet. */
    void enter() {
        int journey = selection.now().journey();
        if (journey != Selection.NONE) {
            int conversation = analysis.stitched().journeys().conversation(journey);
            selection.conversation(conversation);
            selection.journey(journey);
        }
    }

    private void follow(Selection.State before, Selection.State now) {
        boolean other = before.conversation() != now.conversation()
                || !Objects.equals(before.finding(), now.finding())
                || before.capture() != now.capture();
        if (other) {
            rescope();
        }
        if (!Objects.equals(before.range(), now.range())) {
            Selection.Range range = now.range();
            long margin = range == null ? 0 : (range.toNanos() - range.fromNanos()) / 10;
            if (range == null) {
                all();
            } else {
                window(range.fromNanos() - margin, range.toNanos() + margin);
            }
        } else if (!other && !Objects.equals(before.packet(), now.packet())) {
            packetNanos().ifPresent(this::reveal);
        }
    }

    /** Moves no farther than is needed to see a moment. */
    private void reveal(long nanos) {
        if (!window.contains(nanos)) {
            long half = (window.toNanos() - window.fromNanos()) / 2;
            window(nanos - half, nanos + half);
        }
    }

    private void rescope() {
        Scope before = scope;
        scope = Scope.of(analysis, selection.now(), shown.getValue());
        if (!before.extent().equals(scope.extent()) && selection.now().range() == null) {
            window = scope.extent();
        }
        look();
    }

    private Subject subject() {
        if (scope.only() == Selection.NONE) {
            return Subject.MANY;
        }
        return scope.isOneTcp(analysis.stitched()) ? Subject.ONE_TCP : Subject.ONE_OTHER;
    }

    private void look() {
        charts.set(chosenOf(subject()));
        ways.set(EnumSet.copyOf(TraceTracks.worthwhile(analysis, scope)));
        collect();
    }

    private Set<Chart> chosenOf(Subject subject) {
        return chosenCharts.getOrDefault(subject, Set.of());
    }

    private void collect() {
        Scope of = scope;
        Set<Chart> wanted = charts.get();
        Set<Direction> directions = ways.get();
        collecting = true;
        Telemetry recorded = telemetry.getValue();
        start(progress -> {
            Joined joined = new Joined(analysis.stitched());
            return new Gathered(
                    new Collector(analysis, recorded, joined, of, progress).collect(wanted, directions),
                    EventMark.of(recorded, joined),
                    recorded,
                    joined);
        });
    }

    private void draw() {
        Gathered now = collected;
        if (collecting || now == null) {
            outdated = true; // what is being collected serves the new window as well
        } else {
            Telemetry recorded = telemetry.getValue();
            boolean measures = charts.get().contains(Chart.MEASURED);
            start(_ -> now.with(recorded, measures));
        }
    }

    private void start(Function<Progress, Gathered> source) {
        running.cancel();
        int ask = ++asked;
        busy.set(true);
        outdated = false;
        Scope of = scope;
        Selection.Range over = window;
        Selection.State state = selection.now();
        int wide = pixels;
        running = jobs.<Drawn>start(
                "draw charts",
                progress -> {
                    Gathered all = source.apply(progress);
                    return Outcome.ok(new Drawn(all, thin(of, over, state, all, wide, progress)));
                },
                _ -> {},
                outcome -> {
                    if (ask == asked) {
                        done(outcome);
                    }
                });
    }

    private void done(Outcome<Drawn> outcome) {
        collecting = false;
        busy.set(false);
        if (outcome instanceof Outcome.Ok<Drawn>(var drawn)) {
            collected = drawn.gathered;
            if (chosen != null && !drawn.gathered.marks.contains(chosen)) {
                chosen = null;
            }
            picture.set(drawn.picture.with(chosen));
            if (outdated) {
                draw();
            }
        }
    }

    private ChartPicture thin(
            Scope of, Selection.Range over, Selection.State state, Gathered all, int wide, Progress progress) {
        Window cut = Window.of(origin, last, over, wide);
        List<Panel> panels = new ArrayList<>();
        for (Collected chart : all.charts) {
            panels.add(PanelBuilder.build(chart, cut, progress));
        }
        return new ChartPicture(
                of.title(), origin, over, cut.stepNanos(), state.range(), bands(over, state), all.marks, null, panels);
    }

    private List<ChartPicture.Band> bands(Selection.Range over, Selection.State state) {
        ExplainedFinding selected = state.finding();
        List<ExplainedFinding> seen = analysis.findings().stream()
                .filter(told -> told.finding().endNanos() >= over.fromNanos()
                        && told.finding().startNanos() <= over.toNanos())
                .filter(told -> state.conversation() == Selection.NONE
                        || told.equals(selected)
                        || told.finding().conversations().contains(state.conversation()))
                .toList();
        int first = seen.indexOf(selected) < MOST_BANDS ? MOST_BANDS : MOST_BANDS - 1;
        return IntStream.range(0, seen.size())
                .filter(i -> i < first || seen.get(i).equals(selected))
                .mapToObj(i -> new ChartPicture.Band(seen.get(i), seen.get(i).equals(selected)))
                .toList();
    }
}
