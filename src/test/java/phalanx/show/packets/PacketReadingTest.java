package phalanx.show.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.diagnose.Finding;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Jobs;
import phalanx.show.DataTable;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.ViewContext;

/** Packets that are read while the user goes on to others, and files that cannot be read any more. */
class PacketReadingTest {
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private static ViewContext context(Analysis analysis, Jobs jobs) {
        return new ViewContext(
                analysis,
                new Selection(analysis.stitched()),
                new SimpleObjectProperty<>(Shown.ALL),
                new SimpleObjectProperty<>(Palette.LIGHT),
                jobs,
                _ -> {});
    }

    /** Work waits until {@link #work()}. */
    private ViewContext slow(String sample) {
        return context(TestPipeline.analyze(TestPipeline.sample(sample)), new Jobs(waiting::add, Runnable::run));
    }

    private void work() {
        Screen.run(() -> {
            String name = Thread.currentThread().getName();
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
            Thread.currentThread().setName(name); // which jobs change
        });
    }

    @Test
    void going_back_to_the_packet_that_is_shown_gives_up_the_one_being_read() {
        ViewContext context = slow("slow-server");
        PacketDetailViewModel model = new PacketDetailViewModel(context);
        context.selection().frame(0, 5);
        work();
        context.selection().frame(0, 6);
        context.selection().frame(0, 5);
        work();
        assertEquals(5, Objects.requireNonNull(model.shown().get()).packet().frame());
        assertFalse(model.busy().get());
    }

    @Test
    void the_field_that_proves_the_finding_is_selected_whichever_comes_first() {
        ViewContext context = slow("loss-on-wan-link");
        ExplainedFinding loss = context.analysis().findings().stream()
                .filter(told -> told.finding().kind().equals("random_loss"))
                .findFirst()
                .orElseThrow();
        context.selection().finding(loss);
        PacketDetailView view = Screen.on(() -> new PacketDetailView(context));
        work();
        assertEquals("tcp.seq_raw", field(view.model()));
        Screen.run(() -> context.selection().finding(other(loss, "jitter")));
        work();
        assertEquals("frame.time", field(view.model()), "of another finding with the same proof");
    }

    private static ExplainedFinding other(ExplainedFinding told, String kind) {
        Finding of = told.finding();
        Finding other = new Finding(
                of.rule(),
                kind,
                of.severity(),
                of.confidence(),
                of.where(),
                of.direction(),
                of.startNanos(),
                of.endNanos(),
                of.facts(),
                of.conversations(),
                of.evidence(),
                of.ruledOut(),
                of.harm(),
                of.words());
        return new ExplainedFinding("F9", other, told.summary(), told.explanation(), told.remedy());
    }

    private static String field(PacketDetailViewModel model) {
        return Screen.on(() ->
                Objects.requireNonNull(model.shown().get()).field().getLast().name());
    }

    @Test
    void frames_that_cannot_be_read_are_not_asked_for_again(@TempDir Path folder) throws Exception {
        List<Path> copies = new ArrayList<>();
        for (Path file : TestPipeline.sample("slow-server")) {
            copies.add(Files.copy(file, folder.resolve(file.getFileName())));
        }
        ViewContext context = context(TestPipeline.analyze(copies), Screen.AT_ONCE);
        Screen.run(() -> {
            PacketsViewModel model = new PacketsViewModel(context);
            model.look(List.of(0, 1));
            int before = model.read().get();
            for (Path copy : copies) {
                assertTrue(copy.toFile().delete());
            }
            model.look(List.of(2, 3));
            assertEquals(before, model.read().get(), "the cells know no more than before");
            PacketRows rows = model.rows().get();
            assertTrue(model.texts().isRead(rows.capture(2), rows.frame(2)));
        });
    }

    @Test
    void the_table_has_the_length_of_every_frame_and_stays_as_the_list_was() {
        ViewContext context = context(TestPipeline.analyze(TestPipeline.sample("slow-server")), Screen.AT_ONCE);
        PacketsView view = Screen.on(() -> new PacketsView(context));
        Screen.run(() -> view.model().show(Selection.NONE));
        DataTable table = Screen.on(() -> view.table().orElseThrow());
        Screen.run(() -> context.selection().conversation(1));
        assertTrue(table.rows() > Screen.on(() -> view.table().orElseThrow().rows()));
        IntStream.range(0, table.rows())
                .forEach(row -> assertTrue(Integer.parseInt(table.cell(row, 7)) > 40, "length of row " + row));
        assertTrue(
                IntStream.range(0, table.rows())
                        .anyMatch(row -> table.cell(row, 8).contains("HTTP/1.1")),
                "what the application says");
    }
}
