package phalanx.show.proxy;

import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.record.RequestRecord;
import phalanx.show.Words;

/** Where a request's time went, as a bar: connecting, waiting for the server, the rest. Screen thread. */
final class TimingCell extends TableCell<RequestRecord, RequestRecord> {
    private static final Words WORDS = Words.of("proxy");

    /** Nanoseconds worth a word: a limit, a fault on purpose, a breakpoint or a queue took them. */
    private static final long NOTABLE = 1_000_000;

    private static final double THICK = 10, WIDTH = 92;

    private final HBox bar = bar(WIDTH);
    private final Tooltip tooltip = new Tooltip();

    /** An empty bar. */
    static HBox bar(double width) {
        HBox bar = new HBox();
        bar.getStyleClass().add("timing");
        bar.setMinSize(width, THICK);
        bar.setMaxSize(width, THICK);
        return bar;
    }

    /** Fills a bar with the shares of a request. */
    static void fill(HBox bar, RequestRecord record) {
        double width = bar.getMinWidth() / Math.max(1, record.totalNanos());
        long rest = rest(record);
        bar.getChildren()
                .setAll(
                        piece("timing-before", record.chosenNanos() * width),
                        piece("timing-connect", record.connectNanos() * width),
                        piece("timing-wait", record.headNanos() * width),
                        piece("timing-rest", rest * width));
    }

    /** The same in words. */
    static String words(RequestRecord record) {
        if (record.upstreamPeer() == null) {
            return WORDS.get("timing.none", Words.language().duration(record.totalNanos()));
        }
        return WORDS.get(
                "timing",
                Words.language().duration(record.chosenNanos()),
                record.chosenNanos() > NOTABLE ? 1 : 0,
                Words.language().duration(record.connectNanos()),
                Words.language().duration(record.headNanos()),
                Words.language().duration(rest(record)));
    }

    private static long rest(RequestRecord record) {
        return Math.max(0, record.totalNanos() - record.chosenNanos() - record.connectNanos() - record.headNanos());
    }

    private static Region piece(String style, double width) {
        Region piece = new Region();
        piece.getStyleClass().add(style);
        piece.setMinWidth(width);
        piece.setPrefWidth(width);
        piece.setMaxWidth(width);
        return piece;
    }

    @Override
    protected void updateItem(@Nullable RequestRecord record, boolean empty) {
        super.updateItem(record, empty);
        if (empty || record == null) {
            setGraphic(null);
            setTooltip(null);
            return;
        }
        fill(bar, record);
        tooltip.setText(words(record));
        setGraphic(bar);
        setTooltip(tooltip);
    }
}
