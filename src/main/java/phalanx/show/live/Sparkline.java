package phalanx.show.live;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Polyline;

/** How much went over an interface of late, as a small line. Screen thread. */
final class Sparkline extends StackPane {
    private static final double WIDTH = 90, HEIGHT = 18;

    private final Polyline line = new Polyline();
    private final int most;

    /** @param most values that fit */
    Sparkline(ObservableValue<List<Long>> values, int most) {
        this.most = most;
        setMinSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        getStyleClass().add("sparkline");
        line.getStyleClass().add("sparkline-line");
        line.setManaged(false);
        getChildren().add(line);
        values.subscribe(this::draw);
    }

    private void draw(List<Long> values) {
        long largest = values.stream().mapToLong(Long::longValue).max().orElse(0);
        line.getPoints().clear();
        for (int i = 0; i < values.size(); i++) {
            double x = WIDTH - 1 - (values.size() - 1 - i) * (WIDTH - 2) / (most - 1);
            double y = HEIGHT - 2 - (largest == 0 ? 0 : (HEIGHT - 4) * values.get(i) / largest);
            line.getPoints().addAll(x, y);
        }
    }
}
