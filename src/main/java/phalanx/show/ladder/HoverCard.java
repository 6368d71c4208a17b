package phalanx.show.ladder;

import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;

/** What is known of the packet under the pointer, beside it. Takes no clicks. Screen thread. */
final class HoverCard extends Pane {
    private static final double BESIDE = 16;

    private final LadderCanvas ladder;
    private final FigureGrid grid = new FigureGrid();
    private int shown = -1;

    HoverCard(LadderCanvas ladder) {
        this.ladder = ladder;
        grid.getStyleClass().add("hover-card");
        grid.setVisible(false);
        getChildren().setAll(grid);
        setMouseTransparent(true);
        ladder.canvas().addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        ladder.canvas().addEventHandler(MouseEvent.MOUSE_EXITED, _ -> grid.setVisible(false));
        ladder.canvas().addEventHandler(MouseEvent.MOUSE_DRAGGED, _ -> grid.setVisible(false));
    }

    private void moved(MouseEvent move) {
        Viewport view = ladder.view();
        int rung = view == null ? -1 : PacketUnderPointer.at(view, move.getX(), move.getY());
        grid.setVisible(rung >= 0);
        if (view != null && rung >= 0) {
            if (rung != shown) {
                shown = rung;
                grid.show(PacketTables.sightings(view.picture(), rung));
                grid.applyCss();
                grid.autosize();
            }
            boolean left = move.getX() + BESIDE + grid.getWidth() > getWidth();
            boolean above = move.getY() + BESIDE + grid.getHeight() > getHeight();
            grid.relocate(
                    Math.max(0, left ? move.getX() - BESIDE - grid.getWidth() : move.getX() + BESIDE),
                    Math.max(0, above ? move.getY() - BESIDE - grid.getHeight() : move.getY() + BESIDE));
        }
    }

    /** What was told of the picture before is taken away. */
    void clear() {
        grid.setVisible(false);
        shown = -1;
    }
}
