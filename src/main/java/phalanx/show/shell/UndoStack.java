package phalanx.show.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** What was changed and can be changed back. Screen thread. */
final class UndoStack {
    private static final int MOST = 100;

    /** A change: what it was, how to take it back, how to do it again. */
    private record Edit(String what, Runnable undo, Runnable redo) {}

    private final Deque<Edit> done = new ArrayDeque<>();
    private final Deque<Edit> undone = new ArrayDeque<>();
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();

    /** Carries a change out and remembers it. */
    void change(String what, Runnable undo, Runnable redo) {
        redo.run();
        done.push(new Edit(what, undo, redo));
        if (done.size() > MOST) {
            done.removeLast();
        }
        undone.clear();
        tell();
    }

    /** Takes the last change back. @return what it was, empty when there was none */
    String undo() {
        return move(done, undone, true);
    }

    /** Makes the change again that was taken back last. @return what it was, empty when there was none */
    String redo() {
        return move(undone, done, false);
    }

    /** Forgets all changes, as for another case. */
    void clear() {
        done.clear();
        undone.clear();
        tell();
    }

    ReadOnlyBooleanProperty canUndo() {
        return canUndo.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty canRedo() {
        return canRedo.getReadOnlyProperty();
    }

    private String move(Deque<Edit> from, Deque<Edit> to, boolean back) {
        Edit edit = from.poll();
        if (edit == null) {
            return "";
        }
        (back ? edit.undo() : edit.redo()).run();
        to.push(edit);
        tell();
        return edit.what();
    }

    private void tell() {
        canUndo.set(!done.isEmpty());
        canRedo.set(!undone.isEmpty());
    }
}
