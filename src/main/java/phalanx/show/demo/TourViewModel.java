package phalanx.show.demo;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;
import phalanx.casefile.DemoScript;
import phalanx.show.Selection;
import phalanx.show.Shown;

/** How far a tour has come; goes on by itself when the user does what a step asks for. Screen thread. */
public final class TourViewModel {
    private final DemoScript script;
    private final ReadOnlyIntegerWrapper at = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper over = new ReadOnlyBooleanWrapper();
    private final Subscription watching;
    private Selection.State before;

    /**
     * Begins with nothing selected.
     *
     * @param shown what the display filter leaves over
     */
    public TourViewModel(DemoScript script, Selection selection, ObservableValue<Shown> shown) {
        this.script = script;
        selection.clear();
        before = selection.now();
        watching = selection.state().subscribe((_, state) -> selected(state)).and(shown.subscribe((_, now) -> {
            if (step().until() == DemoScript.Until.FILTER && !now.isAll()) {
                goOn();
            }
        }));
    }

    public DemoScript script() {
        return script;
    }

    /** Number of the step, from 0. */
    public ReadOnlyIntegerProperty at() {
        return at.getReadOnlyProperty();
    }

    /** Whether the tour was left, or ended. */
    public ReadOnlyBooleanProperty over() {
        return over.getReadOnlyProperty();
    }

    public DemoScript.Step step() {
        return script.steps().get(at.get());
    }

    public boolean isLast() {
        return at.get() == script.steps().size() - 1;
    }

    /** The next step, or the end behind the last one. */
    public void next() {
        if (isLast()) {
            leave();
        } else if (!over.get()) {
            at.set(at.get() + 1);
        }
    }

    public void back() {
        at.set(Math.max(0, at.get() - 1));
    }

    /** Ends the tour; what is open and selected stays. */
    public void leave() {
        watching.unsubscribe();
        over.set(true);
    }

    /** By itself; the last step stays to be read. */
    private void goOn() {
        if (!isLast()) {
            next();
        }
    }

    private void selected(Selection.State state) {
        boolean done = switch (step().until()) {
            case NOTHING, FILTER -> false;
            case FINDING -> state.finding() != null && !state.finding().equals(before.finding());
            case CONVERSATION ->
                state.conversation() != Selection.NONE && state.conversation() != before.conversation()
                        || state.conversation() != Selection.NONE
                                && before.finding() != null
                                && state.finding() == null;
            case PACKET -> state.packet() != null && !state.packet().equals(before.packet());
            case PLACE -> state.place() != null && !state.place().equals(before.place());
        };
        before = state;
        if (done) {
            goOn();
        }
    }
}
