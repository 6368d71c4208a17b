package phalanx.show.shell;

import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.agents.Steering;
import phalanx.agents.observe.Proof;
import phalanx.run.Jobs;
import phalanx.show.FileDialogs;
import phalanx.show.Palette;
import phalanx.show.Words;
import phalanx.show.agents.AgentConsole;
import phalanx.show.agents.AgentsViewModel;
import phalanx.show.lab.LabPage;
import phalanx.show.lab.LabViewModel;

/** The lab of the desk and the agents that watch it, with what is seen of them on every page. Screen thread. */
final class DeskLab {
    private static final Words WORDS = Words.of("shell");
    private static final Duration EVERY = Duration.seconds(1);

    private final LabViewModel lab;
    private final AgentsViewModel agents;
    private final LabPage labPage;
    private final AgentConsole console;
    private final ActivityBar bar;
    private final ToggleButton pause = new ToggleButton(WORDS.get("agents.pause"), new FontIcon("mdi2p-pause"));
    private final Timeline looking;

    /** @param bar of the desk, which says when a person is wanted  @param palette the colours of what is painted  @param packets opens what proves something */
    DeskLab(Jobs jobs, FileDialogs files, ActivityBar bar, ObservableValue<Palette> palette, Consumer<Proof> packets) {
        this.bar = bar;
        lab = new LabViewModel(jobs);
        agents = new AgentsViewModel(jobs);
        labPage = new LabPage(lab, palette);
        console = new AgentConsole(agents, files, palette, packets);
        looking = new Timeline(new KeyFrame(EVERY, _ -> agents.look()));
        looking.setCycleCount(Animation.INDEFINITE);
        pause.setContentDisplay(ContentDisplay.TOP);
        pause.setMaxWidth(Double.MAX_VALUE);
        pause.setAccessibleHelp(WORDS.get("agents.pause.hint"));
        pause.setOnAction(_ -> agents.pause(pause.isSelected()));
        bar.foot(pause);
        lab.agents().subscribe(agents::watch);
        agents.steering().subscribe(there -> {
            if (there == null) {
                looking.stop();
            } else {
                looking.play();
            }
        });
        agents.condition().subscribe(this::told);
        agents.snapshot().subscribe(() -> told(agents.condition().get()));
        told(agents.condition().get());
    }

    private void told(AgentsViewModel.Condition now) {
        Steering.Snapshot snapshot = agents.snapshot().get();
        boolean there = now != AgentsViewModel.Condition.NONE;
        boolean paused = there && snapshot != null && snapshot.paused();
        pause.setVisible(there);
        pause.setManaged(there);
        pause.setSelected(paused);
        pause.setText(paused ? WORDS.get("agents.resume") : WORDS.get("agents.pause"));
        ((FontIcon) pause.getGraphic()).setIconLiteral(paused ? "mdi2p-play" : "mdi2p-pause");
        bar.want(ActivityBar.Activity.AGENTS, now == AgentsViewModel.Condition.WAITING);
    }

    /** Has all agents begin nothing any more, or go on. */
    void pauseAll() {
        agents.pause(!pause.isSelected());
    }

    LabViewModel lab() {
        return lab;
    }

    AgentsViewModel agents() {
        return agents;
    }

    Node labPage() {
        return labPage;
    }

    Node console() {
        return console;
    }

    /** Ends the lab before the desk goes; waits for its processes. */
    void close() {
        looking.stop();
        lab.close();
    }
}
