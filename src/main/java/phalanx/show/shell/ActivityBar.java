package phalanx.show.shell;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.show.Words;

/** What can be done at the desk, at its left edge. Screen thread. */
final class ActivityBar extends VBox {
    private static final Words WORDS = Words.of("shell");

    /** One of them. */
    enum Activity {
        INVESTIGATE("mdi2m-magnify-scan"),
        PROXY("mdi2s-swap-horizontal"),
        LAB("mdi2f-flask-outline"),
        AGENTS("mdi2r-robot-outline");

        private final String icon;

        Activity(String icon) {
            this.icon = icon;
        }

        private String word() {
            return switch (this) {
                case INVESTIGATE -> WORDS.get("activity.investigate");
                case PROXY -> WORDS.get("activity.proxy");
                case LAB -> WORDS.get("activity.lab");
                case AGENTS -> WORDS.get("activity.agents");
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

    /** Puts something at the bottom of the bar, on all pages. */
    void foot(Node node) {
        Region between = new Region();
        VBox.setVgrow(between, Priority.ALWAYS);
        getChildren().addAll(between, node);
    }

    /** Marks one that somebody is wanted at, or no longer. */
    void want(Activity activity, boolean wanted) {
        ToggleButton button = Objects.requireNonNull(buttons.get(activity));
        button.setText(wanted ? WORDS.get("activity.wanted", activity.word()) : activity.word());
        button.getStyleClass().remove("wanted");
        if (wanted) {
            button.getStyleClass().add("wanted");
        }
    }

    /** Shows which one is at work. */
    void select(Activity activity) {
        buttons.forEach((one, button) -> button.setSelected(one == activity));
    }
}
