package phalanx.show.ladder;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.Selection;

/** What the ladder shows of an analysis: follows the selection, builds pictures in the background, the newest wins. Screen thread. */
public final class LadderViewModel {
    private final Jobs jobs;
    private final Selection selection;
    private final LadderBuilder builder;
    private final ObjectProperty<TimeScale.Mode> mode = new SimpleObjectProperty<>(TimeScale.Mode.FOLDED);
    private final ReadOnlyObjectWrapper<@Nullable LadderPicture> picture = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper details = new ReadOnlyStringWrapper("");
    private Jobs.Handle running = () -> {};
    private int asked;

    public LadderViewModel(Analysis analysis, Selection selection, Jobs jobs) {
        this.jobs = jobs;
        this.selection = selection;
        builder = new LadderBuilder(analysis);
        selection.conversation().subscribe(_ -> rebuild());
        selection.finding().subscribe((_, _) -> rebuild());
        selection.journey().subscribe(this::describe);
        mode.subscribe((_, _) -> rebuild());
    }

    public ObjectProperty<TimeScale.Mode> mode() {
        return mode;
    }

    /** Null when there is nothing to show. */
    public ReadOnlyObjectProperty<@Nullable LadderPicture> picture() {
        return picture.getReadOnlyProperty();
    }

    /** The selected packet in words: where it was seen, frame and time at each point. */
    public ReadOnlyStringProperty details() {
        return details.getReadOnlyProperty();
    }

    public Selection selection() {
        return selection;
    }

    /** Selects the packet so many rungs further, the first or last at the ends. */
    public void step(int rungs) {
        LadderPicture shown = picture.get();
        if (shown != null && shown.rungs() > 0) {
            int at = shown.rungOf(selection.journey().get());
            int to = at < 0 ? 0 : Math.clamp((long) at + rungs, 0, shown.rungs() - 1);
            selection.journey().set(shown.journeys()[to]);
        }
    }

    /** The first packet that proves a finding, {@link Selection#NONE} when its frames are no packets between hosts. */
    public static int firstProof(Analysis analysis, ExplainedFinding finding) {
        return LadderBuilder.firstProof(analysis.stitched(), finding);
    }

    private void rebuild() {
        running.cancel();
        int ask = ++asked;
        int conversation = selection.conversation().get();
        ExplainedFinding finding = selection.finding().get();
        TimeScale.Mode wanted = mode.get();
        running = jobs.<List<LadderPicture>>start(
                "draw ladder",
                _ -> {
                    LadderPicture built = builder.picture(conversation, finding, wanted);
                    return Outcome.ok(built == null ? List.of() : List.of(built));
                },
                _ -> {},
                outcome -> {
                    if (ask == asked && outcome instanceof Outcome.Ok<List<LadderPicture>>(var built)) {
                        picture.set(built.isEmpty() ? null : built.getFirst());
                    }
                });
    }

    private void describe(Number journey) {
        details.set(
                journey.intValue() == Selection.NONE
                        ? ""
                        : String.join("     ", builder.sightings(journey.intValue())));
    }
}
