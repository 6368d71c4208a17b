package phalanx.app;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.casefile.DemoScript;
import phalanx.casefile.DemoScripts;
import phalanx.show.demo.Demo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the guided demos and opens one. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "Guided demos: captures of one known fault each.",
        footer = {
            "",
            "Examples:",
            "  phalanx demo list",
            "  phalanx demo run mtu-black-hole",
            "  phalanx demo run slow-server --quiz"
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), "Say list or run.");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "prints their ids, titles and stories")
    int list() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        for (DemoScript script : DemoScripts.all(Locale.ENGLISH)) {
            out.printf(Locale.ROOT, "%-24s %s%n%-24s %s%n", script.id(), script.title(), "", script.story());
        }
        out.flush();
        return ExitCode.OK;
    }

    @Command(name = "run", mixinStandardHelpOptions = true, description = "opens one on the desk")
    int run(
            @Parameters(paramLabel = "ID", description = "as list prints it") String id,
            @Option(names = "--quiz", description = "withhold the answer until it was named") boolean quiz) {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (DemoScripts.find(id, Locale.ENGLISH).isEmpty()) {
            throw new CommandLine.ParameterException(line, "There is no demo " + id + ". See: phalanx demo list.");
        }
        return Desktop.demo(id, quiz ? Demo.Mode.QUIZ : Demo.Mode.TOUR);
    }
}
