package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import javafx.util.Duration;
import org.controlsfx.control.StatusBar;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.run.Jobs;
import phalanx.show.Controls;
import phalanx.show.Told;
import phalanx.show.Words;
import phalanx.stitch.ClockAlignment;

/** The bottom line: what is open, how far background work has come, how full the memory is. Screen thread. */
final class StatusLine {
    private static final Words WORDS = Words.of("shell");
    private static final Duration EVERY = Duration.seconds(2);
    private static final double TIGHT = 0.85;

    private final StatusBar bar = new StatusBar();
    private final HBox task = new HBox(8);
    private final Label what = new Label();
    private final ProgressBar progress = new ProgressBar();
    private final Label memory = new Label();
    private final Tooltip whole = new Tooltip();
    private final Timeline looking;
    private @Nullable ReadingPace reading;

    /**
     * @param cancel gives up the background work
     * @param said shows what was said last
     */
    StatusLine(Runnable cancel, Node said) {
        bar.setAccessibleText(WORDS.get("status"));
        bar.setFocusTraversable(false); // nothing can be done to it
        whole.textProperty().bind(bar.textProperty());
        bar.setTooltip(whole);
        memory.setMinWidth(Region.USE_PREF_SIZE);
        Button stop = Controls.icon("mdi2c-close", WORDS.get("cancel"), cancel);
        progress.setAccessibleText(WORDS.get("progress"));
        task.setAlignment(Pos.CENTER_RIGHT);
        task.getChildren().setAll(what, progress, stop);
        task.setVisible(false);
        task.managedProperty().bind(task.visibleProperty());
        memory.setTooltip(new Tooltip(WORDS.get("memory.hint")));
        HBox right = new HBox(16, task, memory);
        right.setAlignment(Pos.CENTER_RIGHT);
        right.setMinWidth(Region.USE_PREF_SIZE);
        bar.getRightItems().setAll(said, right);
        looking = new Timeline(new KeyFrame(EVERY, _ -> look()));
        looking.setCycleCount(Animation.INDEFINITE);
        look();
        // An animation that plays is never forgotten, nor is what it looks at.
        bar.sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(Window::showingProperty)
                .orElse(false)
                .subscribe(showing -> {
                    if (showing) {
                        looking.play();
                    } else {
                        looking.stop();
                    }
                });
    }

    StatusBar node() {
        return bar;
    }

    void say(String text) {
        bar.setText(text);
    }

    /** Shows how far background work on those files has come, null when there is none. */
    void work(Jobs.@Nullable Step step, List<Path> files) {
        task.setVisible(step != null);
        if (step == null) {
            reading = null;
            return;
        }
        ReadingPace pace = reading == null ? new ReadingPace(files) : reading;
        reading = pace;
        pace.at(step);
        what.setText(pace.isReading() ? pace.words() : Told.step(step.what()));
        progress.setProgress(pace.progress(step));
    }

    void close() {
        looking.stop();
    }

    private void look() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        boolean tight = used > TIGHT * runtime.maxMemory();
        String figure = WORDS.get("memory", used >> 20, runtime.maxMemory() >> 20);
        memory.setText(tight ? WORDS.get("memory.tight", figure) : figure);
    }

    /** What is open, in one line. */
    static String summary(Analysis analysis) {
        long packets = analysis.stitched().captures().stream()
                .mapToLong(point -> point.capture().summary().frames())
                .sum();
        long bound = analysis.stitched().clocks().stream()
                .mapToLong(ClockAlignment::boundNanos)
                .max()
                .orElse(0);
        int captures = analysis.stitched().captures().size();
        String clocks = captures == 1
                ? WORDS.get("clocks.one")
                : bound == Long.MAX_VALUE
                        ? WORDS.get("clocks.untied")
                        : WORDS.get("clocks.within", Words.language().duration(bound));
        return WORDS.get(
                "summary",
                Words.language().count(packets),
                captures,
                Words.language().count(analysis.stitched().journeys().size()),
                analysis.stitched().conversations().size(),
                clocks);
    }
}
