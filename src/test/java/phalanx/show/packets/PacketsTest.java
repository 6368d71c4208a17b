package phalanx.show.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.dissect.Difference;
import phalanx.dissect.FieldNode;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.net.Direction;
import phalanx.show.DataTable;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Theme;
import phalanx.show.ViewContext;
import phalanx.stitch.Stitched;

/** List, tree, bytes and differences of packets, on real captures; every state leaves a picture behind. */
class PacketsTest {
    /** Both views over one selection, the list above the packet. */
    private static final class Opened {
        final Analysis analysis;
        final Selection selection;
        final SimpleObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ALL);
        final SimpleObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);
        final List<String> filters = new ArrayList<>();
        final PacketsView list;
        final PacketDetailView detail;
        final Scene scene;

        Opened(List<Path> files, double width, double height) {
            analysis = TestPipeline.analyze(files);
            selection = new Selection(analysis.stitched());
            ViewContext context = new ViewContext(analysis, selection, shown, palette, Screen.AT_ONCE, filters::add);
            list = new PacketsView(context);
            detail = new PacketDetailView(context);
            SplitPane both = new SplitPane(list.node(), detail.node());
            both.setOrientation(Orientation.VERTICAL);
            both.setDividerPositions(0.4);
            scene = new Scene(both, width, height);
            theme(Theme.LIGHT);
            Stage stage = new Stage();
            stage.setScene(scene);
            stage.show();
        }

        void theme(Theme theme) {
            javafx.application.Application.setUserAgentStylesheet(theme.baseSheet());
            scene.getStylesheets()
                    .setAll(Objects.requireNonNull(PacketsTest.class.getResource("/show/desk.css"))
                            .toExternalForm());
            scene.getRoot().getStyleClass().add("desk");
            scene.getRoot().setStyle(theme.palette().css());
            palette.set(theme.palette());
        }

        List<FieldNode> field() {
            return Objects.requireNonNull(detail.model().shown().get()).field();
        }
    }

    private static Opened open(String sample, double width, double height) {
        return Screen.on(() -> new Opened(TestPipeline.sample(sample), width, height));
    }

    private static void picture(Opened opened, Theme theme, String name) {
        Screen.run(() -> opened.theme(theme));
        waitForRows();
        Screen.picture(opened.scene, name);
    }

    /** The list reads its rows once scrolling has rested for a moment. */
    private static void waitForRows() {
        long end = System.nanoTime() + 400_000_000;
        while (System.nanoTime() < end) {
            Screen.settle();
        }
    }

    private static List<String> cells(DataTable table, int row) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            cells.add(table.cell(row, column));
        }
        return cells;
    }

    private static ExplainedFinding finding(Opened opened, String kind) {
        return opened.analysis.findings().stream()
                .filter(told -> told.finding().kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void one_point_s_file_is_listed_as_it_is_and_a_finding_selects_its_proof_and_field() {
        Opened opened = open("loss-on-wan-link", 1280, 900);
        DataTable table = Screen.on(() -> opened.list.table().orElseThrow());
        long frames = opened.analysis
                .stitched()
                .captures()
                .get(opened.analysis.stitched().clientFirst().getFirst())
                .packets()
                .frames();
        assertEquals(frames, table.rows());
        Screen.run(() -> opened.selection.finding(finding(opened, "random_loss")));
        assertEquals("tcp.seq_raw", Screen.on(opened::field).getLast().name());
        assertEquals(
                List.of("tcp", "tcp.seq_raw"),
                Screen.on(() -> opened.field().stream().map(FieldNode::name).toList()));
        for (Theme theme : Theme.values()) {
            picture(opened, theme, "packets-loss-" + theme.word() + "-1280");
        }
    }

    @Test
    void the_selected_byte_selects_its_innermost_field_and_the_field_its_bytes() {
        Opened opened = open("nat-and-loss", 1600, 1000);
        Screen.run(() ->
                opened.selection.journey(opened.analysis.stitched().journeys().of(0)[0]));
        Screen.run(() -> opened.detail.model().selectByte(22));
        assertEquals("ip.ttl", Screen.on(opened::field).getLast().name());
        FieldNode ttl = Screen.on(opened::field).getLast();
        assertEquals(List.of(22, 1), List.of(ttl.start(), ttl.length()));
        picture(opened, Theme.LIGHT, "packets-byte-light-1600");
        HexView hex = Screen.on(() -> (HexView) Screen.all(opened.detail).stream()
                .filter(HexView.class::isInstance)
                .findFirst()
                .orElseThrow());
        Screen.run(() -> hex.fireEvent(key(KeyCode.RIGHT)));
        assertEquals("ip.proto", Screen.on(opened::field).getLast().name());
        Screen.run(() -> click(hex, 62, 12));
        assertEquals("eth.dst", Screen.on(opened::field).getLast().name());
    }

    private static void click(Node node, double x, double y) {
        Point2D at = node.localToScene(x, y);
        node.fireEvent(new MouseEvent(
                MouseEvent.MOUSE_PRESSED,
                at.getX(),
                at.getY(),
                at.getX(),
                at.getY(),
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                true,
                false,
                true,
                null));
    }

    private static KeyEvent key(KeyCode code) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false);
    }

    @Test
    void tab_goes_through_the_sightings_and_the_comparison_says_what_address_translation_changed() {
        Opened opened = open("nat-and-loss", 1600, 1000);
        Screen.run(() ->
                opened.selection.journey(opened.analysis.stitched().journeys().of(0)[0]));
        int first = Screen.on(
                () -> Objects.requireNonNull(opened.selection.now().packet()).capture());
        Node hex = Screen.on(() -> Screen.all(opened.detail).stream()
                .filter(HexView.class::isInstance)
                .findFirst()
                .orElseThrow());
        Screen.run(() -> hex.fireEvent(key(KeyCode.TAB)));
        int second = Screen.on(
                () -> Objects.requireNonNull(opened.selection.now().packet()).capture());
        assertFalse(first == second, "another sighting");
        Screen.run(() -> {
            opened.detail.model().see(opened.analysis.stitched().clientFirst().getFirst());
            opened.detail
                    .model()
                    .compareWith(opened.analysis.stitched().clientFirst().getLast());
            ((ToggleButton) button(opened, "Compare points")).fire();
        });
        var compared = Screen.on(() -> Objects.requireNonNull(
                Objects.requireNonNull(opened.detail.model().shown().get()).compared()));
        List<String> changed = compared.comparison().differences().stream()
                .map(d -> d.field().name() + " " + d.reason())
                .toList();
        assertTrue(changed.contains("ip.src ADDRESS_TRANSLATION"), changed::toString);
        assertTrue(changed.contains("ip.ttl HOP_COUNT"), changed::toString);
        assertTrue(changed.contains("ip.checksum CHECKSUM"), changed::toString);
        assertTrue(
                compared.comparison().differences().stream()
                        .allMatch(d -> d.reason().expected()),
                changed::toString);
        for (Theme theme : Theme.values()) {
            picture(opened, theme, "packets-compare-" + theme.word() + "-1600");
        }
    }

    @Test
    void what_changed_is_told_the_way_the_packet_went_from_wherever_it_is_looked_at() {
        Opened opened = open("nat-and-loss", 1600, 1000);
        Stitched stitched = opened.analysis.stitched();
        List<Integer> points = stitched.clientFirst();
        int answer = Arrays.stream(stitched.journeys().of(0))
                .filter(journey -> stitched.journeys().direction(journey) == Direction.SERVER_TO_CLIENT)
                .filter(journey ->
                        points.stream().allMatch(point -> stitched.journeys().row(journey, point) >= 0))
                .findFirst()
                .orElseThrow();
        Screen.run(() -> {
            opened.selection.journey(answer);
            opened.detail.model().see(points.get(1));
            ((ToggleButton) button(opened, "Compare points")).fire();
        });
        for (int at : new int[] {0, 1, points.size() - 1}) {
            Screen.run(() -> opened.detail.model().see(points.get(at)));
            var compared = Screen.on(() -> Objects.requireNonNull(
                    Objects.requireNonNull(opened.detail.model().shown().get()).compared()));
            assertEquals(points.get(at == 0 ? 1 : at - 1), compared.capture(), "the next one on the way to the client");
            assertEquals(at == 0, compared.earlier());
            var lowered = compared.comparison().differences().stream()
                    .filter(d -> d.field().name().equals("ip.ttl"))
                    .toList();
            assertTrue(lowered.stream().allMatch(d -> d.reason() == Difference.Reason.HOP_COUNT), lowered::toString);
        }
    }

    private static ButtonBase button(Opened opened, String text) {
        return (ButtonBase) Screen.all(opened.scene.getRoot()).stream()
                .filter(node -> node instanceof ButtonBase labeled && text.equals(labeled.getText()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_conversation_narrows_the_list_until_its_chip_is_taken_away() {
        Opened opened = open("slow-server", 1280, 900);
        int all = Screen.on(() -> opened.list.table().orElseThrow().rows());
        Screen.run(() -> opened.selection.conversation(1));
        int narrowed = Screen.on(() -> opened.list.table().orElseThrow().rows());
        assertTrue(narrowed > 0 && narrowed < all, narrowed + " of " + all);
        picture(opened, Theme.LIGHT, "packets-conversation-light-1280");
        Screen.run(() -> button(opened, "Conversation 1  \u00d7").fire());
        assertEquals(all, Screen.on(() -> opened.list.table().orElseThrow().rows()));
    }

    @Test
    void all_points_are_merged_by_the_common_clock() {
        Opened opened = open("overtaking-packets", 1600, 1000);
        Screen.run(() -> opened.list.model().show(Selection.NONE));
        DataTable table = Screen.on(() -> opened.list.table().orElseThrow());
        assertEquals(
                opened.analysis.stitched().captures().stream()
                        .mapToInt(c -> c.packets().size())
                        .sum(),
                table.rows());
        double before = 0;
        for (int row = 0; row < table.rows(); row++) {
            double now = Double.parseDouble(table.cell(row, 1));
            assertTrue(now >= before, "row " + row);
            before = now;
        }
        assertTrue(
                java.util.stream.IntStream.range(0, table.rows())
                        .anyMatch(row -> table.cell(row, 3).equals("O reordered")),
                "a packet that was overtaken is marked");
        picture(opened, Theme.DARK, "packets-merged-dark-1600");
    }

    @Test
    void the_filter_leaves_frames_without_ip_too_and_rows_say_what_the_application_says() {
        Opened opened = open("loss-on-wan-link", 1280, 900);
        int client = opened.analysis.stitched().clientFirst().getFirst();
        Screen.run(() -> {
            List<BitSet> frames = new ArrayList<>();
            opened.analysis.stitched().captures().forEach(_ -> frames.add(new BitSet()));
            frames.get(client).set(1, 13);
            opened.shown.set(new Shown("frame.number < 13", frames, new BitSet(), new BitSet(), 12, 12, 1));
        });
        waitForRows();
        DataTable table = Screen.on(() -> opened.list.table().orElseThrow());
        assertEquals(12, table.rows());
        List<String> arp = Screen.on(() -> cells(table, 0));
        assertEquals("ARP", arp.get(6), arp::toString);
        assertEquals("request: who has 10.42.1.2, tell 10.42.1.10", arp.get(8));
        Screen.picture(opened.scene, "packets-filter-light-1280");
    }

    @Test
    void three_hundred_pixels_are_enough_and_nothing_selected_says_what_to_do() {
        Opened opened = open("mtu-black-hole", 300, 800);
        assertTrue(Screen.shows(opened.scene, "Select a packet"));
        picture(opened, Theme.LIGHT, "packets-empty-light-300");
        Screen.run(() -> opened.selection.finding(finding(opened, "pmtud_blackhole")));
        picture(opened, Theme.DARK, "packets-dark-300");
        assertFalse(Screen.on(opened::field).isEmpty(), "the field that proves it");
    }

    @Test
    void a_file_that_is_gone_is_one_sentence(@TempDir Path folder) throws Exception {
        List<Path> copies = new ArrayList<>();
        for (Path file : TestPipeline.sample("slow-server")) {
            copies.add(Files.copy(file, folder.resolve(file.getFileName())));
        }
        Opened opened = Screen.on(() -> new Opened(copies, 1280, 900));
        for (Path copy : copies) {
            Files.delete(copy);
        }
        Screen.run(() -> opened.selection.frame(0, 5));
        assertTrue(Screen.shows(opened.scene, "has changed or is gone since it was opened"));
        Screen.picture(opened.scene, "packets-gone-light-1280");
    }

    @Test
    void fields_are_rows_of_a_table_and_bytes_a_drawing() {
        Opened opened = open("slow-server", 900, 700);
        assertEquals(Optional.empty(), Screen.on(() -> opened.detail.table()));
        Screen.run(() -> opened.selection.frame(0, 5));
        DataTable table = Screen.on(() -> opened.detail.table().orElseThrow());
        assertTrue(
                java.util.stream.IntStream.range(0, table.rows())
                        .anyMatch(row -> table.cell(row, 2).equals("ip.ttl")
                                && table.cell(row, 3).equals("22-22")),
                "a row for the TTL");
        assertTrue(Screen.on(() -> opened.detail.drawing().orElseThrow().height()) > 0);
        assertTrue(Screen.on(() -> Screen.all(opened.scene.getRoot()).stream()
                .filter(Node::isFocusTraversable)
                .filter(node -> node instanceof HexView || node instanceof ButtonBase)
                .allMatch(node -> node.getAccessibleText() != null
                        || node instanceof Labeled labeled && !labeled.getText().isEmpty())));
    }
}
