package phalanx.show.lab;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.TickUnit;
import phalanx.show.CanvasPen;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.Spoken;
import phalanx.show.Words;

/** One figure over the last two minutes, against what is promised; what breaks the promise is marked by a bar below, too. Screen thread. */
final class LoadChart extends VBox {
    private static final double BELOW = 22, LABELS = 46, BAR = 4, TEXT = 11;
    private static final Words WORDS = Words.of("lab");

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
        room.setMinHeight(84);
        room.setPrefHeight(124);
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
        double right = canvas.getWidth();
        double height = canvas.getHeight() - BELOW;
        g.setFill(colours.background());
        g.fillRect(0, 0, right, canvas.getHeight());
        if (height <= 4 || right <= LABELS) {
            return;
        }
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double top = 1.15 * Math.max(most, Double.isNaN(promised) ? 1 : 1.3 * promised);
        CanvasPen pen = new CanvasPen(g);
        axes(pen, colours, right, height, top);
        if (!Double.isNaN(promised)) {
            double y = height - height * promised / top;
            pen.stroke(colours.warning(), 1, 5, 4);
            pen.line(LABELS, y, right, y);
        }
        double step = (right - LABELS) / (LabViewModel.SECONDS - 1);
        double left = right - (values.size() - 1) * step;
        double[] xs = new double[values.size()];
        double[] ys = new double[values.size()];
        g.setFill(colours.critical());
        for (int i = 0; i < values.size(); i++) {
            xs[i] = left + i * step;
            ys[i] = height - height * values.get(i) / top;
            if (values.get(i) > promised) {
                g.fillRect(xs[i] - step / 2, height + 2, step + 0.5, BAR);
            }
        }
        pen.stroke(colours.series().getFirst(), 1.6);
        pen.polyline(xs, ys, xs.length);
    }

    /** Lines at round figures, two to four of them, and the time that they stand for. */
    private static void axes(CanvasPen pen, Palette colours, double right, double height, double top) {
        TickUnit every = NumberAxis.createStandardTickUnits().getCeilingTickUnit(top / 3.5);
        pen.font(TEXT, false);
        for (int i = 0; i * every.getSize() <= top; i++) {
            double value = i * every.getSize();
            double y = Math.round(height - height * value / top) - 0.5;
            pen.stroke(colours.rail(), i == 0 ? 1 : 0.5);
            pen.line(LABELS, y, right, y);
            pen.fill(colours.soft());
            pen.text(every.valueToString(value), LABELS - 6, Math.max(y, TEXT / 2), Pen.Align.RIGHT, LABELS - 8);
        }
        double y = height + BELOW - TEXT / 2;
        pen.fill(colours.soft());
        pen.text(WORDS.get("chart.from", LabViewModel.SECONDS / 60), LABELS, y, Pen.Align.LEFT, 120);
        pen.text(WORDS.get("chart.to"), right - 2, y, Pen.Align.RIGHT, 120);
    }
}
