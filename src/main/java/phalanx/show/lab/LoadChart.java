package phalanx.show.lab;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import phalanx.show.Palette;
import phalanx.show.Spoken;

/** One figure over the last two minutes, against what is promised; what breaks the promise is marked by a bar below, too. Screen thread. */
final class LoadChart extends VBox {
    private static final double BELOW = 6;

    private final String title;
    private final double promised;
    private final ObservableValue<Palette> palette;
    private final Label label = new Label();
    private final Canvas canvas = new Canvas();
    private final Pane room = new Pane(canvas);
    private List<Double> values = List.of();

    /** @param promised above it the promise is broken; not a number where nothing is promised */
    LoadChart(String title, double promised, ObservableValue<Palette> palette) {
        this.title = title;
        this.promised = promised;
        this.palette = palette;
        label.getStyleClass().add("strong");
        room.setMinHeight(70);
        room.setPrefHeight(110);
        canvas.widthProperty().bind(room.widthProperty());
        canvas.heightProperty().bind(room.heightProperty());
        canvas.widthProperty().subscribe(_ -> draw());
        canvas.heightProperty().subscribe(_ -> draw());
        VBox.setVgrow(room, Priority.ALWAYS);
        Spoken.diagram(room, title, "");
        getStyleClass().add("lab-chart");
        getChildren().setAll(label, room);
        palette.subscribe(_ -> draw());
        show(List.of(), "");
    }

    /** @param now the newest, as it is written */
    void show(List<Double> seconds, String now) {
        values = seconds;
        boolean broken = !seconds.isEmpty() && seconds.getLast() > promised;
        label.setText(now.isEmpty() ? title : title + "  " + (broken ? "\u25b2 " : "") + now);
        label.getStyleClass().removeAll("severity-critical");
        if (broken) {
            label.getStyleClass().add("severity-critical");
        }
        Spoken.tell(room, label.getText());
        draw();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        Palette colours = palette.getValue();
        double width = canvas.getWidth();
        double height = canvas.getHeight() - BELOW;
        g.setFill(colours.background());
        g.fillRect(0, 0, width, height + BELOW);
        if (height <= 4) {
            return;
        }
        double top = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        top = 1.15 * Math.max(top, Double.isNaN(promised) ? 1 : 1.3 * promised);
        g.setStroke(colours.rail());
        g.setLineWidth(1);
        g.setLineDashes();
        g.strokeLine(0, height - 0.5, width, height - 0.5);
        if (!Double.isNaN(promised)) {
            double y = height - height * promised / top;
            g.setStroke(colours.warning());
            g.setLineDashes(5, 4);
            g.strokeLine(0, y, width, y);
            g.setLineDashes();
        }
        double step = width / (LabViewModel.SECONDS - 1);
        double left = width - (values.size() - 1) * step;
        double[] xs = new double[values.size()];
        double[] ys = new double[values.size()];
        g.setFill(colours.critical());
        for (int i = 0; i < values.size(); i++) {
            xs[i] = left + i * step;
            ys[i] = height - height * values.get(i) / top;
            if (values.get(i) > promised) {
                g.fillRect(xs[i] - step / 2, height + 2, step + 0.5, BELOW - 2);
            }
        }
        g.setStroke(colours.series().getFirst());
        g.setLineWidth(1.6);
        g.strokePolyline(xs, ys, xs.length);
    }
}
