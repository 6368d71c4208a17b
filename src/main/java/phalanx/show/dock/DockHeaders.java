package phalanx.show.dock;

import javafx.geometry.Bounds;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.show.Words;
import software.coley.bentofx.control.Header;
import software.coley.bentofx.control.HeaderPane;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/** The tabs of a dock with one menu for what can be done to its views, by mouse and keyboard. Screen thread. */
final class DockHeaders extends HeaderPane {
    private static final Words WORDS = Words.of("dock");

    private final Docks docks;

    DockHeaders(DockContainerLeaf leaf, Docks docks) {
        super(leaf);
        this.docks = docks;
        // Tabs that have no room end where the menu begins, which lists them all.
        Rectangle seen = new Rectangle();
        seen.widthProperty().bind(getHeaders().widthProperty());
        seen.heightProperty().bind(getHeaders().heightProperty());
        getHeaders().setClip(seen);
    }

    /** What would be half a tab is none; the one in front is seen as far as there is room. */
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        getHeaders().layout();
        double room = getHeaders().getWidth();
        Dockable front = getContainer().getSelectedDockable();
        for (Node child : getHeaders().getChildrenUnmodifiable()) {
            if (child instanceof Header header) {
                Bounds bounds = header.getBoundsInParent();
                boolean whole = bounds.getMinX() > -1 && bounds.getMaxX() <= room + 1;
                // What is not managed was left where it stood before.
                header.setVisible(
                        header.isManaged() && (whole || header.getDockable().equals(front)));
            }
        }
    }

    @Override
    protected Node[] createButtonArray() {
        MenuButton menu = new MenuButton("", new FontIcon("mdi2d-dots-vertical"));
        menu.getStyleClass().addAll("flat", "no-arrow", "dock-menu");
        menu.setTooltip(new Tooltip(WORDS.get("menu")));
        menu.setAccessibleText(WORDS.get("menu"));
        menu.setOnShowing(_ -> fill(menu));
        menu.getItems().add(new MenuItem()); // a menu without items would not open
        return new Node[] {new Group(menu)}; // a region would be made as high as the tabs, and these never low again
    }

    private void fill(MenuButton menu) {
        DockContainerLeaf leaf = getContainer();
        menu.getItems().clear();
        for (Dockable dockable : leaf.getDockables()) {
            menu.getItems().add(item(dockable.getTitle(), () -> leaf.selectDockable(dockable)));
        }
        Dockable front = leaf.getSelectedDockable();
        if (front == null) {
            return;
        }
        menu.getItems().add(new SeparatorMenuItem());
        for (DockPlace place : DockPlace.values()) {
            if (!place.id().equals(leaf.getIdentifier())) {
                menu.getItems().add(item(to(front, place), () -> docks.move(front, place)));
            }
        }
        menu.getItems().add(item(WORDS.get("detach", front.getTitle()), () -> docks.detach(front)));
        menu.getItems().add(item(WORDS.get("close", front.getTitle()), () -> leaf.removeDockable(front)));
    }

    private static String to(Dockable dockable, DockPlace place) {
        String title = dockable.getTitle();
        return switch (place) {
            case LEFT -> WORDS.get("move.left", title);
            case TOP -> WORDS.get("move.top", title);
            case CENTRE -> WORDS.get("move.centre", title);
            case BOTTOM -> WORDS.get("move.bottom", title);
            case RIGHT -> WORDS.get("move.right", title);
            case INSPECTOR -> WORDS.get("move.inspector", title);
        };
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> action.run());
        return item;
    }
}
