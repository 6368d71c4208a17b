package phalanx.show.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.DeskExporter;
import phalanx.app.TestPipeline;
import phalanx.explain.CaseAccount;
import phalanx.run.Jobs;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Pen;
import phalanx.show.Screen;
import phalanx.show.Theme;

/** Exports of a view and of a real case; every state leaves a picture behind. */
class ExportPaneTest {
    private static final Exporter EXPORTER =
            new DeskExporter(InstantSource.fixed(Instant.parse("2026-11-21T09:40:07Z")));
    private static final CaseAccount CASE = CaseAccount.of(TestPipeline.analyze(TestPipeline.sample("mtu-black-hole")));

    @TempDir
    private Path folder = Path.of(".");

    /** A diagram with its table: a blue square on white, half the size of the view. */
    private static final class Square implements DeskView {
        private final Canvas canvas = new Canvas(60, 40);

        @Override
        public Node node() {
            return canvas;
        }

        @Override
        public Optional<Drawing> drawing() {
            return Optional.of(new Drawing(60, 40, pen -> {
                pen.fill(Color.web("#0072b2"));
                pen.rectangle(0, 0, 30, 40, 0);
                pen.text("<b>", 30, 20, Pen.Align.LEFT, 30);
            }));
        }

        @Override
        public Optional<DataTable> table() {
            return Optional.of(new DataTable() {
                @Override
                public String title() {
                    return "Squares";
                }

                @Override
                public List<String> columns() {
                    return List.of("Number", "Formula");
                }

                @Override
                public int rows() {
                    return 3;
                }

                @Override
                public String cell(int row, int column) {
                    return column == 0 ? String.valueOf(row) : "=" + row;
                }
            });
        }
    }

    private static ExportViewModel model(Jobs jobs) {
        return Screen.on(() -> {
            ExportedView view = ExportedView.of("Ladder", new Square());
            return new ExportViewModel(EXPORTER, jobs, view, CASE, List.of(view));
        });
    }

    private Path write(ExportFormat format) {
        ExportViewModel model = model(Screen.AT_ONCE);
        return Screen.on(() -> {
            model.format().set(format);
            Path file = folder.resolve(model.suggestedName());
            model.write(file);
            var written = assertInstanceOf(
                    ExportViewModel.State.Written.class, model.state().get());
            assertTrue(written.bytes() > 0 && Files.exists(file));
            return file;
        });
    }

    @Test
    void pictures_have_the_pixels_of_the_drawing_once_or_twice() throws IOException {
        BufferedImage once = ImageIO.read(write(ExportFormat.PNG).toFile());
        assertEquals(60, once.getWidth());
        assertEquals(0xff0072b2, once.getRGB(15, 20));
        assertEquals(0xffffffff, once.getRGB(35, 5));
        BufferedImage twice = ImageIO.read(write(ExportFormat.PNG_FINE).toFile());
        assertEquals(120, twice.getWidth());
        assertEquals(0xff0072b2, twice.getRGB(58, 20));
    }

    @Test
    void a_view_that_is_no_drawing_gives_its_own_pixels() throws IOException {
        ExportViewModel model = Screen.on(() -> new ExportViewModel(
                EXPORTER, Screen.AT_ONCE, ExportedView.of("Notes", () -> new Canvas(20, 10)), CASE, List.of()));
        assertEquals(
                Set.of(
                        ExportFormat.PNG,
                        ExportFormat.PNG_FINE,
                        ExportFormat.PDF,
                        ExportFormat.HTML,
                        ExportFormat.MARKDOWN,
                        ExportFormat.JSON),
                model.formats());
        Path file = folder.resolve("notes.png");
        Screen.run(() -> {
            model.format().set(ExportFormat.PNG_FINE);
            model.write(file);
        });
        assertEquals(40, ImageIO.read(file.toFile()).getWidth());
    }

    @Test
    void drawings_and_tables_and_reports_are_written_by_name_of_view_or_case() throws IOException {
        Path svg = write(ExportFormat.SVG);
        assertEquals("ladder.svg", svg.getFileName().toString());
        assertTrue(Files.readString(svg).contains("&lt;b&gt;"), Files.readString(svg));
        assertEquals("Number,Formula\r\n0,'=0\r\n1,'=1\r\n2,'=2\r\n", Files.readString(write(ExportFormat.CSV)));
        Path html = write(ExportFormat.HTML);
        assertEquals("report.html", html.getFileName().toString());
        assertTrue(Files.readString(html).contains("path MTU black hole"));
        assertTrue(Files.readString(write(ExportFormat.MARKDOWN)).startsWith("# Packets of 1,500"));
        assertTrue(Files.readString(write(ExportFormat.JSON)).contains("phalanx.analysis/1"));
    }

    @Test
    void ticks_decide_which_pictures_go_into_the_report() throws IOException {
        ExportViewModel model = model(Screen.AT_ONCE);
        Path file = folder.resolve("few.html");
        Screen.run(() -> {
            model.format().set(ExportFormat.HTML);
            model.picture(CaseAccount.Picture.LADDERS).set(false);
            model.picture(CaseAccount.Picture.CHARTS).set(false);
            model.views().set(true);
            model.write(file);
        });
        assertEquals(3, Files.readString(file).split("<figure>", -1).length, "map and the view on the desk");
    }

    @Test
    void a_place_that_cannot_be_written_is_told_with_its_code() {
        ExportViewModel model = model(Screen.AT_ONCE);
        Screen.run(() -> model.write(folder.resolve("no/such/folder/a.png")));
        var failed = assertInstanceOf(
                ExportViewModel.State.Failed.class, model.state().get());
        assertEquals("PHX-3001", failed.problem().code());
        shot(model, Theme.LIGHT, "export-failed");
    }

    @Test
    void what_is_given_up_leaves_the_old_file_as_it_was() throws IOException {
        Deque<Runnable> later = new ArrayDeque<>();
        ExportViewModel model = model(new Jobs(later::add, Runnable::run));
        Path file = Files.writeString(folder.resolve("old.csv"), "old");
        Screen.run(() -> {
            model.format().set(ExportFormat.CSV);
            model.write(file);
        });
        assertInstanceOf(ExportViewModel.State.Writing.class, model.state().get());
        shot(model, Theme.DARK, "export-writing");
        Screen.run(() -> {
            model.cancel();
            later.remove().run();
        });
        assertInstanceOf(ExportViewModel.State.Choosing.class, model.state().get());
        assertEquals("old", Files.readString(file));
        try (var left = Files.list(folder)) {
            assertEquals(1, left.count(), "no draft stays");
        }
    }

    @Test
    void an_ending_left_out_is_added() {
        assertEquals(Path.of("a.pdf"), ExportFormat.PDF.complete(Path.of("a")));
        assertEquals(Path.of("a.PDF"), ExportFormat.PDF.complete(Path.of("a.PDF")));
    }

    @Test
    void every_control_has_a_name_and_ticks_count_only_where_pictures_can_be() {
        ExportViewModel model = model(Screen.AT_ONCE);
        Scene scene = shot(model, Theme.LIGHT, "export-light");
        shot(model, Theme.DARK, "export-dark");
        shot(model, Theme.HIGH_CONTRAST, "export-contrast");
        Screen.run(() -> {
            List<Node> all = Screen.all(scene.getRoot());
            assertEquals(8, all.stream().filter(RadioButton.class::isInstance).count());
            assertEquals(4, all.stream().filter(CheckBox.class::isInstance).count());
            all.stream()
                    .filter(Node::isFocusTraversable)
                    .forEach(node -> assertTrue(
                            node instanceof Labeled labeled
                                    && !labeled.getText().isBlank(),
                            node.toString()));
            CheckBox first = all.stream()
                    .filter(CheckBox.class::isInstance)
                    .map(CheckBox.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertTrue(first.isDisabled(), "a picture of a view has no pictures in it");
            model.format().set(ExportFormat.PDF);
            assertTrue(!first.isDisabled());
        });
    }

    private static Scene shot(ExportViewModel model, Theme theme, String name) {
        Scene scene = Screen.on(() -> {
            Application.setUserAgentStylesheet(theme.baseSheet());
            StackPane root = new StackPane(new ExportPane(model, _ -> Optional.empty()));
            root.getStyleClass().add("desk");
            root.setStyle(
                    theme.css() + "-fx-font-size: 13px; -fx-padding: 16; -fx-background-color: -color-bg-default;");
            root.getStylesheets().add(String.valueOf(ExportPaneTest.class.getResource("/show/desk.css")));
            return new Scene(root, 560, 560);
        });
        Screen.picture(scene, name);
        return scene;
    }
}
