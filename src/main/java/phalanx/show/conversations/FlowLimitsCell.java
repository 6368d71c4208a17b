package phalanx.show.conversations;

import java.util.Arrays;
import java.util.stream.Collectors;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import phalanx.measure.FlowLimit;
import phalanx.measure.FlowLimits;
import phalanx.show.Words;

/** What the sender of a conversation waited for: the shares as a bar, the largest in words, all of them in the tooltip. */
final class FlowLimitsCell extends LineCell {
    private static final Words WORDS = Words.of("conversations");
    private static final double BAR = 72, THICK = 11;

    private final HBox bar = new HBox();
    private final Tooltip all = new Tooltip();

    FlowLimitsCell(ConversationColumn column) {
        super(column);
        bar.getStyleClass().add("flow-limits");
        setGraphicTextGap(8);
        bar.setMinSize(BAR, THICK);
        bar.setMaxSize(BAR, THICK);
    }

    @Override
    void show(ConversationRow row) {
        row.metrics().limits().filter(limits -> limits.total() > 0).ifPresent(this::show);
    }

    private void show(FlowLimits limits) {
        bar.getChildren()
                .setAll(Arrays.stream(FlowLimit.values())
                        .filter(limit -> limits.of(limit) > 0)
                        .map(limit -> piece(limit, BAR * limits.of(limit) / limits.total()))
                        .toList());
        all.setText(Arrays.stream(FlowLimit.values())
                .filter(limit -> limits.of(limit) > 0)
                .map(limit -> Words.language().phrase(limit.word()) + " "
                        + Words.language().percent(limits.of(limit), limits.total()))
                .collect(Collectors.joining(
                        "\n",
                        (limits.fromClient() ? WORDS.get("limits.client") : WORDS.get("limits.server")) + "\n",
                        "")));
        setGraphic(bar);
        setText(Words.language().most(limits));
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
