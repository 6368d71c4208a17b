package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Consumer;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;

/** What {@link TabWalk} catches, and what it does not mind; {@link AccessibilityTest} walks through all scenes of the desk. */
class TabOrderTest {
    /** A row of buttons with one node more in the middle. */
    private static Scene row(Node middle) {
        Button first = new Button("first");
        Scene scene = new Scene(new HBox(first, middle, new Button("last")));
        Stage stage = new Stage();
        stage.setScene(scene);
        stage.show();
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        first.requestFocus();
        return scene;
    }

    private static Button button(Consumer<KeyEvent> onTab) {
        Button button = new Button("middle");
        button.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            onTab.accept(key);
            key.consume();
        });
        return button;
    }

    private static Node child(Scene scene, int at) {
        return scene.getRoot().getChildrenUnmodifiable().get(at);
    }

    @Test
    void a_trap_is_caught_whether_it_holds_the_focus_or_turns_it_round() {
        Screen.run(() -> {
            assertEquals(List.of(), TabWalk.faults(row(new Button("middle")), false));
            assertEquals(
                    List.of("Button button lets the focus go nowhere"), TabWalk.faults(row(button(_ -> {})), false));
            Button inner = new Button("inner");
            Button around = button(_ -> inner.requestFocus());
            inner.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
                around.requestFocus();
                key.consume();
            });
            assertEquals(
                    List.of("Button button begins a round without Button button", "Button button is never come to"),
                    TabWalk.faults(row(new HBox(around, inner)), false));
        });
    }

    @Test
    void what_is_left_out_and_what_should_be_is_caught() {
        Screen.run(() -> {
            Scene[] scene = new Scene[1];
            scene[0] = row(button(_ -> child(scene[0], 0).requestFocus()));
            assertEquals(List.of("Button button is never come to"), TabWalk.faults(scene[0], false));
            assertEquals(
                    List.of("Button button is never come to", "Label label is come to and cannot be seen or used"),
                    TabWalk.faults(leadingTo(new Label("not to be come to")), false));
            Scene nobody = new Scene(new HBox(new Button("first")));
            assertEquals(List.of("nothing has the focus"), TabWalk.faults(nobody, false));
        });
    }

    /** A row whose middle sends the focus to a label behind it, from where it goes back to the begin. */
    private static Scene leadingTo(Label label) {
        Scene[] scene = new Scene[1];
        label.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            child(scene[0], 0).requestFocus();
            key.consume();
        });
        scene[0] = row(new HBox(button(_ -> label.requestFocus()), label));
        return scene[0];
    }

    @Test
    void a_text_that_takes_tab_is_left_with_control() {
        Screen.run(() -> {
            TextArea text = new TextArea("a");
            Scene scene = row(text);
            assertEquals(List.of(), TabWalk.faults(scene, false));
            assertEquals(List.of(), TabWalk.faults(scene, true));
            text.requestFocus();
            Event.fireEvent(text, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, false, false, false, false));
            assertEquals("\ta", text.getText());
            text.addEventFilter(KeyEvent.KEY_PRESSED, KeyEvent::consume);
            child(scene, 0).requestFocus();
            assertEquals(
                    List.of("TextArea text-input text-area lets the focus go nowhere"), TabWalk.faults(scene, false));
        });
    }

    @Test
    void the_arrows_go_to_the_toggles_beside_the_chosen_one() {
        Screen.run(() -> {
            ToggleGroup group = new ToggleGroup();
            ToggleButton one = new ToggleButton("one");
            ToggleButton two = new ToggleButton("two");
            group.getToggles().setAll(one, two);
            one.setSelected(true);
            Scene scene = row(new HBox(one, two));
            assertEquals(List.of(), TabWalk.faults(scene, false));
            one.requestFocus();
            Event.fireEvent(one, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.RIGHT, false, false, false, false));
            assertEquals(two, scene.getFocusOwner());
        });
    }
}
