package phalanx.show.charts;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;
import phalanx.explain.ExplainedFinding;
import phalanx.show.CanvasPen;
import phalanx.show.Palette;
import phalanx.show.Spoken;
import phalanx.show.Words;

/** The lane of findings over the charts, in which a click or the arrow keys choose one. Screen thread. */
final class FindingsCanvas extends Canvas {
    private static final Words WORDS = Words.of("charts");
    private static final double WIDEST_TIP = 560;
    private static final int MOST_TOLD = 12;

    private final ChartsViewModel model;
    private final Supplier<@Nullable Frame> frame;
    private final Tooltip tip = new Tooltip();

    /**
     * @param frame where the charts lie, null until they do
     * @param repaint draws everything
     */
    FindingsCanvas(ChartsViewModel model, Supplier<@Nullable Frame> frame, Runnable repaint) {
        this.model = model;
        this.frame = frame;
        Spoken.diagram(this, WORDS.get("lane"), WORDS.get("lane.keys"));
        setOnMouseClicked(this::click);
        setOnMouseMoved(this::hover);
        setOnMouseExited(_ -> Tooltip.uninstall(this, tip));
        tip.setWrapText(true);
        tip.setMaxWidth(WIDEST_TIP);
        setOnKeyPressed(this::key);
        focusedProperty().subscribe(_ -> repaint.run());
    }

    /** As wide as the charts, as high as findings need; away when there are none. */
    void fit(ChartPicture picture, Frame now) {
        setWidth(now.width());
        setHeight(new FindingLane(picture, now).height());
        setVisible(getHeight() > 0);
    }

    void paint(ChartPicture picture, Frame now, Palette colours) {
        getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
        CanvasPen pen = new CanvasPen(getGraphicsContext2D());
        FindingLane lane = new FindingLane(picture, now);
        lane.draw(pen, colours, lane.hidden() == 0 ? "" : WORDS.get("more", lane.hidden()));
        if (isFocused()) {
            pen.stroke(colours.selection(), 2);
            pen.frame(1, 1, getWidth() - 2, getHeight() - 2, 0);
        }
        String chosen = picture.findings().stream()
                .filter(ChartPicture.Band::chosen)
                .map(band -> WORDS.get("lane.chosen", band.id(), kind(band.told())) + " ")
                .findFirst()
                .orElse("");
        EventMark event = picture.chosen();
        Spoken.tell(
                this,
                chosen
                        + (event == null ? "" : event.told() + " ")
                        + WORDS.get("lane.summary", picture.findings().size())
                        + (picture.marks().isEmpty()
                                ? ""
                                : " " + WORDS.get("lane.events", picture.marks().size())));
    }

    private static String kind(ExplainedFinding told) {
        return Words.language().kind(told.finding().kind());
    }

    private void click(MouseEvent click) {
        requestFocus();
        ChartPicture picture = model.picture().get();
        Frame now = frame.get();
        if (picture == null || now == null) {
            return;
        }
        FindingLane lane = new FindingLane(picture, now);
        ExplainedFinding told = lane.at(click.getX(), click.getY());
        List<EventMark> events = lane.eventsAt(click.getX(), click.getY());
        if (told != null) {
            model.selection().finding(told);
        } else if (!events.isEmpty()) {
            int at = picture.chosen() == null ? -1 : events.indexOf(picture.chosen());
            model.choose(events.get((at + 1) % events.size())); // one after the other of those at one place
        }
    }

    /** Tells of the events under the mouse. */
    private void hover(MouseEvent move) {
        ChartPicture picture = model.picture().get();
        Frame now = frame.get();
        List<EventMark> events = picture == null || now == null
                ? List.of()
                : new FindingLane(picture, now).eventsAt(move.getX(), move.getY());
        Tooltip.uninstall(this, tip);
        if (!events.isEmpty()) {
            String more =
                    events.size() > MOST_TOLD ? "\n" + WORDS.get("lane.more-events", events.size() - MOST_TOLD) : "";
            tip.setText(events.stream().limit(MOST_TOLD).map(EventMark::told).collect(Collectors.joining("\n")) + more);
            Tooltip.install(this, tip);
        }
    }

    private void key(KeyEvent key) {
        if (key.isControlDown() || key.isAltDown() || key.isMetaDown()) {
            return;
        }
        switch (key.getCode()) {
            case RIGHT -> step(1);
            case LEFT -> step(-1);
            case DOWN -> stepEvent(1);
            case UP -> stepEvent(-1);
            default -> {
                return;
            }
        }
        key.consume();
    }

    /** The next event by time, round at the ends; the next finding where there are no events. */
    private void stepEvent(int by) {
        ChartPicture picture = model.picture().get();
        List<EventMark> all = picture == null ? List.of() : picture.marks();
        if (picture == null || all.isEmpty()) {
            step(by);
        } else {
            int at = picture.chosen() == null ? -1 : all.indexOf(picture.chosen());
            model.choose(all.get(at < 0 ? (by > 0 ? 0 : all.size() - 1) : Math.floorMod(at + by, all.size())));
        }
    }

    /** The next finding in the order of the lane, round at the ends. */
    private void step(int by) {
        ChartPicture picture = model.picture().get();
        List<ChartPicture.Band> all = picture == null ? List.of() : picture.findings();
        if (!all.isEmpty()) {
            int at = 0;
            while (at < all.size() && !all.get(at).chosen()) {
                at++;
            }
            int next = at < all.size() ? Math.floorMod(at + by, all.size()) : by > 0 ? 0 : all.size() - 1;
            model.selection().finding(all.get(next).told());
        }
    }
}
