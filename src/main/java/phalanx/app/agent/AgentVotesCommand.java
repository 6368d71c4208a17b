package phalanx.app.agent;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.agents.trail.BallotText;
import phalanx.agents.trail.IncidentBook;
import phalanx.agents.trail.IncidentRecord;
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

/** The votes that agents took. */
@Command(
        name = "votes",
        mixinStandardHelpOptions = true,
        header = "What the agents proposed, who voted how and why, what became of it; the oldest first.",
        footer = {"", "Example:", "  phalanx agent votes --waiting"})
final class AgentVotesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private AgentCase where = new AgentCase();

    @Option(names = "--waiting", description = "only what waits for a person")
    private boolean waiting;

    @Option(names = "--json", description = "a proposal a line, as JSON")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        return switch (where.steps()) {
            case Outcome.Failed<List<StepLog.Entry>>(Problem problem) -> AgentCase.told(line, problem);
            case Outcome.Ok<List<StepLog.Entry>>(List<StepLog.Entry> steps) -> {
                IncidentBook book = new IncidentBook();
                steps.forEach(entry -> book.take(entry.step()));
                List<IncidentRecord.Attempt> attempts = book.newest().reversed().stream()
                        .filter(incident -> !waiting || incident.waiting().isPresent())
                        .flatMap(incident -> (waiting ? incident.last().stream() : incident.attempts().stream()))
                        .toList();
                attempts.forEach(one -> line.getOut().println(json ? MessageJson.write(one) : BallotText.of(one)));
                if (attempts.isEmpty() && !json) {
                    line.getOut().println(waiting ? "Nothing waits for a person." : "Nothing was proposed yet.");
                }
                yield ExitCode.OK;
            }
        };
    }
}
