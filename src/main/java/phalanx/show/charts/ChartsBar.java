package phalanx.show.charts;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import phalanx.net.Direction;
import phalanx.show.Controls;
import phalanx.show.Words;

/** What is charted, in words, and a switch for each chart and direction. Screen thread. */
final class ChartsBar extends VBox {
    private static final Words WORDS = Words.of("charts");
    private static final double APART = 10;
    private static final Duration NOTICEABLE = Duration.millis(150);

    private final Label scope = new Label();

    /** @param zoom zooms around the middle by that factor */
    ChartsBar(ChartsViewModel model, DoubleConsumer zoom) {
        super(4);
        getStyleClass().add("charts-bar");
        scope.getStyleClass().add("scope");
        scope.setMinWidth(0);
        scope.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(scope, Priority.ALWAYS);
        FlowPane switches = new FlowPane(4, 4);
        Map<Chart, ToggleButton> charts = new EnumMap<>(Chart.class);
        for (Chart chart : Chart.values()) {
            ToggleButton button = toggle(WORDS.get(chart.nameKey()), WORDS.get(chart.hintKey()));
            button.setOnAction(_ -> model.show(chart, button.isSelected()));
            charts.put(chart, button);
            switches.getChildren().add(button);
            if (chart == Chart.MEASURED) {
                button.visibleProperty().bind(model.measured().or(button.selectedProperty()));
                button.managedProperty().bind(button.visibleProperty());
            }
        }
        ToggleButton server = toggle(WORDS.get("bar.way.server"), WORDS.get("bar.way.server.hint"));
        server.setOnAction(_ -> model.show(Direction.CLIENT_TO_SERVER, server.isSelected()));
        ToggleButton client = toggle(WORDS.get("bar.way.client"), WORDS.get("bar.way.client.hint"));
        client.setOnAction(_ -> model.show(Direction.SERVER_TO_CLIENT, client.isSelected()));
        HBox zooms = new HBox(
                2,
                Controls.icon("mdi2m-magnify-minus-outline", WORDS.get("bar.out"), () -> zoom.accept(1 / 1.5)),
                Controls.icon("mdi2m-magnify-plus-outline", WORDS.get("bar.in"), () -> zoom.accept(1.5)),
                Controls.icon("mdi2f-fit-to-page-outline", WORDS.get("bar.all"), model::all));
        switches.getChildren().addAll(server, client);
        // behind what is before them, so that a new line begins where all do
        charts.values().stream()
                .skip(charts.size() - 2L)
                .forEach(button -> FlowPane.setMargin(button, new Insets(0, APART, 0, 0)));
        HBox first = new HBox(8, scope, busy(model), zooms);
        first.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(first, switches);
        model.charts().subscribe(now -> charts.forEach((chart, button) -> button.setSelected(now.contains(chart))));
        model.ways().subscribe(now -> {
            server.setSelected(now.contains(Direction.CLIENT_TO_SERVER));
            client.setSelected(now.contains(Direction.SERVER_TO_CLIENT));
        });
        model.picture().subscribe(picture -> {
            scope.setText(picture == null ? "" : picture.title());
            scope.setTooltip(new Tooltip(scope.getText()));
        });
    }

    private static ToggleButton toggle(String text, String hint) {
        ToggleButton button = new ToggleButton(text);
        button.setTooltip(new Tooltip(hint));
        button.setAccessibleText(text);
        button.setAccessibleHelp(hint);
        return button;
    }

    /** Seen only once the work has taken a while. */
    private static ProgressIndicator busy(ChartsViewModel model) {
        ProgressIndicator mark = new ProgressIndicator();
        mark.setPrefSize(16, 16);
        mark.setMaxSize(16, 16);
        mark.setVisible(false);
        mark.setFocusTraversable(false);
        mark.setAccessibleText(WORDS.get("bar.busy"));
        PauseTransition wait = new PauseTransition(NOTICEABLE);
        wait.setOnFinished(_ -> mark.setVisible(model.busy().get()));
        model.busy().subscribe(working -> {
            if (working) {
                wait.playFromStart();
            } else {
                wait.stop();
                mark.setVisible(false);
            }
        });
        return mark;
    }
}
