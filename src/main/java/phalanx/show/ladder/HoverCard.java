package phalanx.show.ladder;

import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/** What is known of what is under the pointer, beside it: a packet, or what the minimap shows. Takes no clicks. Screen thread. */
final class HoverCard extends Pane {
    private static final double BESIDE = 16;

    private final LadderCanvas ladder;
    private final FigureGrid packet = new FigureGrid();
    private final MinimapKey key = new MinimapKey();
    private int shown = -1;

    HoverCard(LadderCanvas ladder) {
        this.ladder = ladder;
        packet.getStyleClass().add("hover-card");
        key.getStyleClass().add("hover-card");
        getChildren().setAll(packet, key);
        hide();
        setMouseTransparent(true);
        ladder.canvas().addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        ladder.canvas().addEventHandler(MouseEvent.MOUSE_EXITED, _ -> hide());
        ladder.canvas().addEventHandler(MouseEvent.MOUSE_DRAGGED, _ -> hide());
    }

    private void hide() {
        packet.setVisible(false);
        key.setVisible(false);
    }

    private void moved(MouseEvent move) {
        Viewport view = ladder.view();
        int rung = view == null ? -1 : PacketUnderPointer.at(view, move.getX(), move.getY());
        if (rung >= 0 && ladder.isSelected(rung)) {
            rung = -1; // what is known of it stands below the ladder
        }
        packet.setVisible(rung >= 0);
        key.setVisible(view != null && Minimap.isAt(view, move.getX(), move.getY()));
        if (view != null && rung >= 0) {
            if (rung != shown) {
                shown = rung;
                packet.show(PacketTables.sightings(view.picture(), rung));
            }
            place(packet, move);
        } else if (key.isVisible()) {
            place(key, move);
        }
    }

    private void place(Region card, MouseEvent pointer) {
        card.applyCss();
        card.autosize();
        boolean left = pointer.getX() + BESIDE + card.getWidth() > getWidth();
        boolean above = pointer.getY() + BESIDE + card.getHeight() > getHeight();
        card.relocate(
                Math.max(0, left ? pointer.getX() - BESIDE - card.getWidth() : pointer.getX() + BESIDE),
                Math.max(0, above ? pointer.getY() - BESIDE - card.getHeight() : pointer.getY() + BESIDE));
    }

    /** What was told of the picture before is taken away. */
    void clear() {
        hide();
        shown = -1;
    }
}
