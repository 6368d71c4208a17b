package phalanx.show.proxy;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.show.Controls;
import phalanx.show.Words;

/** Breakpoints that are set and what has stopped there, each with what can be done. Screen thread. */
final class StoppedBox extends VBox {
    private static final Words WORDS = Words.of("proxy");
    private static final int SHOWN = 5, UNAVAILABLE = 503;

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
            Button clear = Controls.button(WORDS.get("breakpoint.clear"), () -> model.clearBreakpoint(one));
            clear.setAccessibleText(WORDS.get("breakpoint.clear.name", one.text()));
            getChildren().add(row(WORDS.get("breakpoint", one.text()), clear));
        }
        for (Breakpoints.Stopped one : stopped.stream().limit(SHOWN).toList()) {
            Button goOn = Controls.button(WORDS.get("breakpoint.continue"), () -> model.goOn(one.number()));
            goOn.getStyleClass().add("accent");
            Button abort = Controls.button(WORDS.get("breakpoint.cut-off"), () -> model.abort(one.number()));
            Button answer = Controls.button(
                    WORDS.get("breakpoint.answer", Integer.toString(UNAVAILABLE)),
                    () -> model.answer(one.number(), UNAVAILABLE));
            answer.setDisable(one.at().when() == Breakpoint.When.RESPONSE);
            getChildren()
                    .add(row(
                            WORDS.get(
                                    "breakpoint.stopped",
                                    one.request().method(),
                                    one.request().target()),
                            goOn,
                            answer,
                            abort));
        }
        if (stopped.size() > SHOWN) {
            getChildren().add(new Label(WORDS.get("breakpoint.more", stopped.size() - SHOWN)));
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
