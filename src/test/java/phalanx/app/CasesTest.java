package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.pipeline.Cases;
import phalanx.casefile.SettingsStore;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Screen;
import phalanx.show.shell.Desk;

class CasesTest {
    @Test
    void a_wrong_address_of_the_teams_database_is_told_on_the_desk_with_what_to_do(@TempDir Path folder) {
        Problem problem = assertInstanceOf(
                        Outcome.Failed.class, Cases.store(Map.of("PHALANX_STORE", "postgres://ada:secret@host/cases")))
                .problem();
        assertTrue(problem.remedy().contains("jdbc:postgresql://HOST/DATABASE?user=NAME"), problem.toString());
        Desk desk = Screen.on(
                () -> Desktop.desk(new SettingsStore(folder.resolve("settings.json")), List.of(), Cases.inFiles()));
        Screen.run(() -> desk.tellOfStore(problem));
        assertTrue(Screen.on(() -> List.copyOf(Window.getWindows())).stream()
                .anyMatch(window -> Screen.shows(window.getScene(), problem.remedy())));
        Screen.run(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        Screen.run(desk::close);
    }

    @Test
    void without_an_address_or_with_a_good_one_there_is_a_store() {
        for (String address : List.of("", " ", "jdbc:postgresql://host/cases?user=ada")) {
            assertEquals(
                    Outcome.Ok.class,
                    Cases.store(Map.of("PHALANX_STORE", address)).getClass());
        }
    }
}
