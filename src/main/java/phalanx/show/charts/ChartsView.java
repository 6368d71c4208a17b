package phalanx.show.charts;

import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import phalanx.show.CanvasPen;
import phalanx.show.DataTable;
import phalanx.show.DeskView;
import phalanx.show.Palette;
import phalanx.show.Pen;
import phalanx.show.Selection;
import phalanx.show.Spoken;
import phalanx.show.TextSize;
import phalanx.show.ViewContext;
import phalanx.show.Words;

/**
 * Charts below each other on one time axis with one crosshair. The charts are drawn once for a picture; what moves over them is
 * drawn on a canvas of its own. Screen thread.
 */
public final class ChartsView extends BorderPane implements DeskView {
    private static final Words WORDS = Words.of("charts");
    private static final double LEAST_ROW = 100, MOST_ROW = 320;

    private final ChartsViewModel model;
    private final ObservableValue<Palette> palette;
    private final ChartsBar bar;
    private final FindingsCanvas lane;
    private final Canvas charts = new Canvas();
    private final Canvas over = new Canvas();
    private final Canvas axis = new Canvas();
    private final TextSize texts = new TextSize();
    private final ScrollPane scroll;
    private final Label moment = new Label();
    private final ChartGestures gestures;
    private @Nullable Frame frame;

    public ChartsView(ViewContext context) {
        model = new ChartsViewModel(context, DeskView.isSeen(this));
        palette = context.palette();
        getStyleClass().add("charts");
        getStylesheets().add("show/charts.css");
        gestures = new ChartGestures(model, this::frame, this::paintOver, this::repaint, this::scrollBy);
        lane = new FindingsCanvas(model, this::frame, this::paint);
        bar = new ChartsBar(model, gestures::zoomMiddle);
        setTop(bar);
        Pane pane = new Pane(charts, over, texts);
        over.setMouseTransparent(true);
        scroll = new ScrollPane(pane);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.setMinHeight(50);
        BorderPane stack = new BorderPane(scroll, lane, null, axis, null);
        stack.getStyleClass().add("chart-stack");
        stack.setMinWidth(260);
        setCenter(stack);
        Label help = new Label();
        help.setMinWidth(0);
        help.setTooltip(new Tooltip());
        help.getTooltip().textProperty().bind(help.textProperty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        moment.setMinWidth(Region.USE_PREF_SIZE);
        HBox read = new HBox(12, help, space, moment);
        read.getStyleClass().add("charts-read");
        setBottom(read);
        Spoken.diagram(charts, WORDS.get("charts"), WORDS.get("keys"));
        gestures.attach(charts);
        scroll.viewportBoundsProperty().subscribe(_ -> layOut());
        texts.times().subscribe(_ -> layOut());
        model.picture().subscribe(picture -> {
            EventMark event = picture == null ? null : picture.chosen();
            help.setText(event == null ? WORDS.get("help") : event.told());
            describe();
            layOut();
        });
        model.selection().state().subscribe(_ -> {
            describe();
            paintOver();
        });
        palette.subscribe(_ -> paint());
    }

    @Override
    public BorderPane node() {
        return this;
    }

    @Override
    public Optional<DataTable> table() {
        return Optional.ofNullable(model.picture().get()).map(ChartTable::new);
    }

    @Override
    public Optional<Drawing> drawing() {
        ChartPicture picture = model.picture().get();
        Frame now = frame;
        if (picture == null || now == null || picture.panels().isEmpty()) {
            return Optional.empty();
        }
        double above = new FindingLane(picture, now).height();
        double height = now.rowHeight() * picture.panels().size();
        Palette colours = palette.getValue();
        return Optional.of(new Drawing(now.width(), above + height + now.axisHeight(), pen -> {
            new FindingLane(picture, now).draw(pen, colours, "");
            ChartsPainter painter = new ChartsPainter(picture, colours, now.below(above));
            painter.charts(pen, Selection.NONE);
            painter.axis(pen, above + height);
        }));
    }

    private @Nullable Frame frame() {
        return frame;
    }

    /** Fits the charts into the height that there is, but not smaller than can be read. */
    private void layOut() {
        ChartPicture picture = model.picture().get();
        double width = scroll.getViewportBounds().getWidth();
        double height = scroll.getViewportBounds().getHeight();
        if (picture == null || width < 120 || height < 40) {
            return;
        }
        int rows = Math.max(1, picture.panels().size());
        double rowHeight = Math.clamp(Math.floor((height - 1) / rows), LEAST_ROW * texts.now(), MOST_ROW * texts.now());
        Frame now = new Frame(width, rowHeight, TextSize.USUAL * texts.now(), 0);
        frame = now;
        resize(charts, width, Math.max(1, rowHeight * picture.panels().size()));
        resize(over, width, charts.getHeight());
        resize(axis, width, now.axisHeight());
        lane.fit(picture, now);
        model.width((int) now.plotWidth());
        paint();
    }

    private static void resize(Canvas canvas, double width, double height) {
        canvas.setWidth(width);
        canvas.setHeight(height);
    }

    private void paint() {
        ChartPicture picture = model.picture().get();
        Frame now = frame;
        if (picture == null || now == null) {
            return;
        }
        Palette colours = palette.getValue();
        lane.paint(picture, now, colours);
        ChartsPainter painter = new ChartsPainter(picture, colours, now);
        painter.charts(cleared(charts), gestures.active());
        painter.axis(cleared(axis), 0);
        if (picture.panels().isEmpty()) {
            CanvasPen pen = cleared(axis);
            pen.fill(colours.soft());
            pen.font(now.fontSize(), false);
            pen.text(
                    WORDS.get("empty.none"), now.width() / 2, now.axisHeight() / 2, Pen.Align.CENTER, now.width() - 20);
        }
        paintOver();
    }

    /** After the keys went to another chart, which is told as well. */
    private void repaint() {
        paint();
        describe();
    }

    private void paintOver() {
        ChartPicture picture = model.picture().get();
        Frame now = frame;
        if (picture == null || now == null) {
            return;
        }
        CrosshairPainter painter = new CrosshairPainter(picture, palette.getValue(), now, cleared(over));
        painter.packet(model.packetNanos());
        gestures.draw(painter);
        moment.setText(gestures.moment().stream()
                .mapToObj(nanos -> Readout.time(picture, nanos))
                .collect(Collectors.joining()));
    }

    private static CanvasPen cleared(Canvas canvas) {
        canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        return new CanvasPen(canvas.getGraphicsContext2D());
    }

    private void scrollBy(double rows) {
        Frame now = frame;
        double hidden = charts.getHeight() - scroll.getViewportBounds().getHeight();
        if (now != null && hidden > 0) {
            scroll.setVvalue(Math.clamp(scroll.getVvalue() + rows * now.rowHeight() / hidden, 0, 1));
        }
    }

    private void describe() {
        Spoken.tell(charts, ChartSentences.of(model.picture().get(), gestures.active(), model.packetNanos()));
    }
}
