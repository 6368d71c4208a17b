package phalanx.show.conversations;

import java.util.Arrays;
import java.util.stream.Collectors;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import phalanx.explain.FactFormat;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.FlowLimit;
import phalanx.measure.FlowLimits;

/** What the sender of a conversation waited for: the shares as a bar, the largest in words, all of them in the tooltip. */
final class FlowLimitsCell extends TableCell<ConversationMetrics, ConversationMetrics> {
    private static final double BAR = 72, THICK = 11;

    private final HBox bar = new HBox();
    private final Tooltip all = new Tooltip();

    FlowLimitsCell() {
        bar.getStyleClass().add("flow-limits");
        setGraphicTextGap(8);
        bar.setMinSize(BAR, THICK);
        bar.setMaxSize(BAR, THICK);
    }

    @Override
    protected void updateItem(@Nullable ConversationMetrics metrics, boolean empty) {
        super.updateItem(metrics, empty);
        FlowLimits limits = metrics == null ? null : metrics.limits().orElse(null);
        if (empty || limits == null) {
            setText(null);
            setGraphic(null);
            setTooltip(null);
            return;
        }
        bar.getChildren()
                .setAll(Arrays.stream(FlowLimit.values())
                        .filter(limit -> limits.of(limit) > 0)
                        .map(limit -> piece(limit, BAR * limits.of(limit) / limits.total()))
                        .toList());
        all.setText(Arrays.stream(FlowLimit.values())
                .filter(limit -> limits.of(limit) > 0)
                .map(limit -> limit.word() + " " + FactFormat.percent(limits.of(limit), limits.total()))
                .collect(Collectors.joining(
                        "\n",
                        "Of the time from the first data to the last, the "
                                + (limits.fromClient() ? "client" : "server") + " waited for:\n",
                        "")));
        setGraphic(bar);
        setText(FactFormat.most(limits));
        setTooltip(all);
    }

    private static Region piece(FlowLimit limit, double width) {
        Region piece = new Region();
        piece.getStyleClass().add("flow-" + limit.key().replace('_', '-'));
        piece.setMinWidth(width);
        piece.setPrefWidth(width);
        piece.setMaxWidth(width);
        return piece;
    }
}
