package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.TestPipeline;
import phalanx.casefile.CaseStore;
import phalanx.casefile.Settings;
import phalanx.casefile.SettingsStore;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.Screen;

/** The window says what is not saved, and is found again as it was left. */
class DeskWindowTest {
    private final SettingsStore settings;
    private final Path home;
    private final CaseStore cases = new CaseStore("ada", null);

    DeskWindowTest(@TempDir Path folder) {
        settings = new SettingsStore(folder.resolve("settings.json"));
        home = folder.resolve("wan.phalanx");
    }

    private Desk desk() {
        return new Desk(
                TestPipeline.analyzer(),
                new Jobs(Runnable::run, Runnable::run),
                List.of(),
                DeskTest.NO_CAPTURES,
                settings,
                cases,
                TestPipeline.exporter());
    }

    @Test
    void a_dot_stands_before_a_case_with_notes_that_are_not_saved() {
        Screen.run(() -> {
            Desk desk = desk();
            Stage stage = new Stage();
            desk.show(stage, TestPipeline.sample("loss-on-wan-link"));
            String named = stage.getTitle();
            desk.noting().note("seen at noon");
            assertEquals("\u2022 " + named, stage.getTitle());
            desk.keeping().save(home);
            assertEquals("wan.phalanx \u2013 Phalanx", stage.getTitle());
            desk.noting().note("and at one"); // saved at once
            assertEquals("wan.phalanx \u2013 Phalanx", stage.getTitle());
            stage.hide();
            desk.close();
        });
        cases.close();
    }

    @Test
    void the_size_at_which_it_was_left_is_found_again() {
        Screen.run(() -> {
            Desk desk = desk();
            Stage stage = new Stage();
            desk.show(stage, List.of());
            stage.setWidth(1100);
            stage.setHeight(700);
            int width = (int) stage.getScene().getWidth(),
                    height = (int) stage.getScene().getHeight();
            stage.hide();
            desk.close();
            assertEquals(
                    new Settings.Window(width, height, false),
                    assertInstanceOf(Outcome.Ok.class, settings.read()).value() instanceof Settings kept
                            ? kept.window()
                            : null);
            Desk next = desk();
            Stage again = new Stage();
            next.show(again, List.of());
            assertEquals(width, (int) again.getScene().getWidth());
            assertEquals(height, (int) again.getScene().getHeight());
            again.hide();
            next.close();
        });
        cases.close();
    }

    @Test
    void it_is_never_larger_than_the_screen() {
        assertEquals(
                new Settings.Window(1280, 700, true),
                DeskWindow.fitting(new Settings.Window(2560, 700, true), new Rectangle2D(0, 0, 1280, 1000)));
    }
}
