package phalanx.show.ladder;

import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.show.Words;

/** What the colours of the {@link Minimap} mean. Screen thread. */
final class MinimapKey extends VBox {
    private static final Words WORDS = Words.of("ladder");

    MinimapKey() {
        getStyleClass().add("figure-grid");
        Label title = new Label(WORDS.get("minimap"));
        title.getStyleClass().add("strong");
        GridPane grid = new GridPane();
        grid.setHgap(8);
        grid.setVgap(1);
        getChildren().setAll(title, grid);
        add(grid, "to-server", WORDS.get("minimap.to-server"));
        add(grid, "to-client", WORDS.get("minimap.to-client"));
        add(grid, "again", WORDS.get("minimap.again"));
        add(grid, "critical", WORDS.get("minimap.lost"));
        add(grid, "warning", WORDS.get("minimap.proof"));
        add(grid, "selection", WORDS.get("minimap.seen"));
    }

    /** @param colour of the palette, by its name in style sheets */
    private static void add(GridPane grid, String colour, String meaning) {
        Region swatch = new Region();
        swatch.getStyleClass().add(colour.equals("selection") ? "swatch-frame" : "swatch");
        swatch.setStyle("-px-swatch: -px-" + colour + ";");
        grid.addRow(grid.getRowCount(), swatch, new Label(meaning));
    }
}
