package phalanx.show.live;

import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Controls;
import phalanx.show.SeverityMark;
import phalanx.show.Words;

/** How captures under way stand, in one line with what can be done to them. Screen thread. */
public final class LiveStrip extends HBox {
    private static final Words WORDS = Words.of("live");
    private static final double NANOS = 1e9;

    private final LiveSession session;
    private final Label state = new Label();
    private final Label counts = new Label();
    private final Label verdict = new Label();
    private final Button pause;
    private final ObjectProperty<@Nullable Analysis> newest = new SimpleObjectProperty<>();

    /**
     * @param following whether the views show each new answer; changed here and elsewhere
     * @param details shows what was found since the begin
     */
    public LiveStrip(LiveSession session, BooleanProperty following, Runnable details) {
        this.session = session;
        getStyleClass().add("live-strip");
        setAlignment(Pos.CENTER_LEFT);
        FontIcon dot = new FontIcon("mdi2r-record-circle");
        dot.getStyleClass().add("live-dot");
        state.setGraphic(dot);
        state.getStyleClass().add("strong");
        state.setMinWidth(Region.USE_PREF_SIZE);
        counts.setMinWidth(Region.USE_PREF_SIZE);
        counts.setTooltip(new Tooltip());
        verdict.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(verdict, Priority.ALWAYS);
        ToggleButton follow = new ToggleButton();
        follow.selectedProperty().bindBidirectional(following);
        follow.setGraphic(new FontIcon("mdi2a-arrow-collapse-down"));
        follow.setTooltip(new Tooltip(WORDS.get("follow.hint")));
        follow.selectedProperty().subscribe(on -> follow.setText(WORDS.get(on ? "follow" : "follow.held")));
        follow.setMinWidth(Region.USE_PREF_SIZE);
        Button since = Controls.button(WORDS.get("details"), details);
        since.setMinWidth(Region.USE_PREF_SIZE);
        pause = Controls.icon("mdi2p-pause", WORDS.get("pause"), this::pause);
        Button stop = Controls.button(WORDS.get("stop"), session::stop);
        stop.setGraphic(new FontIcon("mdi2s-stop"));
        stop.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().setAll(state, counts, verdict, since, follow, pause, stop);
        session.status().subscribe(this::show);
        newest.subscribe(this::tell);
    }

    /** The newest answer, whether it is shown or not. */
    public ObjectProperty<@Nullable Analysis> newest() {
        return newest;
    }

    private void pause() {
        session.pause(!session.status().get().paused());
    }

    private void show(LiveSession.Status now) {
        long seconds = (long) (now.nanos() / NANOS);
        String time = "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
        state.setText(WORDS.get(now.paused() ? "paused" : "live", time));
        pause.setGraphic(new FontIcon(now.paused() ? "mdi2p-play" : "mdi2p-pause"));
        pause.setAccessibleText(WORDS.get(now.paused() ? "resume" : "pause"));
        pause.getTooltip().setText(WORDS.get(now.paused() ? "resume" : "pause"));
        counts.setText(
                now.frames() == 0
                        ? WORDS.get("waiting")
                        : WORDS.get(
                                "counts",
                                Words.language().count(now.frames()),
                                Words.language().count(Math.round(now.rate())),
                                now.dropped().map(Words.language()::count).orElse("?")));
        counts.getTooltip().setText(points(now.points()));
    }

    private static String points(List<LiveSession.Point> points) {
        return points.stream()
                .map(point -> WORDS.get(
                        "point",
                        point.hop().name(),
                        Words.language().count(point.counts().frames()),
                        point.counts().dropped() < 0
                                ? "?"
                                : Words.language().count(point.counts().dropped()),
                        point.by(),
                        point.file()))
                .collect(Collectors.joining("\n"));
    }

    private void tell(@Nullable Analysis analysis) {
        if (analysis == null || analysis.stitched().journeys().size() == 0) {
            verdict.setText("");
            verdict.setGraphic(null);
            verdict.setTooltip(null);
            return;
        }
        String summary = analysis.conclusion().summary();
        ExplainedFinding root = analysis.conclusion().finding();
        FontIcon mark = root == null
                ? new FontIcon("mdi2c-check-circle-outline")
                : SeverityMark.icon(root.finding().severity());
        if (root == null) {
            mark.getStyleClass().add("severity-icon-ok");
        }
        verdict.setText(summary);
        verdict.setGraphic(mark);
        verdict.setTooltip(new Tooltip(summary));
    }
}
