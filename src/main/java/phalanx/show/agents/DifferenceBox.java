package phalanx.show.agents;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import phalanx.show.Words;

/** A unified diff, a line a label; more than a screen of it is cut. Screen thread. */
final class DifferenceBox extends VBox {
    private static final Words WORDS = Words.of("agents");
    private static final int LINES = 60;

    DifferenceBox(String text) {
        getStyleClass().add("difference");
        text.lines().limit(LINES).forEach(line -> {
            Label label = new Label(line.isEmpty() ? " " : line);
            label.getStyleClass().add("code");
            if (line.startsWith("+") && !line.startsWith("+++")) {
                label.getStyleClass().add("severity-ok");
            } else if (line.startsWith("-") && !line.startsWith("---")) {
                label.getStyleClass().add("severity-critical");
            } else {
                label.getStyleClass().add("soft");
            }
            getChildren().add(label);
        });
        long left = text.lines().count() - LINES;
        if (left > 0) {
            getChildren().add(new Label(WORDS.get("proposal.more", left)));
        }
    }
}
