package phalanx.app;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the commands over small captures while the JVM watches, so that later starts find classes and profiles ready (JEP 515). */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
    /** As often as the inner loops need to be found hot. */
    private static final int ROUNDS = 100;

    @Parameters(arity = "1..*")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        run("analyze", "--html", "--quiet");
        for (int round = 0; round < ROUNDS; round++) {
            run("inspect", "--quiet", round % 2 == 0 ? "--json" : "--no-color");
        }
        return ExitCode.OK;
    }

    private void run(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        files.forEach(file -> arguments.add(file.toString()));
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.run(nowhere, nowhere, arguments.toArray(String[]::new));
    }
}
