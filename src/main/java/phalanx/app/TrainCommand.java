package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import phalanx.app.terminal.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the commands while the JVM watches, so that later starts find classes and profiles ready (JEP 514, JEP 515). */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    @Parameters(arity = "1..*")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        run(nowhere, "analyze", "--html", "--quiet");
        run(nowhere, "inspect", "--json", "--quiet");
        run(nowhere, "inspect", "--quiet");
        try {
            Path folder = Files.createTempDirectory("phalanx-train");
            ProxyTraining.run(folder);
            DeskTraining.run(folder, files);
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException _) {
            // without a place for their files proxy and desk start as fast as they can
        }
        return ExitCode.OK;
    }

    private void run(PrintWriter out, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        files.forEach(file -> arguments.add(file.toString()));
        Main.run(out, out, arguments.toArray(String[]::new));
    }
}
