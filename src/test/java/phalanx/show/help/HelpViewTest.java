package phalanx.show.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import phalanx.show.Look;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.show.command.Command;
import phalanx.show.command.Commands;

/** The manual on the screen; every state leaves a picture behind. */
class HelpViewTest {
    private record Opened(HelpViewModel model, Scene scene) {}

    private static Opened open(Theme theme, double width, double height, int textPercent) {
        return Screen.on(() -> {
            Commands commands = new Commands()
                    .add("undo", Command.Group.EDIT, "Shortcut+Z", () -> {})
                    .add("filter", Command.Group.GO, "Shortcut+L", () -> {});
            HelpViewModel model = new HelpViewModel(HelpBook.read(Locale.ENGLISH, WrittenParts.of(commands)));
            return new Opened(model, Look.scene(new HelpView(model), theme, width, height, textPercent));
        });
    }

    @Test
    void pages_are_read_in_all_themes() {
        Opened light = open(Theme.LIGHT, 980, 720, 100);
        Screen.picture(light.scene(), "help-start-light");
        Screen.run(() -> light.model().open("ladder"));
        Screen.picture(light.scene(), "help-ladder-light");
        Screen.run(() -> light.model().open("filter"));
        Screen.picture(light.scene(), "help-filter-light");
        Opened dark = open(Theme.DARK, 1280, 900, 100);
        Screen.run(() -> dark.model().open("errors"));
        Screen.picture(dark.scene(), "help-errors-dark");
        Opened contrast = open(Theme.HIGH_CONTRAST, 1000, 700, 200);
        Screen.run(() -> contrast.model().open("measures"));
        Screen.picture(contrast.scene(), "help-measures-contrast-200");
    }

    @Test
    void what_was_searched_for_is_marked_on_the_first_page_that_has_it() {
        Opened opened = open(Theme.LIGHT, 980, 720, 100);
        Screen.run(() -> opened.model().query().set("black hole"));
        Screen.picture(opened.scene(), "help-search-light");
        List<String> marked = Screen.on(() -> Screen.all(opened.scene().getRoot()).stream()
                .filter(node -> node.getStyleClass().contains("help-hit"))
                .map(node -> ((Label) node).getText())
                .toList());
        assertTrue(marked.contains("black") && marked.contains("hole"), marked.toString());
        assertTrue(Screen.on(() -> opened.model().page().get().text()).contains("black hole"));
    }

    @Test
    void a_link_leads_to_its_page() {
        Opened opened = open(Theme.DARK, 980, 720, 100);
        Screen.settle();
        Screen.run(() -> Screen.all(opened.scene().getRoot()).stream()
                .filter(node -> node instanceof Hyperlink link && link.getText().equals("Root cause"))
                .map(Hyperlink.class::cast)
                .findFirst()
                .orElseThrow()
                .fire());
        assertEquals("root-cause", opened.model().page().get().id());
        Screen.picture(opened.scene(), "help-root-cause-dark");
    }

    @Test
    void help_is_about_what_has_the_focus() {
        Screen.run(() -> {
            Label inner = new Label();
            VBox view = new VBox(inner);
            HelpTopics.mark(view, "map");
            assertEquals("topology", HelpTopics.of(inner));
            Label box = new Label();
            StackPane omnibox = new StackPane(box);
            omnibox.getStyleClass().add("omnibox");
            assertEquals("omnibox", HelpTopics.of(box));
            assertEquals(HelpTopics.USUAL, HelpTopics.of(new Label()));
            assertEquals(HelpTopics.USUAL, HelpTopics.of(null));
        });
    }
}
