package phalanx.show.help;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.Words;
import phalanx.show.command.Commands;

/** The window of the manual: one, beside the desk, read whenever it is opened. Screen thread. */
public final class HelpWindow {
    private static final Words WORDS = Words.of("help");

    private final Jobs jobs;
    private final Commands commands;
    private final Function<Region, Scene> windows;
    private @Nullable Stage stage;
    private @Nullable HelpViewModel model;
    private boolean closed;

    /**
     * @param commands whose keys the manual lists
     * @param windows makes the scene of a window, dressed as the desk is
     */
    public HelpWindow(Jobs jobs, Commands commands, Function<Region, Scene> windows) {
        this.jobs = jobs;
        this.commands = commands;
        this.windows = windows;
    }

    /** Shows a page, by its id as {@link HelpTopics} gives it. */
    public void show(String topic) {
        if (model != null) {
            turn(model, topic);
            return;
        }
        closed = false;
        Locale language = Words.locale();
        Map<String, String> written = WrittenParts.of(commands);
        jobs.start("read manual", _ -> Outcome.ok(HelpBook.read(language, written)), _ -> {}, outcome -> {
            if (!closed && outcome instanceof Outcome.Ok<HelpBook>(var book)) {
                HelpViewModel made = model == null ? new HelpViewModel(book) : model;
                model = made;
                turn(made, topic);
            }
        });
    }

    private void turn(HelpViewModel shown, String topic) {
        Stage window = stage;
        if (window == null) {
            window = new Stage();
            window.setTitle(WORDS.get("title"));
            HelpView view = new HelpView(shown);
            view.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
                if (key.getCode() == KeyCode.ESCAPE) { // what is searched for goes first
                    close();
                    key.consume();
                }
            });
            window.setScene(windows.apply(view));
            window.setOnHidden(_ -> close());
            stage = window;
        }
        shown.query().set("");
        shown.open(topic);
        window.show();
        window.toFront();
    }

    /**
     * Closes the window, as its button does, and forgets what was read, so that keys and language are those in force when it is asked
     * for again.
     */
    public void close() {
        closed = true;
        model = null;
        if (stage != null) {
            stage.close();
            stage = null;
        }
    }
}
