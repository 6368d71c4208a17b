package phalanx.show.shell;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import phalanx.app.TestPipeline;
import phalanx.run.Problem;
import phalanx.show.Screen;
import phalanx.show.Words;

/** The windows beside the desk: dialogs, the manual, what hangs from the line at the top and from buttons. */
final class WindowScenes {
    private final Scenes.Visit visit;

    WindowScenes(Scenes.Visit visit) {
        this.visit = visit;
    }

    void show() {
        try (OpenDesk open = OpenDesk.open(visit)) {
            Screen.run(() -> open.desk().open(TestPipeline.sample("slow-server")));
            open.says(List.of("and", "or", "not", "in", "contains", "matches")); // words of the filter language
            for (String begin : List.of(">", "@", "#1", "/GET", "?", "ip.", "tcp.port ")) {
                Screen.run(() -> open.desk().omnibox().focus(begin));
                if (!"/GET?".contains(begin)) {
                    open.lookAtWindows("omnibox-list");
                }
                open.look("omnibox");
            }
            Screen.run(() -> open.desk().omnibox().set(""));
            Screen.run(() -> open.investigation().docks().show("ladder"));
            for (String command : List.of("shortcuts", "about", "diagnostics", "export", "preferences")) {
                open.run(command);
                open.windows("dialog-" + command);
            }
            Screen.run(() -> open.desk().dialogs().problem("PHX", new Problem("PHX-0001", "what.pcap 1.", "2.")));
            open.windows("dialog-problem");
            keys(open);
            questions(open);
            help(open);
        }
    }

    /** The map of keys with a command chosen, and a search without an answer. */
    private static void keys(OpenDesk open) {
        open.run("preferences");
        open.lookAtWindows("preferences");
        Screen.run(() -> ((TableView<?>) open.find(TableView.class::isInstance))
                .getSelectionModel()
                .select(3));
        open.lookAtWindows("preferences-keys");
        write(open, Words.of("settings").get("search"), "nothing has this");
        open.windows("preferences-none");
    }

    private static void questions(OpenDesk open) {
        open.waiting(
                "dialog-note",
                () -> open.desk().commands().find("note").orElseThrow().action().run());
        Screen.run(() -> open.investigation().selection().capture(0));
        for (String question : List.of("rename", "role")) {
            open.waiting(
                    "dialog-" + question,
                    () -> ((ListView<?>) open.find(node -> node instanceof ListView<?> list
                                    && Words.of("captures").get("name").equals(list.getAccessibleText())))
                            .getContextMenu().getItems().stream()
                                    .filter(item ->
                                            Words.of("captures").get(question).equals(item.getText()))
                                    .findFirst()
                                    .orElseThrow()
                                    .fire());
        }
        Screen.run(() -> open.investigation().docks().show("conversations"));
        open.press(Words.of("conversations").get("columns"));
        open.windows("columns");
    }

    private static void help(OpenDesk open) {
        open.run("manual");
        open.lookAtWindows("help");
        write(open, Words.of("help").get("search"), "ladder");
        open.lookAtWindows("help-found");
        write(open, Words.of("help").get("search"), "nothing has this");
        open.windows("help-none");
    }

    private static void write(OpenDesk open, String field, String text) {
        Screen.run(() -> {
            Node found = open.find(node -> node instanceof TextField && field.equals(node.getAccessibleText()));
            ((TextField) found).setText(text);
        });
    }
}
