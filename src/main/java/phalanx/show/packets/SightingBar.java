package phalanx.show.packets;

import java.util.List;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.show.Controls;
import phalanx.show.Selection;
import phalanx.show.Words;

/** The capture points that saw the selected packet, of which one is looked at, and the switch that compares two of them. */
final class SightingBar extends FlowPane {
    private static final Words WORDS = Words.of("packets");
    private static final Duration UNTIL_BUSY = Duration.millis(150);

    private final PacketDetailViewModel model;
    private final ToggleButton compare = new ToggleButton(WORDS.get("compare"));
    private final Label with = new Label(WORDS.get("compare-with"));
    private final ComboBox<Integer> other = new ComboBox<>();
    private final ProgressIndicator wait = new ProgressIndicator();
    private final PauseTransition late = new PauseTransition(UNTIL_BUSY);
    private final Button copy;
    private boolean following;

    SightingBar(PacketDetailViewModel model, Supplier<ContextMenu> menu) {
        super(6, 4);
        this.model = model;
        getStyleClass().addAll("pane-bar", "packets-bar");
        compare.setTooltip(new Tooltip(WORDS.get("compare-hint")));
        compare.selectedProperty().subscribe((_, now) -> {
            if (!following) {
                model.compare(now);
            }
        });
        other.setAccessibleText(WORDS.get("compare-with"));
        other.setCellFactory(_ -> cell());
        other.setButtonCell(cell());
        other.valueProperty().subscribe((_, now) -> {
            if (!following && now != null) {
                model.compareWith(now);
            }
        });
        copy = Controls.button(WORDS.get("copy"), () -> {});
        copy.setOnAction(_ -> menu.get().show(copy, Side.BOTTOM, 0, 0));
        wait.setPrefSize(16, 16);
        wait.setAccessibleText(WORDS.get("reading"));
        wait.setVisible(false);
        wait.managedProperty().bind(wait.visibleProperty()); // else a line is kept for it where the others fill theirs
        late.setOnFinished(_ -> wait.setVisible(true));
    }

    private ListCell<Integer> cell() {
        return new ListCell<>() {
            @Override
            protected void updateItem(@Nullable Integer point, boolean empty) {
                super.updateItem(point, empty);
                setText(empty || point == null ? null : model.point(point));
            }
        };
    }

    /** Reading that takes longer is told. */
    void busy(boolean now) {
        if (now) {
            late.playFromStart();
        } else {
            late.stop();
            wait.setVisible(false);
        }
    }

    /** @param shown null when no packet is selected */
    void show(PacketDetailViewModel.@Nullable Shown shown) {
        following = true;
        Node focused =
                getChildren().stream().filter(Node::isFocused).findFirst().orElse(null);
        getChildren().clear();
        setVisible(shown != null);
        setManaged(shown != null);
        if (shown != null) {
            List<Integer> seen = model.sightings();
            Label label = new Label(WORDS.get("seen-at"));
            label.getStyleClass().add("soft");
            getChildren().add(label);
            ToggleGroup group = new ToggleGroup();
            for (int point : seen) {
                getChildren().add(button(point, shown.packet(), group));
            }
            compare.setSelected(model.comparing());
            compare.setDisable(seen.size() < 2);
            getChildren().add(compare);
            int against = model.comparedWith();
            if (model.comparing() && against != Selection.NONE) {
                other.getItems()
                        .setAll(seen.stream()
                                .filter(point -> point != shown.packet().capture())
                                .toList());
                other.setValue(against);
                getChildren().addAll(with, other);
            } else if (model.comparing()) {
                getChildren().add(new Label(WORDS.get("compare-alone")));
            }
            getChildren().addAll(copy, wait);
            if (focused != null) { // else the line at the top would have it, and with it all keys
                boolean stays = getChildren().contains(focused) || !(group.getSelectedToggle() instanceof Node);
                (stays ? focused : (Node) group.getSelectedToggle()).requestFocus();
            }
        }
        following = false;
    }

    private ToggleButton button(int point, Selection.Packet packet, ToggleGroup group) {
        ToggleButton button = new ToggleButton(model.point(point));
        String hint = WORDS.get("seen-here", model.point(point), model.frameAt(point));
        button.setTooltip(new Tooltip(hint));
        button.setAccessibleText(hint);
        button.setToggleGroup(group);
        button.setSelected(point == packet.capture());
        button.setOnAction(_ -> {
            button.setSelected(true); // one of them always is
            model.see(point);
        });
        return button;
    }
}
