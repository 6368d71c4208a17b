package phalanx.show.packets;

import java.util.Arrays;
import java.util.function.IntConsumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import phalanx.show.CanvasPen;
import phalanx.show.Palette;
import phalanx.show.Spoken;
import phalanx.show.TextSize;
import phalanx.show.Words;

/** A dump of bytes that scrolls; draws the lines on the screen only. Arrow keys and clicks move to a byte. */
final class HexView extends Region {
    private static final Words WORDS = Words.of("packets");
    private static final double BAR = 14;
    private static final int WHEEL_LINES = 3;

    private final Canvas canvas = new Canvas();
    private final ScrollBar bar = new ScrollBar();
    private final TextSize texts = new TextSize();
    private final ObservableValue<Palette> palette;
    private final IntConsumer chosen;
    private HexPicture picture = HexPicture.EMPTY;
    private int laidOut;

    /** @param chosen told of the byte that was clicked or gone to */
    HexView(ObservableValue<Palette> palette, IntConsumer chosen) {
        this.palette = palette;
        this.chosen = chosen;
        bar.setOrientation(Orientation.VERTICAL);
        bar.valueProperty().subscribe(_ -> paint());
        getChildren().addAll(canvas, bar, texts);
        getStyleClass().add("hex");
        Spoken.diagram(this, WORDS.get("bytes"));
        palette.subscribe(_ -> paint());
        texts.times().subscribe(_ -> requestLayout());
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::click);
        addEventHandler(ScrollEvent.SCROLL, scroll -> {
            bar.setValue(Math.clamp(bar.getValue() - Math.signum(scroll.getDeltaY()) * WHEEL_LINES, 0, bar.getMax()));
            scroll.consume();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    /** Shows bytes, and of them the selected field. */
    void show(HexPicture now) {
        boolean moved = now.fieldStart() != picture.fieldStart() || !Arrays.equals(now.bytes(), picture.bytes());
        picture = now;
        requestLayout();
        layoutBar();
        if (moved || now.caret() >= 0) {
            revealSelected();
        }
        paint();
    }

    private void revealSelected() {
        if (picture.caret() >= 0 || picture.fieldEnd() > picture.fieldStart()) {
            reveal(picture.caret() >= 0 ? picture.caret() : picture.fieldStart());
        }
    }

    private HexPainter painter() {
        return new HexPainter(canvas.getWidth(), texts.now(), palette.getValue());
    }

    private int visibleLines() {
        return Math.max(1, (int) (canvas.getHeight() / HexPainter.line(texts.now())));
    }

    private void reveal(int at) {
        int line = at / painter().perLine();
        if (line < bar.getValue()) {
            bar.setValue(line);
        } else if (line >= bar.getValue() + visibleLines()) {
            bar.setValue(Math.min(bar.getMax(), line - visibleLines() + 1));
        }
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(0, getWidth() - BAR - 4);
        canvas.relocate(2, 2);
        canvas.setWidth(width);
        canvas.setHeight(Math.max(0, getHeight() - 4));
        bar.resizeRelocate(getWidth() - BAR - 2, 2, BAR, Math.max(0, getHeight() - 4));
        layoutBar();
        if (laidOut != painter().perLine()) { // lines hold other bytes now
            laidOut = painter().perLine();
            revealSelected();
        }
        paint();
    }

    private void layoutBar() {
        int lines = painter().lines(picture.bytes().length);
        int visible = visibleLines();
        bar.setMax(Math.max(0, lines - visible));
        bar.setVisibleAmount(lines == 0 ? 0 : bar.getMax() * visible / Math.max(lines, 1));
        bar.setBlockIncrement(visible);
        bar.setVisible(lines > visible);
        bar.setValue(Math.min(bar.getValue(), bar.getMax()));
    }

    private void paint() {
        if (canvas.getWidth() > 0 && canvas.getHeight() > 0) {
            painter()
                    .paint(
                            picture,
                            (int) bar.getValue(),
                            canvas.getWidth(),
                            canvas.getHeight(),
                            new CanvasPen(canvas.getGraphicsContext2D()));
        }
    }

    private void click(MouseEvent mouse) {
        requestFocus();
        int at = painter().byteAt(mouse.getX() - 2, mouse.getY() - 2, (int) bar.getValue(), picture.bytes().length);
        if (at >= 0) {
            chosen.accept(at);
        }
    }

    private void key(KeyEvent key) {
        int last = picture.bytes().length - 1;
        if (last < 0 || key.isControlDown() || key.isAltDown() || key.isMetaDown()) {
            return;
        }
        int now = picture.caret() >= 0 ? picture.caret() : picture.fieldStart();
        int perLine = painter().perLine();
        int to = switch (key.getCode()) {
            case LEFT -> now - 1;
            case RIGHT -> now + 1;
            case UP -> now - perLine;
            case DOWN -> now + perLine;
            case HOME -> now - now % perLine;
            case END -> now - now % perLine + perLine - 1;
            case PAGE_UP -> now - perLine * visibleLines();
            case PAGE_DOWN -> now + perLine * visibleLines();
            default -> Integer.MIN_VALUE;
        };
        if (to != Integer.MIN_VALUE) {
            chosen.accept(Math.clamp(to, 0, last));
            key.consume();
        }
    }

    @Override
    protected double computePrefWidth(double height) {
        return HexPainter.width(16, texts.now()) + BAR + 8;
    }

    @Override
    protected double computeMinWidth(double height) {
        return HexPainter.width(4, texts.now()) + BAR;
    }

    @Override
    protected double computePrefHeight(double width) {
        return 12 * HexPainter.line(texts.now());
    }

    @Override
    protected double computeMinHeight(double width) {
        return 3 * HexPainter.line(texts.now());
    }
}
