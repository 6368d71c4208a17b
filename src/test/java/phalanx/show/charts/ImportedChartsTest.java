package phalanx.show.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.metrics.TimeSeries;
import phalanx.run.Jobs;
import phalanx.show.HostNames;
import phalanx.show.NotedPackets;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.ViewContext;
import phalanx.stitch.Conversation;
import phalanx.telemetry.Event;
import phalanx.telemetry.LabelledSeries;
import phalanx.telemetry.Telemetry;

/** What other tools recorded among the charts. */
class ImportedChartsTest {
    private final Analysis analysis = TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link"));
    private final Selection selection = new Selection(analysis.stitched());
    private final ObjectProperty<Telemetry> telemetry = new SimpleObjectProperty<>(Telemetry.NONE);
    private final ObjectProperty<Boolean> seen = new SimpleObjectProperty<>(true);
    private final Conversation conversation =
            analysis.measures().conversations().getFirst().conversation();
    private final long begin = analysis.measures().conversations().getFirst().firstNanos();
    private final ChartsViewModel model = Screen.on(() -> new ChartsViewModel(
            new ViewContext(
                    analysis,
                    selection,
                    new SimpleObjectProperty<>(Shown.ALL),
                    new SimpleObjectProperty<>(Palette.LIGHT),
                    Screen.AT_ONCE,
                    _ -> {},
                    () -> {},
                    telemetry,
                    new SimpleObjectProperty<>(HostNames.NONE),
                    new SimpleObjectProperty<>(NotedPackets.NONE)),
            seen));

    private Event event(String kind, Event.Weight weight, boolean of) {
        return new Event(
                begin + 1_000_000,
                0,
                Event.Source.SURICATA,
                kind,
                weight,
                of ? conversation.client() : null,
                of ? conversation.legs().getFirst().server() : null,
                "",
                kind,
                "");
    }

    private static LabelledSeries series(String name, String instance, long begin, double... values) {
        long[] nanos = new long[values.length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = begin + i * 1_000_000L;
        }
        return new LabelledSeries(Map.of("job", "cart", "instance", instance), new TimeSeries(name, nanos, values));
    }

    private ChartPicture picture() {
        return Objects.requireNonNull(model.picture().get());
    }

    @Test
    void series_have_a_chart_for_each_measure_with_the_lines_that_change_most_and_go_with_the_import() {
        assertFalse(model.measured().get());
        Screen.run(() -> telemetry.set(new Telemetry(
                List.of(),
                List.of(
                        series("up", "a", begin, 1, 1),
                        series("queue", "a", begin, 5, 4),
                        series("queue", "b", begin, 0, -8),
                        series("old", "a", 0, 1, 2)),
                List.of(),
                List.of(),
                List.of())));
        List<Panel> measured = picture().panels().stream()
                .filter(panel -> panel.chart() == Chart.MEASURED)
                .toList();
        assertEquals(List.of("queue", "up"), measured.stream().map(Panel::title).toList());
        Panel queue = measured.getFirst();
        assertEquals(
                List.of("instance=b", "instance=a"),
                queue.layers().stream().map(Layer::name).toList());
        assertTrue(queue.low() < -8 && queue.high() > 5, "both signs are seen");
        Screen.run(() -> telemetry.set(Telemetry.NONE));
        assertTrue(picture().panels().stream().noneMatch(panel -> panel.chart() == Chart.MEASURED));
    }

    @Test
    void events_that_failed_or_changed_are_marked_and_lead_to_their_conversation() {
        Screen.run(() -> telemetry.set(new Telemetry(
                List.of(
                        event("fine", Event.Weight.ORDINARY, true),
                        event("alert", Event.Weight.TROUBLE, true),
                        event("deploy", Event.Weight.CHANGE, false)),
                List.of(),
                List.of(),
                List.of(),
                List.of())));
        assertEquals(
                List.of("alert", "deploy"),
                picture().marks().stream().map(mark -> mark.event().kind()).toList());
        FindingLane lane = new FindingLane(picture(), new Frame(900, 200, 13, 0));
        double x = new Frame(900, 200, 13, 0)
                .x(picture().marks().getFirst().event().nanos(), picture().window());
        assertEquals(picture().marks(), lane.eventsAt(x, lane.height() - 4), "both under one mark");
        Screen.run(() -> model.choose(picture().marks().getFirst()));
        assertEquals(conversation.id(), selection.now().conversation());
        assertEquals("alert", Objects.requireNonNull(picture().chosen()).event().kind());
    }

    private Telemetry telemetry(String... kinds) {
        return new Telemetry(
                Stream.of(kinds)
                        .map(kind -> event(kind, Event.Weight.TROUBLE, true))
                        .toList(),
                List.of(series("queue", "a", begin, 1, kinds.length)),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void what_comes_while_nobody_looks_waits_and_what_was_chosen_stays_chosen() {
        Screen.run(() -> telemetry.set(telemetry("alert")));
        Screen.run(() -> model.choose(picture().marks().getFirst()));
        ChartPicture before = picture();
        Screen.run(() -> {
            seen.set(false);
            telemetry.set(telemetry("alert", "drop"));
        });
        assertSame(before, picture());
        Screen.run(() -> seen.set(true));
        assertEquals(2, picture().marks().size());
        assertEquals("alert", Objects.requireNonNull(picture().chosen()).event().kind());
        assertEquals(
                1,
                picture().panels().stream()
                        .filter(panel -> panel.chart() == Chart.MEASURED)
                        .count());
        Screen.run(() -> telemetry.set(telemetry("other")));
        assertNull(picture().chosen(), "it is gone");
    }

    @Test
    void what_comes_faster_than_it_is_drawn_is_drawn_at_last_once() {
        Deque<Runnable> waiting = new ArrayDeque<>();
        ChartsViewModel slow = Screen.on(() -> new ChartsViewModel(
                new ViewContext(
                        analysis,
                        selection,
                        new SimpleObjectProperty<>(Shown.ALL),
                        new SimpleObjectProperty<>(Palette.LIGHT),
                        new Jobs(waiting::add, Runnable::run),
                        _ -> {},
                        () -> {},
                        telemetry,
                        new SimpleObjectProperty<>(HostNames.NONE),
                        new SimpleObjectProperty<>(NotedPackets.NONE)),
                seen));
        Screen.run(() -> {
            telemetry.set(telemetry("alert"));
            telemetry.set(telemetry("alert", "drop"));
            telemetry.set(telemetry("alert", "drop", "deploy"));
        });
        assertEquals(1, waiting.size(), "what is being collected goes on");
        Screen.run(() -> waiting.remove().run());
        assertTrue(Objects.requireNonNull(slow.picture().get()).marks().isEmpty());
        assertEquals(1, waiting.size());
        Screen.run(() -> waiting.remove().run());
        assertEquals(3, Objects.requireNonNull(slow.picture().get()).marks().size());
        assertTrue(waiting.isEmpty());
    }
}
