package phalanx.show;

import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;

/** Where the focus goes when a view or a window comes up. Screen thread. */
public final class Focus {
    private Focus() {}

    /** Gives the focus to the first node of that kind, inside another one, that can have it. @return whether there is one */
    public static boolean first(Node in, Predicate<Node> wanted) {
        if (!in.isVisible() || in.isDisabled()) {
            return false;
        }
        if (in.isFocusTraversable() && wanted.test(in)) {
            in.requestFocus();
            return true;
        }
        return in instanceof Parent parent
                && parent.getChildrenUnmodifiable().stream().anyMatch(child -> first(child, wanted));
    }

    /**
     * Does something behind the next layout of a scene, null for none: all of a view is there only then, and what lost the focus with
     * a view that went has been followed by something else.
     */
    public static void afterLayout(@Nullable Scene scene, Runnable work) {
        if (scene != null) {
            scene.addPostLayoutPulseListener(new Runnable() {
                @Override
                public void run() {
                    scene.removePostLayoutPulseListener(this);
                    work.run();
                }
            });
            Platform.requestNextPulse();
        }
    }
}
