package phalanx.app.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.StepLog;
import phalanx.app.terminal.ExitCode;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What agents did, step by step. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        header = "What the agents did, step by step, as their case has it; they need not run.",
        footer = {"", "Examples:", "  phalanx agent log --follow", "  phalanx agent log --case lab/case --json"})
final class AgentLogCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private AgentCase where = new AgentCase();

    @Option(names = "--json", description = "a step a line, as JSON")
    private boolean json;

    @Option(names = "--follow", description = "and what they do from now on, until they end")
    private boolean follow;

    private long newest;

    private CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }

    @Override
    public Integer call() {
        switch (where.steps()) {
            case Outcome.Failed<List<StepLog.Entry>>(Problem problem) -> {
                return AgentCase.told(line(), problem);
            }
            case Outcome.Ok<List<StepLog.Entry>>(List<StepLog.Entry> steps) ->
                steps.forEach(entry -> tell(entry.id(), entry.step()));
        }
        line().getOut().flush();
        return follow ? follow() : ExitCode.OK;
    }

    private int follow() {
        try (AgentsClient client = new AgentsClient(where.folder())) {
            return switch (client.events(newest)) {
                case Outcome.Failed<InputStream>(Problem problem) -> AgentCase.told(line(), problem);
                case Outcome.Ok<InputStream>(InputStream events) -> {
                    read(events);
                    yield ExitCode.OK;
                }
            };
        }
    }

    /** Until the agents end, which cuts the line. */
    private void read(InputStream events) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
            String name = "";
            long id = newest;
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                if (text.startsWith("id: ")) {
                    id = Long.parseLong(text.substring(4));
                } else if (text.startsWith("event: ")) {
                    name = text.substring(7);
                } else if (text.startsWith("data: ")) {
                    take(id, name, text.substring(6));
                }
            }
        } catch (IOException | NumberFormatException _) {
            line().getErr().println("The agents ended.");
        }
    }

    private void take(long id, String name, String data) {
        if (name.equals("step")) {
            MessageJson.read(data).ifPresent(step -> tell(id, step));
            line().getOut().flush();
        } else {
            line().getErr().println("Steps were missed: phalanx agent log has them all.");
        }
    }

    private void tell(long id, Message step) {
        newest = Math.max(newest, id);
        if (json) {
            line().getOut().println(MessageJson.write(step));
        } else {
            AgentTeam.tell(step, line().getOut());
        }
    }
}
