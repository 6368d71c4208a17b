package phalanx.show.shell;

import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.command.CommandMenus;
import phalanx.show.command.Commands;
import phalanx.show.command.FuzzyMatch;

/** All keys: those of commands, and those of diagrams that have the focus. Screen thread. */
final class ShortcutSheet extends VBox {
    private static final Words WORDS = Words.of("shell");

    /** Of the width, percent. */
    private static final double KEYS = 34;

    /** Keys that act in a diagram alone. */
    private record DiagramKeys(String keys, String does) {}

    private final Commands commands;
    private final FlowPane groups = new FlowPane(24, 18);

    ShortcutSheet(Commands commands) {
        super(10);
        this.commands = commands;
        getStyleClass().add("shortcuts");
        TextField find = new TextField();
        find.setPromptText(WORDS.get("keys.find"));
        find.setAccessibleText(WORDS.get("keys.find"));
        find.textProperty().subscribe(this::fill);
        ScrollPane scroll = new ScrollPane(groups);
        scroll.setFitToWidth(true);
        getStyleClass().add("shortcuts");
        scroll.setFocusTraversable(true);
        scroll.setAccessibleText(WORDS.get("keys"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().setAll(find, scroll);
    }

    private static List<DiagramKeys> diagrams() {
        return List.of(
                new DiagramKeys("W A S D", WORDS.get("keys.pan")),
                new DiagramKeys("+ - 0", WORDS.get("keys.zoom")),
                new DiagramKeys("N  P", WORDS.get("keys.step")),
                new DiagramKeys("T E G", WORDS.get("keys.scale")),
                new DiagramKeys("Tab", WORDS.get("keys.sighting")),
                new DiagramKeys("Enter", WORDS.get("keys.open")));
    }

    private void fill(String letters) {
        groups.getChildren().clear();
        for (Command.Group group : Command.Group.values()) {
            GridPane grid = grid(CommandMenus.title(group));
            for (Command command : commands.all()) {
                if (command.group() == group
                        && command.keys() != null
                        && FuzzyMatch.score(letters, command.title()) >= 0) {
                    row(grid, command.title(), command.keysText());
                }
            }
            add(grid);
        }
        GridPane grid = grid(WORDS.get("keys.diagrams"));
        diagrams().stream()
                .filter(keys -> FuzzyMatch.score(letters, keys.does()) >= 0)
                .forEach(keys -> row(grid, keys.does(), keys.keys()));
        add(grid);
    }

    private void add(GridPane grid) {
        if (grid.getRowCount() > 1) {
            groups.getChildren().add(grid);
        }
    }

    private static GridPane grid(String title) {
        GridPane grid = new GridPane(12, 4);
        grid.getStyleClass().add("shortcut-group");
        Label head = new Label(title);
        head.getStyleClass().add("section-title");
        grid.add(head, 0, 0, 2, 1);
        ColumnConstraints left = new ColumnConstraints();
        left.setPercentWidth(KEYS);
        grid.getColumnConstraints().setAll(left, new ColumnConstraints());
        return grid;
    }

    private static void row(GridPane grid, String does, String keys) {
        int row = grid.getRowCount();
        Label label = new Label(keys);
        label.getStyleClass().add("key");
        label.setMinWidth(Region.USE_PREF_SIZE);
        grid.add(label, 0, row);
        Label what = new Label(does);
        what.setWrapText(true);
        grid.add(what, 1, row);
    }
}
