package phalanx.show.map;

import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import phalanx.show.CanvasPen;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.TextSize;
import phalanx.show.Words;
import phalanx.topology.PlaceRole;

/** What shapes and lines of the map mean. Screen thread. */
final class MapLegend extends GridPane {
    private static final Words WORDS = Words.of("map");
    private static final double WIDE = 40, TALL = 19, HALF = 7;
    private static final int ROWS = 6;

    private final TextSize texts = new TextSize();

    MapLegend(ObservableValue<Palette> palette) {
        getStyleClass().add("map-legend");
        setAccessibleText(WORDS.get("legend.title"));
        for (PlaceRole role : PlaceRole.values()) {
            entry(palette, PlaceWords.role(role), pen -> shape(pen, role, palette.getValue()));
        }
        lines(palette);
        signs(palette);
        getChildren().add(texts);
    }

    private static void shape(Pen pen, PlaceRole role, Palette now) {
        PlaceShapes.draw(pen, role, WIDE / 2, TALL / 2, HALF, now.card(), now.text(), 1.4);
    }

    private void lines(ObservableValue<Palette> palette) {
        entry(palette, WORDS.get("legend.ok"), pen -> {
            pen.stroke(palette.getValue().soft(), 2);
            pen.line(2, TALL / 2, WIDE - 2, TALL / 2);
        });
        entry(palette, WORDS.get("legend.degraded"), pen -> {
            pen.stroke(palette.getValue().warning(), 2.5, 9, 5);
            pen.line(2, TALL / 2, WIDE - 2, TALL / 2);
        });
        entry(palette, WORDS.get("legend.failing"), pen -> {
            pen.stroke(palette.getValue().critical(), 1.6, 9, 4);
            pen.line(2, TALL / 2 - 2, WIDE - 2, TALL / 2 - 2);
            pen.line(2, TALL / 2 + 2, WIDE - 2, TALL / 2 + 2);
        });
        entry(palette, WORDS.get("legend.width"), pen -> {
            pen.fill(palette.getValue().soft());
            pen.polygon(
                    new double[] {2, WIDE - 2, WIDE - 2, 2},
                    new double[] {TALL / 2 - 0.5, TALL / 2 - 3.5, TALL / 2 + 3.5, TALL / 2 + 0.5});
        });
        entry(palette, WORDS.get("legend.there"), pen -> arrow(pen, palette.getValue(), true));
        entry(palette, WORDS.get("legend.back"), pen -> arrow(pen, palette.getValue(), false));
        entry(palette, WORDS.get("legend.finding"), pen -> {
            pen.fill(palette.getValue().critical());
            pen.rectangle(WIDE / 2 - 11, TALL / 2 - 8, 22, 16, 5);
            pen.fill(palette.getValue().background());
            pen.font(11, true);
            pen.text("F1", WIDE / 2, TALL / 2, Pen.Align.CENTER, 20);
        });
        entry(palette, WORDS.get("legend.several"), pen -> {
            Palette now = palette.getValue();
            PlaceShapes.draw(pen, PlaceRole.CLIENT, WIDE / 2 + 3, TALL / 2 - 2, HALF, now.background(), now.soft(), 1);
            PlaceShapes.draw(pen, PlaceRole.CLIENT, WIDE / 2, TALL / 2 + 1, HALF, now.card(), now.text(), 1.4);
        });
    }

    private void signs(ObservableValue<Palette> palette) {
        entry(palette, WORDS.get("legend.recorded"), pen -> {
            Palette now = palette.getValue();
            shape(pen, PlaceRole.ROUTER, now);
            PlaceShapes.recorded(pen, WIDE / 2, TALL / 2, HALF, now.text());
        });
    }

    private static void arrow(Pen pen, Palette palette, boolean there) {
        pen.fill(there ? palette.toServer() : palette.toClient());
        pen.font(12, true);
        pen.text(there ? "\u2192" : "\u2190", WIDE / 2, TALL / 2, Pen.Align.CENTER, WIDE);
    }

    private void entry(ObservableValue<Palette> palette, String meaning, Consumer<Pen> drawing) {
        int place = getChildren().size() / 2;
        add(sample(palette, drawing), 2 * (place / ROWS), place % ROWS);
        add(new Label(meaning), 2 * (place / ROWS) + 1, place % ROWS);
    }

    private Canvas sample(ObservableValue<Palette> palette, Consumer<Pen> drawing) {
        Canvas canvas = new Canvas();
        canvas.setAccessibleText(WORDS.get("legend.sample"));
        Runnable draw = () -> {
            double times = texts.now();
            canvas.setWidth(WIDE * times);
            canvas.setHeight(TALL * times);
            GraphicsContext on = canvas.getGraphicsContext2D();
            on.setTransform(times, 0, 0, times, 0, 0);
            on.clearRect(0, 0, WIDE, TALL);
            drawing.accept(new CanvasPen(on));
        };
        palette.subscribe(_ -> draw.run());
        texts.times().subscribe(_ -> draw.run());
        return canvas;
    }
}
