package phalanx.show.captures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.DialogPane;
import javafx.scene.control.TextField;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.net.HopId;
import phalanx.show.Screen;
import phalanx.show.Words;
import phalanx.show.imports.Entry;
import phalanx.show.imports.ImportsViewModel;
import phalanx.stitch.HopFile;
import phalanx.stitch.Stitched;

/** What may be typed for names, roles and clocks, and what is said of what may not. */
class CaptureChangesTest {
    private static final Words WORDS = Words.of("captures");

    private final Stitched stitched =
            TestPipeline.analyze(TestPipeline.sample("slow-server")).stitched();
    private List<HopFile> files = stitched.captures().stream()
            .map(point -> new HopFile(point.hop(), point.capture().file()))
            .toList();
    private final List<String> changes = new ArrayList<>();
    private final CaptureChanges made = new CaptureChanges(
            stitched,
            new CaptureEdits() {
                @Override
                public List<HopFile> files() {
                    return files;
                }

                @Override
                public void rearrange(String what, List<HopFile> wanted) {
                    changes.add(what);
                    files = wanted;
                }

                @Override
                public ImportsViewModel imports() {
                    throw new AssertionError("nobody asked for imports");
                }

                @Override
                public void remove(Entry imported) {
                    throw new AssertionError("nothing is imported");
                }

                @Override
                public void add() {
                    throw new AssertionError("nobody asked for more");
                }
            },
            () -> null);

    /** Answers the question of a change, which waits for it. @return what is said of the text while it is not confirmed */
    private String answer(ObjIntConsumer<CaptureChanges> change, int capture, String text) {
        List<String> said = new ArrayList<>();
        Screen.run(() -> {
            Platform.runLater(() -> {
                DialogPane pane = Window.getWindows().stream()
                        .map(window -> window.getScene().getRoot())
                        .filter(DialogPane.class::isInstance)
                        .map(DialogPane.class::cast)
                        .findFirst()
                        .orElseThrow();
                TextField field = Screen.all(pane).stream()
                        .filter(TextField.class::isInstance)
                        .map(TextField.class::cast)
                        .findFirst()
                        .orElseThrow();
                field.setText(text);
                said.add(field.getAccessibleHelp());
                Node ok = pane.lookupButton(ButtonType.OK);
                assertEquals(!field.getAccessibleHelp().isEmpty(), ok.isDisable());
                ((Button) (ok.isDisable() ? pane.lookupButton(ButtonType.CANCEL) : ok)).fire();
            });
            change.accept(made, capture);
        });
        return said.getFirst();
    }

    @Test
    void a_name_that_is_taken_or_empty_is_told_and_changes_nothing() {
        String other = stitched.hopName(1);
        assertEquals(WORDS.get("rename.taken", other), answer(CaptureChanges::rename, 0, " " + other));
        assertEquals(WORDS.get("rename.empty"), answer(CaptureChanges::rename, 0, "  "));
        assertEquals("", answer(CaptureChanges::rename, 0, stitched.hopName(0)));
        assertEquals(List.of(), changes);
        assertEquals("", answer(CaptureChanges::rename, 0, " laptop "));
        assertEquals(new HopId("laptop"), files.getFirst().hop());
    }

    @Test
    void a_role_can_be_taken_back() {
        answer(CaptureChanges::role, 0, "firewall");
        assertEquals("firewall", files.getFirst().placement().role());
        answer(CaptureChanges::role, 0, "");
        assertEquals("", files.getFirst().placement().role());
    }

    @Test
    void a_clock_without_unit_or_beyond_ten_years_is_told_and_changes_nothing() {
        int capture = stitched.clocks().get(0).reference() ? 1 : 0;
        assertEquals(WORDS.get("clock.no-time"), answer(CaptureChanges::clock, capture, "12.5"));
        for (String far : List.of("400000000 s", "-400000000 s", "9".repeat(400) + " s", "-" + "9".repeat(40) + " s")) {
            assertEquals(WORDS.get("clock.far"), answer(CaptureChanges::clock, capture, far), far);
        }
        assertEquals(List.of(), changes);
        assertEquals("", answer(CaptureChanges::clock, capture, "-300000000 s"));
        assertEquals(1, changes.size());
    }

    @Test
    void a_clock_is_set_in_any_unit_with_point_or_comma() {
        assertEquals(Optional.of(12_500_000L), CaptureChanges.nanos("+12.5 ms"));
        assertEquals(Optional.of(12_500_000L), CaptureChanges.nanos(" 12,5ms "));
        assertEquals(Optional.of(-300_000L), CaptureChanges.nanos("\u2212300 \u00b5s"));
        assertEquals(Optional.of(-2_000_000_000L), CaptureChanges.nanos("-2 s"));
        assertEquals(Optional.empty(), CaptureChanges.nanos("12.5"));
        assertEquals(Optional.empty(), CaptureChanges.nanos("1,000.5 ms"));
        assertEquals(Optional.empty(), CaptureChanges.nanos("soon"));
    }
}
