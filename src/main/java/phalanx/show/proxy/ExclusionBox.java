package phalanx.show.proxy;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import phalanx.proxy.Exclusion;
import phalanx.proxy.record.RequestRecord;
import phalanx.show.Controls;
import phalanx.show.Words;

/** Below what the guard says of a request: a button that proposes how to let it pass, shown as a difference before it is done. Screen thread. */
final class ExclusionBox extends VBox {
    private static final Words WORDS = Words.of("proxy");

    private final ConsoleViewModel model;
    private final RequestRecord record;
    private final Supplier<String> configuration;

    ExclusionBox(ConsoleViewModel model, RequestRecord record, Supplier<String> configuration) {
        super(6);
        this.model = model;
        this.record = record;
        this.configuration = configuration;
        ask(false);
    }

    private void ask(boolean focus) {
        Button no = Controls.button(
                WORDS.get("exclude"), () -> model.exclusion(record, configuration.get(), this::propose));
        no.setAccessibleHelp(WORDS.get("exclude.help"));
        getChildren().setAll(no);
        if (focus) {
            no.requestFocus();
        }
    }

    private void propose(Optional<Exclusion> found) {
        String line = found.map(Exclusion::line).orElseGet(() -> Exclusion.line(record));
        TextArea shown = new TextArea(found.map(ExclusionBox::difference).orElse(line));
        shown.setAccessibleText(WORDS.get("exclude.name"));
        shown.setEditable(false);
        shown.setWrapText(true);
        shown.setPrefRowCount(found.isPresent() ? 3 : 1);
        shown.setMinHeight(USE_PREF_SIZE);
        shown.getStyleClass().add("code");
        FlowPane actions = new FlowPane(8, 6);
        Button copy = Controls.button(WORDS.get("exclude.copy"), () -> Controls.copy(line));
        found.ifPresent(exclusion -> actions.getChildren().add(Controls.button(WORDS.get("exclude.apply"), () -> {
            model.take(exclusion);
            ask(true);
        })));
        actions.getChildren().addAll(copy, Controls.button(WORDS.get("exclude.cancel"), () -> ask(true)));
        Label says = new Label(found.map(exclusion -> WORDS.get("exclude.there", exclusion.at()))
                .orElse(WORDS.get("exclude.nowhere")));
        says.setWrapText(true);
        says.setMinHeight(USE_PREF_SIZE);
        getChildren().setAll(says, shown, actions);
        actions.getChildren().getFirst().requestFocus();
    }

    /** As such things are written: what goes with a minus, what comes with a plus. */
    private static String difference(Exclusion exclusion) {
        StringBuilder text = new StringBuilder();
        if (!exclusion.changed().getFirst().equals(exclusion.before())) {
            text.append("- ").append(exclusion.before().strip()).append('\n');
        }
        for (String line : exclusion.changed()) {
            text.append(line.equals(exclusion.before()) ? "  " : "+ ")
                    .append(line.strip())
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}
