package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.run.Jobs;
import phalanx.run.Problem;

/** The window when there is no answer to show: welcome, loading, error. */
final class StateViews {
    private static final double WIDTH = 620;

    private StateViews() {}

    static Node welcome(List<Path> samples, Runnable choose, Consumer<List<Path>> open, Runnable proxy) {
        Label title = new Label("Which hop is broken?");
        title.getStyleClass().add("headline");
        Label how = text(
                "Drop packet captures of the same traffic here, made at two or more points of its path: pcap or pcapng, in any order,"
                        + " from machines whose clocks disagree.");
        Button choose1 = new Button("Open captures\u2026");
        choose1.setDefaultButton(true);
        choose1.setOnAction(_ -> choose.run());
        Button lab = new Button("Open the proxy lab");
        lab.setOnAction(_ -> proxy.run());
        HBox first = new HBox(8, choose1, lab);
        first.setAlignment(Pos.CENTER);
        VBox box = box(icon("mdi2l-lan-connect"), title, how, first);
        if (!samples.isEmpty()) {
            Label or = text("Or look at a sample:");
            FlowPane flow = new FlowPane(8, 8);
            flow.setAlignment(Pos.CENTER);
            flow.setPrefWrapLength(WIDTH);
            for (Path sample : samples) {
                Button button = new Button(Samples.title(sample));
                button.setOnAction(_ -> open.accept(List.of(sample)));
                flow.getChildren().add(button);
            }
            box.getChildren().addAll(or, flow);
        }
        return centred(box);
    }

    static Node loading(List<Path> files, Jobs.Step step, Runnable cancel) {
        Label title = new Label(files.size() == 1 ? "Opening 1 capture" : "Opening " + files.size() + " captures");
        title.getStyleClass().add("headline");
        ProgressBar bar = new ProgressBar(
                step.total() > 0 ? (double) step.done() / step.total() : ProgressBar.INDETERMINATE_PROGRESS);
        bar.setPrefWidth(WIDTH * 0.7);
        bar.setAccessibleText("Progress");
        String share = step.total() > 0 ? "  %d %%".formatted(100 * step.done() / step.total()) : "";
        Button stop = new Button("Cancel");
        stop.setCancelButton(true);
        stop.setOnAction(_ -> cancel.run());
        return centred(box(title, bar, text(step.what() + share), stop));
    }

    static Node failed(List<Path> files, Problem problem, Runnable choose, Consumer<List<Path>> again) {
        Label title = new Label(
                files.size() == 1 ? "This capture could not be opened" : "None of these captures could be opened");
        title.getStyleClass().add("headline");
        Label what = text(problem.what());
        Label remedy = text(problem.remedy());
        Label code = text(problem.code() + "   "
                + files.stream().map(f -> String.valueOf(f.getFileName())).collect(Collectors.joining(", ")));
        code.getStyleClass().add("soft");
        Button other = new Button("Open other captures\u2026");
        other.setDefaultButton(true);
        other.setOnAction(_ -> choose.run());
        Button retry = new Button("Try again");
        retry.setOnAction(_ -> again.accept(files));
        Button copy = new Button("Copy details");
        copy.setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(problem.toString());
            Clipboard.getSystemClipboard().setContent(content);
        });
        HBox buttons = new HBox(8, other, retry, copy);
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
        label.setMaxWidth(WIDTH);
        return label;
    }

    private static VBox box(Node... nodes) {
        VBox box = new VBox(16, nodes);
        box.setAlignment(Pos.CENTER);
        box.setMaxWidth(WIDTH + 80);
        return box;
    }

    private static StackPane centred(VBox box) {
        StackPane pane = new StackPane(box);
        pane.getStyleClass().add("state");
        return pane;
    }
}
