package phalanx.show.proxy;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.breakpoint.Breakpoints;

/** Breakpoints that are set and what has stopped there, each with what can be done. Screen thread. */
final class StoppedBox extends VBox {
    private static final int SHOWN = 5;

    private final ConsoleViewModel model;
    private List<Breakpoints.Stopped> stopped = List.of();
    private List<Breakpoint> set = List.of();

    StoppedBox(ConsoleViewModel model) {
        super(4);
        this.model = model;
        getStyleClass().add("stopped");
        setManaged(false);
        setVisible(false);
        model.snapshot().subscribe(this::take);
    }

    private void take(ConsoleSnapshot snapshot) {
        if (snapshot.stopped().equals(stopped) && snapshot.breakpoints().equals(set)) {
            return; // buttons stay where they are
        }
        stopped = snapshot.stopped();
        set = snapshot.breakpoints();
        boolean any = !stopped.isEmpty() || !set.isEmpty();
        setManaged(any);
        setVisible(any);
        getChildren().clear();
        for (Breakpoint one : set) {
            Button clear = new Button("Clear");
            clear.setAccessibleText("Clear the breakpoint " + one.text());
            clear.setOnAction(_ -> model.clearBreakpoint(one));
            getChildren().add(row("Breakpoint: " + one.text(), clear));
        }
        for (Breakpoints.Stopped one : stopped.stream().limit(SHOWN).toList()) {
            Button goOn = new Button("Continue");
            goOn.getStyleClass().add("accent");
            goOn.setOnAction(_ -> model.goOn(one.number()));
            Button abort = new Button("Cut off");
            abort.setOnAction(_ -> model.abort(one.number()));
            Button answer = new Button("Answer 503");
            answer.setDisable(one.at().when() == Breakpoint.When.RESPONSE);
            answer.setOnAction(_ -> model.answer(one.number(), 503));
            getChildren()
                    .add(row(
                            "Stopped: " + one.request().method() + " "
                                    + one.request().target(),
                            goOn,
                            answer,
                            abort));
        }
        if (stopped.size() > SHOWN) {
            getChildren().add(new Label("and " + (stopped.size() - SHOWN) + " more"));
        }
    }

    private static HBox row(String text, Button... buttons) {
        Label label = new Label(text);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().add("severity-warning");
        HBox.setHgrow(label, Priority.ALWAYS);
        HBox row = new HBox(8, label);
        row.getChildren().addAll(buttons);
        return row;
    }
}
