package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.function.Function;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.show.Screen;
import phalanx.show.Selection;

/** The arrow keys move the selection in every diagram, and its sentence begins with what is selected. */
class DiagramKeysTest {
    private final OpenDesk open;

    DiagramKeysTest(@TempDir Path folder) {
        open = OpenDesk.open(new Scenes.Visit(1280, 900, 100, folder, _ -> {}));
        Screen.run(() -> open.desk().open(TestPipeline.sample("loss-on-wan-link")));
    }

    @AfterEach
    void close() {
        open.close();
    }

    /** The diagram of that kind, with its view in front. */
    private Node diagram(String view, String kind) {
        Screen.run(() -> open.investigation().docks().show(view));
        Screen.pulse();
        return Screen.on(() -> {
            Node found = open.find(node -> kind.equals(node.getAccessibleRoleDescription()));
            found.requestFocus();
            assertTrue(!found.getAccessibleHelp().isBlank(), kind + " does not say its keys");
            return found;
        });
    }

    private Selection.State now() {
        return Screen.on(() -> open.investigation().selection().now());
    }

    /** Presses a key in a diagram, which selects something else and says so first. */
    private String press(Node diagram, KeyCode key, Function<Selection.State, Object> selected, String begin) {
        Object before = selected.apply(now());
        String said = said(diagram);
        press(diagram, key);
        assertNotEquals(before, selected.apply(now()));
        assertNotEquals(said, said(diagram));
        assertTrue(said(diagram).startsWith(begin), () -> said(diagram));
        return said(diagram);
    }

    private static void press(Node diagram, KeyCode key) {
        Screen.run(() ->
                Event.fireEvent(diagram, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false)));
        Screen.settle();
    }

    private static String said(Node diagram) {
        return Screen.on(diagram::getAccessibleText);
    }

    @Test
    void the_ladder_goes_from_packet_to_packet() {
        Node ladder = diagram("ladder", "Ladder");
        String one = press(ladder, KeyCode.DOWN, Selection.State::journey, "Selected: ");
        assertTrue(one.endsWith("Ladder: 5 capture points, 1,764 packets, 21 lost, conversations of F1."), one);
        press(ladder, KeyCode.UP, Selection.State::journey, "Selected: ");
    }

    @Test
    void the_map_goes_from_place_to_place() {
        Node map = diagram("map", "Map");
        press(map, KeyCode.RIGHT, Selection.State::place, "Selected: ");
        press(map, KeyCode.RIGHT, Selection.State::place, "Selected: ");
    }

    @Test
    void the_charts_go_from_packet_to_packet_and_from_chart_to_chart() {
        Node charts = diagram("charts", "Charts");
        String one = press(charts, KeyCode.RIGHT, Selection.State::journey, "Selected: packet at ");
        assertTrue(one.contains(" Chart: Throughput"), one);
        press(charts, KeyCode.RIGHT, Selection.State::journey, "Selected: packet at ");
        press(charts, KeyCode.LEFT, Selection.State::journey, "Selected: packet at ");
        press(charts, KeyCode.DOWN);
        String next = said(charts);
        assertTrue(next.contains(" Chart: ") && !next.contains(" Chart: Throughput"), next);
    }

    @Test
    void the_lane_over_the_charts_goes_from_finding_to_finding() {
        Node lane = diagram("charts", "Findings over time");
        press(lane, KeyCode.RIGHT, Selection.State::finding, "Selected: F");
        press(lane, KeyCode.LEFT, Selection.State::finding, "Selected: F1");
    }

    @Test
    void the_bytes_of_a_packet_say_where_they_are() {
        Screen.run(() -> open.investigation().docks().show("packet"));
        Node bytes = diagram("packet", "Bytes");
        String before = said(bytes);
        press(bytes, KeyCode.RIGHT);
        assertNotEquals(before, said(bytes));
        assertTrue(said(bytes).matches("Byte \\d+: [0-9a-f]{2}, .*"), said(bytes));
    }
}
