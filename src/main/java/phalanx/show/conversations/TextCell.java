package phalanx.show.conversations;

import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;
import phalanx.show.SeverityMark;

/** Words or a figure; findings have the shape of the worst before their number, and the words in a tooltip; hosts that are called by a name
 * have their address there. */
final class TextCell extends LineCell {
    TextCell(ConversationColumn column) {
        super(column);
    }

    @Override
    void show(ConversationRow row) {
        if (column().look() != ConversationColumn.Look.FINDINGS) {
            setText(column().content().text(row));
            if (column().content() instanceof Content.End end
                    && !end.address(row).isEmpty()) {
                setTooltip(new Tooltip(end.address(row)));
            }
        } else if (!row.findings().isEmpty()) {
            setText(Integer.toString(row.findings().size()));
            setGraphic(SeverityMark.icon(row.worst()));
            setContentDisplay(ContentDisplay.LEFT);
            setTooltip(new Tooltip(DetailWords.findings(row)));
        }
    }
}
