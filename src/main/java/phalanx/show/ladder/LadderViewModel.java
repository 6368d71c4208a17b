package phalanx.show.ladder;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import javafx.animation.PauseTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.HostNames;
import phalanx.show.NotedPackets;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.ViewContext;
import phalanx.stitch.Stitched;

/**
 * What the ladder shows of an analysis: follows the selection and the display filter, builds pictures in the background, the newest
 * wins and the last one stays until then. Screen thread.
 */
final class LadderViewModel {
    private final Jobs jobs;
    private final Selection selection;
    private final ObservableValue<Shown> shown;
    private final LadderBuilder builder;
    private final ObjectProperty<TimeScale.Mode> mode = new SimpleObjectProperty<>(TimeScale.Mode.FOLDED);
    private final ReadOnlyObjectWrapper<@Nullable LadderPicture> picture = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper late = new ReadOnlyBooleanWrapper();
    private final PauseTransition patience = new PauseTransition(Duration.millis(150));
    private final ReadOnlyIntegerWrapper second = new ReadOnlyIntegerWrapper(Selection.NONE);
    private final ObservableValue<HostNames> names;
    private final Stitched stitched;
    private final ReadOnlyObjectWrapper<NavigableMap<Integer, String>> noted =
            new ReadOnlyObjectWrapper<>(Collections.emptyNavigableMap());
    private @Nullable LadderScope wanted;
    private Jobs.Handle running = () -> {};
    private int asked;

    LadderViewModel(ViewContext context) {
        names = context.names();
        jobs = context.jobs();
        selection = context.selection();
        shown = context.shown();
        stitched = context.analysis().stitched();
        builder = new LadderBuilder(context.analysis());
        context.noted().subscribe(now -> noted.set(rungs(now, picture.get())));
        picture.subscribe(now -> noted.set(rungs(context.noted().getValue(), now)));
        patience.setOnFinished(_ -> late.set(busy.get()));
        busy.subscribe(now -> {
            if (now) {
                patience.playFromStart();
            } else {
                patience.stop();
                late.set(false);
            }
        });
        selection.state().subscribe(_ -> rebuild());
        shown.subscribe(_ -> rebuild());
        mode.subscribe(_ -> rebuild());
        names.subscribe((_, now) -> {
            LadderPicture drawn = picture.get();
            if (drawn != null) {
                picture.set(drawn.with(now));
            }
        });
    }

    ObjectProperty<TimeScale.Mode> mode() {
        return mode;
    }

    /** Null when there is nothing to show. */
    ReadOnlyObjectProperty<@Nullable LadderPicture> picture() {
        return picture.getReadOnlyProperty();
    }

    /** Whether another picture is on its way. */
    ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Whether another picture has been on its way for so long that one should be told. */
    ReadOnlyBooleanProperty late() {
        return late.getReadOnlyProperty();
    }

    /** The packet that the selected one is measured against, {@link Selection#NONE} for none. */
    ReadOnlyIntegerProperty second() {
        return second.getReadOnlyProperty();
    }

    /** What somebody noted on packets of the picture, by rung. */
    ReadOnlyObjectProperty<NavigableMap<Integer, String>> noted() {
        return noted.getReadOnlyProperty();
    }

    private NavigableMap<Integer, String> rungs(NotedPackets packets, @Nullable LadderPicture of) {
        NavigableMap<Integer, String> rungs = new TreeMap<>();
        if (of != null) {
            packets.each((capture, frame, text) -> {
                int row = stitched.captures().get(capture).packets().rowOfFrame(frame);
                int rung = row < 0 ? -1 : of.rungOf(stitched.journeys().journeyAt(capture, row));
                if (rung >= 0) {
                    rungs.merge(rung, text, (one, other) -> one.equals(other) ? one : one + "; " + other);
                }
            });
        }
        return Collections.unmodifiableNavigableMap(rungs);
    }

    Selection selection() {
        return selection;
    }

    /** What the picture is, or will be, of. */
    LadderScope scope() {
        return LadderScope.of(selection.now(), shown.getValue(), mode.get());
    }

    /** Selects the packet so many rungs further, the first or last at the ends; without one selected begins at the end it comes from. */
    void step(int rungs) {
        LadderPicture now = picture.get();
        if (now != null) {
            int at = now.rungOf(selection.now().journey());
            long from = at >= 0 ? at : rungs < 0 ? now.rungs() : -1;
            int to = Math.clamp(from + rungs, 0, now.rungs() - 1);
            selection.journey(now.journeys()[to]);
        }
    }

    /** Puts the second cursor on a packet, or takes it away where it already is. */
    void measureAgainst(int journey) {
        second.set(journey == second.get() ? Selection.NONE : journey);
    }

    /** Selects the packet of the second cursor and leaves that one on the packet selected before. */
    void swapCursors() {
        int first = selection.now().journey();
        if (second.get() != Selection.NONE && first != Selection.NONE) {
            int to = second.get();
            second.set(first);
            selection.journey(to);
        }
    }

    private void rebuild() {
        LadderScope scope = scope();
        if (scope.equals(wanted)) {
            return;
        }
        wanted = scope;
        running.cancel();
        int ask = ++asked;
        busy.set(true);
        running = jobs.<List<LadderPicture>>start(
                "draw ladder",
                progress -> {
                    LadderPicture built = builder.picture(scope, progress);
                    return Outcome.ok(built == null ? List.of() : List.of(built));
                },
                _ -> {},
                outcome -> {
                    if (ask == asked) {
                        busy.set(false);
                        if (outcome instanceof Outcome.Ok<List<LadderPicture>>(var built)) {
                            picture.set(
                                    built.isEmpty() ? null : built.getFirst().with(names.getValue()));
                        }
                    }
                });
    }
}
