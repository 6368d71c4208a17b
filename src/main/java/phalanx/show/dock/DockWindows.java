package phalanx.show.dock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;
import software.coley.bentofx.Bento;
import software.coley.bentofx.control.DragDropStage;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;
import software.coley.bentofx.layout.container.DockContainerRootBranch;

/** The windows that views were put or dragged into; one that closes gives its views back. Screen thread. */
final class DockWindows {
    private final Bento bento;
    private final Consumer<List<Dockable>> back;

    /**
     * @param scenes makes the scene of a window, dressed as the desk is
     * @param back takes the views of a window that closes
     * @param closed is told of the view that was in front when the user closed a window; its views are back by then
     */
    DockWindows(Bento bento, Function<Region, Scene> scenes, Consumer<List<Dockable>> back, Consumer<Dockable> closed) {
        this.bento = bento;
        this.back = back;
        bento.stageBuilding().setSceneFactory((_, content, wide, high) -> {
            content.setPrefSize(wide, high);
            return scenes.apply(content);
        });
        bento.stageBuilding().setStageFactory(_ -> {
            DragDropStage stage = new DragDropStage(true);
            // BentoFX leaves a window open whose views have no cross; its filter comes before this one.
            stage.addEventFilter(WindowEvent.WINDOW_CLOSE_REQUEST, _ -> {
                List<Dockable> views = views(stage);
                stage.close();
                views.stream().findFirst().ifPresent(closed);
            });
            stage.addEventHandler(WindowEvent.WINDOW_HIDING, _ -> giveBack(stage));
            return stage;
        });
    }

    private void giveBack(Stage stage) {
        List<Dockable> views = views(stage);
        if (!views.isEmpty()) {
            back.accept(views);
        }
    }

    private static List<Dockable> views(Stage stage) {
        return stage.getScene().getRoot() instanceof DockContainerBranch docks
                ? List.copyOf(docks.getDockables())
                : List.of();
    }

    /** Opens a window of that size for a view that is docked nowhere. */
    void open(@Nullable Scene beside, Dockable dockable, double width, double height) {
        Stage stage = bento.stageBuilding().newStageForDockable(beside, dockable, width, height);
        stage.setTitle(dockable.getTitle());
        stage.show();
    }

    /** Closes them all. */
    void close() {
        List<Stage> windows = new ArrayList<>();
        for (DockContainerRootBranch docks : List.copyOf(bento.getRootContainers())) {
            Scene scene = docks.getScene();
            if (scene != null && scene.getWindow() instanceof DragDropStage stage) {
                windows.add(stage);
            }
        }
        windows.forEach(Stage::close);
    }

    /** Whether a dock is in one of them. */
    static boolean hold(@Nullable DockContainerLeaf leaf) {
        return leaf != null && leaf.getScene() != null && leaf.getScene().getWindow() instanceof DragDropStage;
    }

    /** Brings the window of a view before the others; nothing happens for one in the desk's. */
    static void raise(Dockable dockable) {
        DockContainerLeaf leaf = dockable.getContainer();
        if (leaf != null && hold(leaf) && leaf.getScene().getWindow() instanceof Stage stage) {
            stage.toFront();
            stage.requestFocus();
        }
    }
}
