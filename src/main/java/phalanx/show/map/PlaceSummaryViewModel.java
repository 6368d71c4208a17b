package phalanx.show.map;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.run.Renewal;
import phalanx.show.Shown;
import phalanx.show.ViewContext;
import phalanx.telemetry.Telemetry;
import phalanx.topology.Services;

/** The summary of the selected place or link; made in the background, the newest wins. Screen thread. */
final class PlaceSummaryViewModel {
    private final ViewContext context;
    private final PlaceSummaries summaries;
    private final ReadOnlyObjectWrapper<Optional<PlaceSummary>> summary = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Renewal<Optional<PlaceSummary>> summing;

    PlaceSummaryViewModel(ViewContext context) {
        this.context = context;
        summaries = new PlaceSummaries(context.analysis());
        summing = new Renewal<>(context.jobs(), "sum up place", outcome -> {
            if (outcome instanceof Outcome.Ok<Optional<PlaceSummary>>(var made)) {
                summary.set(made);
            }
        });
        context.selection().state().subscribe((before, now) -> {
            if (!Objects.equals(before.place(), now.place())) {
                summing.now(work());
            }
        });
        context.shown().subscribe((_, _) -> summing.now(work()));
        context.telemetry().subscribe((_, _) -> summing.next(work()));
        summing.now(work());
    }

    /** Empty when nothing is selected. */
    ReadOnlyObjectProperty<Optional<PlaceSummary>> summary() {
        return summary.getReadOnlyProperty();
    }

    void show(ExplainedFinding finding) {
        context.selection().finding(finding);
    }

    private Function<Progress, Outcome<Optional<PlaceSummary>>> work() {
        String place = context.selection().now().place();
        Shown shown = context.shown().getValue();
        Telemetry telemetry = context.telemetry().getValue();
        return progress -> Outcome.ok(
                place == null ? Optional.empty() : summaries.of(place, shown, Services.of(telemetry), progress));
    }
}
