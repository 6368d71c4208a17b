package phalanx.app.agent;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.agents.narrate.Narration;
import phalanx.agents.narrate.Narrative;
import phalanx.agents.narrate.NarrativeText;
import phalanx.agents.narrate.Narrator;
import phalanx.app.terminal.ExitCode;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What agents did in an incident, as a story. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        header = "What happened in an incident, told from the audit trail; the agents need not run.",
        footer = {
            "",
            "Examples:",
            "  phalanx agent explain INC-1795392000000",
            "  phalanx agent explain INC-1795392000000 --markdown --model lab/language.json"
        })
final class AgentExplainCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "INCIDENT", description = "as the agents call it")
    private String incident = "";

    @Mixin
    private AgentCase where = new AgentCase();

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "settings of a language model that tells it in its own words, too (default: none is asked)")
    private @Nullable Path model;

    @Option(names = "--markdown", description = "as Markdown")
    private boolean markdown;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Path settings = model;
        Outcome<Narrator> narrator = settings == null
                ? Outcome.ok(Narrator::template)
                : LanguageFile.narrator(settings, () -> false, InstantSource.system());
        return switch (narrator.then(by -> where.read(kept -> Narrative.read(kept, incident, Locale.ENGLISH))
                .then(told -> Outcome.ok(new Asked(by, told))))) {
            case Outcome.Ok<Asked>(Asked(Narrator by, Narrative told)) -> {
                Narration narration = by.narrate(told);
                line.getOut().print(markdown ? NarrativeText.markdown(narration) : NarrativeText.text(narration));
                line.getOut().flush();
                yield ExitCode.OK;
            }
            case Outcome.Failed<Asked>(Problem problem) -> {
                line.getErr().println(problem);
                yield problem.code().equals(Narrative.UNKNOWN) ? ExitCode.USAGE : ExitCode.FORBIDDEN;
            }
        };
    }

    private record Asked(Narrator by, Narrative told) {}
}
