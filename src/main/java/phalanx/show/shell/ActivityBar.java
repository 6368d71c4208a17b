package phalanx.show.shell;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.show.Words;

/** What can be done at the desk, at its left edge. Screen thread. */
final class ActivityBar extends VBox {
    private static final Words WORDS = Words.of("shell");

    /** One of them. */
    enum Activity {
        INVESTIGATE("mdi2m-magnify-scan"),
        PROXY("mdi2s-swap-horizontal");

        private final String icon;

        Activity(String icon) {
            this.icon = icon;
        }

        private String word() {
            return switch (this) {
                case INVESTIGATE -> WORDS.get("activity.investigate");
                case PROXY -> WORDS.get("activity.proxy");
            };
        }
    }

    private final Map<Activity, ToggleButton> buttons = new EnumMap<>(Activity.class);

    /** @param chosen told of a choice by mouse or keyboard */
    ActivityBar(Consumer<Activity> chosen) {
        getStyleClass().add("activities");
        ToggleGroup group = new ToggleGroup();
        for (Activity activity : Activity.values()) {
            ToggleButton button = new ToggleButton(activity.word(), new FontIcon(activity.icon));
            button.setContentDisplay(ContentDisplay.TOP);
            button.setToggleGroup(group);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setOnAction(_ -> chosen.accept(activity));
            buttons.put(activity, button);
            getChildren().add(button);
        }
        select(Activity.INVESTIGATE);
    }

    /** Shows which one is at work. */
    void select(Activity activity) {
        buttons.forEach((one, button) -> button.setSelected(one == activity));
    }
}
