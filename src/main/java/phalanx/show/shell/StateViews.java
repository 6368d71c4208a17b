package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.run.Problem;
import phalanx.show.Controls;
import phalanx.show.Told;
import phalanx.show.Words;

/** The window when there is no answer to show but an error. */
final class StateViews {
    private static final Words WORDS = Words.of("shell");

    private StateViews() {}

    static Node failed(List<Path> files, Problem fault, Runnable choose, Consumer<List<Path>> again) {
        Problem problem = Told.problem(fault);
        Label title = text(WORDS.get("failed", files.size()));
        title.getStyleClass().add("headline");
        Label what = text(problem.what());
        Label remedy = text(problem.remedy());
        Label code = text(problem.code() + "   "
                + files.stream().map(f -> String.valueOf(f.getFileName())).collect(Collectors.joining(", ")));
        code.getStyleClass().add("soft");
        Button other = Controls.button(WORDS.get("failed.other"), choose);
        other.setDefaultButton(true);
        Button retry = Controls.button(WORDS.get("failed.retry"), () -> again.accept(files));
        Button copy = Controls.button(WORDS.get("copy-details"), () -> Controls.copy(problem.toString()));
        FlowPane buttons = new FlowPane(8, 8, other, retry, copy);
        buttons.setAlignment(Pos.CENTER);
        FontIcon sign = icon("mdi2a-alert-octagon-outline");
        sign.getStyleClass().add("icon-critical");
        return centred(box(sign, title, what, remedy, buttons, code));
    }

    private static FontIcon icon(String name) {
        FontIcon icon = new FontIcon(name);
        icon.getStyleClass().add("big-icon");
        return icon;
    }

    private static Label text(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setTextAlignment(TextAlignment.CENTER);
        label.setAlignment(Pos.CENTER);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static VBox box(Node... nodes) {
        VBox box = new VBox(16, nodes);
        box.setAlignment(Pos.CENTER);
        box.getStyleClass().add("state-box");
        return box;
    }

    private static ScrollPane centred(VBox box) {
        StackPane pane = new StackPane(box);
        pane.getStyleClass().add("state");
        ScrollPane scroll = new ScrollPane(pane);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().add("state-scroll");
        return scroll;
    }
}
