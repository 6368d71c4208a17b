package phalanx.show.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import phalanx.agents.ScriptedAgents;
import phalanx.agents.observe.Measure;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.StepLog;
import phalanx.agents.trail.StepText;
import phalanx.lab.chaos.FaultBook;
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
            open.says(List.of("quote", "policy", "payment", "bank"));
            FaultBook.ALL.forEach(fault -> open.says(List.of(fault.name(), fault.says())));
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
            told(open, agents);
            open.look("agents-waiting");
            Screen.run(() -> lab.agents().pause(true));
            told(open, agents);
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
            told(open, agents);
            open.look("agents-over");
        }
    }

    /** What agents say is theirs, in English: their steps as a line each, and the texts in them. */
    private static void told(OpenDesk open, ScriptedAgents agents) {
        List<String> texts = new ArrayList<>();
        agents.steering().log().after(0, StepLog.MOST).entries().forEach(entry -> {
            texts.add(StepText.of(entry.step()));
            texts(MessageJson.write(entry.step()), texts);
        });
        Arrays.stream(Measure.values()).forEach(measure -> texts.addAll(List.of(measure.word(), measure.unit())));
        open.says(texts);
    }

    private static void texts(String json, List<String> into) {
        try {
            texts(new ObjectMapper().readTree(json), into);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void texts(JsonNode node, List<String> into) {
        if (node.isTextual()) {
            into.addAll(node.asText().lines().map(String::strip).toList());
            into.add(node.asText().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        node.forEach(inner -> texts(inner, into));
    }

    /** Time goes by. */
    private static void look(DeskLab lab, int seconds) {
        LabViewModel model = lab.lab();
        for (int i = 0; i < seconds; i++) {
            Screen.run(model::look);
        }
    }
}
