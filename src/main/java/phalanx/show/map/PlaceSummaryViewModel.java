package phalanx.show.map;

import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.show.Shown;
import phalanx.show.ViewContext;
import phalanx.telemetry.Telemetry;
import phalanx.topology.Services;

/** The summary of the selected place or link; made in the background, the newest wins. Screen thread. */
final class PlaceSummaryViewModel {
    private final ViewContext context;
    private final PlaceSummaries summaries;
    private final ReadOnlyObjectWrapper<Optional<PlaceSummary>> summary = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Jobs.Handle running = () -> {};
    private int asked;

    PlaceSummaryViewModel(ViewContext context) {
        this.context = context;
        summaries = new PlaceSummaries(context.analysis());
        context.selection().state().subscribe((before, now) -> {
            if (!Objects.equals(before.place(), now.place())) {
                sumUp(now.place());
            }
        });
        context.shown().subscribe((_, _) -> sumUp(context.selection().now().place()));
        context.telemetry().subscribe((_, _) -> sumUp(context.selection().now().place()));
        sumUp(context.selection().now().place());
    }

    /** Empty when nothing is selected. */
    ReadOnlyObjectProperty<Optional<PlaceSummary>> summary() {
        return summary.getReadOnlyProperty();
    }

    void show(ExplainedFinding finding) {
        context.selection().finding(finding);
    }

    private void sumUp(@Nullable String place) {
        Shown shown = context.shown().getValue();
        Telemetry telemetry = context.telemetry().getValue();
        running.cancel();
        int ask = ++asked;
        if (place == null) {
            summary.set(Optional.empty());
            return;
        }
        running = context.jobs()
                .<Optional<PlaceSummary>>start(
                        "sum up place",
                        progress -> Outcome.ok(summaries.of(place, shown, Services.of(telemetry), progress)),
                        _ -> {},
                        outcome -> {
                            if (ask == asked && outcome instanceof Outcome.Ok<Optional<PlaceSummary>>(var made)) {
                                summary.set(made);
                            }
                        });
    }
}
