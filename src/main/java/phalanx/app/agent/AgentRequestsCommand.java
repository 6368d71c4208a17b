package phalanx.app.agent;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.act.git.ConfigRepository;
import phalanx.act.git.RequestRecord;
import phalanx.app.terminal.ExitCode;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What became of merge requests. */
@Command(
        name = "requests",
        mixinStandardHelpOptions = true,
        header = "The merge requests of the agents, the newest first: who asked, why, what became of it.",
        description = "Git shows one with all of it: git show refs/phalanx/requests/ID",
        footer = {"", "Example:", "  phalanx agent requests --open"})
final class AgentRequestsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--repository",
            paramLabel = "FOLDER",
            defaultValue = "lab/repository.git",
            description = "the bare repository that configuration is deployed from (default: ${DEFAULT-VALUE})")
    private Path repository = Path.of("lab/repository.git");

    @Option(names = "--open", description = "only those that wait")
    private boolean open;

    @Option(names = "--difference", description = "with what they change")
    private boolean difference;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Outcome<List<RequestRecord>> requests = ConfigRepository.open(repository)
                .then(opened -> {
                    try (opened) {
                        return opened.requests();
                    }
                });
        return switch (requests) {
            case Outcome.Failed<List<RequestRecord>>(Problem problem) -> {
                line.getErr().println(problem);
                yield ExitCode.FORBIDDEN;
            }
            case Outcome.Ok<List<RequestRecord>>(List<RequestRecord> all) -> {
                all.stream()
                        .filter(one -> !open || one.state() == RequestRecord.State.OPEN)
                        .forEach(one -> tell(one, line));
                yield ExitCode.OK;
            }
        };
    }

    private void tell(RequestRecord one, CommandLine line) {
        say(
                line,
                String.join(
                        "  ",
                        TIME.format(one.opened().atZone(ZoneId.systemDefault())),
                        one.state().word(),
                        one.request().id(),
                        one.request().title(),
                        "(" + one.author() + ")",
                        one.address()));
        one.notes().forEach(note -> say(line, "    " + note));
        if (difference) {
            one.request().difference().lines().forEach(changed -> say(line, "    " + changed));
        }
    }

    private static void say(CommandLine line, String text) {
        line.getOut().println(ForeignText.line(text).stripTrailing());
    }
}
