package phalanx.show.shell;

import phalanx.agents.ScriptedAgents;
import phalanx.run.Outcome;
import phalanx.show.Screen;
import phalanx.show.lab.LabViewModel;
import phalanx.show.lab.ScriptedLab;

/** The lab and its agents: nothing at work, at work, broken; idle, waiting for a person, paused, over. */
final class AgentScenes {
    private final Scenes.Visit visit;

    AgentScenes(Scenes.Visit visit) {
        this.visit = visit;
    }

    void show() {
        ScriptedAgents agents = new ScriptedAgents("ask", null);
        agents.suggests(0.97);
        try (OpenDesk open = OpenDesk.open(visit)) {
            DeskLab lab = open.desk().lab();
            Screen.run(() -> {
                open.desk().labs(() -> Outcome.ok(new ScriptedLab(agents)));
                open.desk().show(ActivityBar.Activity.LAB);
            });
            open.look("lab-empty");
            Screen.run(() -> lab.lab().start(false));
            look(lab, 40);
            open.look("lab");
            Screen.run(() -> {
                lab.lab().watch(true);
                lab.lab().inject("pool-exhausted");
            });
            look(lab, 20);
            open.look("lab-broken");
            Screen.run(() -> open.desk().show(ActivityBar.Activity.AGENTS));
            open.look("agents-idle");
            agents.incident();
            Screen.run(() -> lab.agents().look());
            open.look("agents-waiting");
            Screen.run(() -> lab.agents().pause(true));
            open.look("agents-paused");
            Screen.run(() -> {
                lab.agents().pause(false);
                lab.agents()
                        .answer(
                                agents.steering()
                                        .snapshot()
                                        .open()
                                        .orElseThrow()
                                        .waiting()
                                        .orElseThrow()
                                        .id(),
                                true,
                                "as expected");
            });
            agents.pass(6);
            Screen.run(() -> lab.agents().look());
            open.look("agents-over");
        }
    }

    /** Time goes by. */
    private static void look(DeskLab lab, int seconds) {
        LabViewModel model = lab.lab();
        for (int i = 0; i < seconds; i++) {
            Screen.run(model::look);
        }
    }
}
