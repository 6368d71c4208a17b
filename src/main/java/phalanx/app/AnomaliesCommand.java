package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.anomaly.Anomaly;
import phalanx.anomaly.AnomalyDetector;
import phalanx.anomaly.RandomCutForestModel;
import phalanx.app.terminal.ExitCode;
import phalanx.app.terminal.Figure;
import phalanx.app.terminal.Interruption;
import phalanx.app.terminal.TerminalProgress;
import phalanx.metrics.MetricFile;
import phalanx.metrics.MetricTable;
import phalanx.metrics.TimeSeries;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.share.AnomaliesJson;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Unusual stretches in files of metrics. */
@Command(
        name = "anomalies",
        mixinStandardHelpOptions = true,
        header = "Finds unusual stretches in metric files.",
        description = {
            "A file is CSV with a header; its first column is the time (seconds since the epoch, or ISO 8601), each other column a series.",
            "Each series is read in its order and judged by what came before (Random Cut Forest); the first 115 values are only learned from.",
            "Of captures, analyze finds the unusual stretches."
        },
        footer = {"", "Example:", "  phalanx anomalies latency.csv"})
final class AnomaliesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "CSV files of metrics")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "the document phalanx.anomalies/1, a line a file")
    private boolean json;

    @Option(names = "--quiet", description = "no progress on stderr")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        int worst = ExitCode.OK;
        for (Path file : files) {
            switch (MetricFile.read(file)) {
                case Outcome.Failed<MetricTable>(var problem) -> {
                    line.getErr().println(problem);
                    worst = ExitCode.UNREADABLE;
                    if (json) {
                        AnomaliesJson.write(file, problem, line.getOut());
                    }
                }
                case Outcome.Ok<MetricTable>(var table) -> {
                    Map<TimeSeries, List<Anomaly>> found;
                    try (TerminalProgress progress =
                                    new TerminalProgress(line.getErr(), !quiet && TerminalProgress.isTerminal());
                            Interruption _ = Interruption.cancels(progress)) {
                        found = find(table, progress);
                    } catch (Progress.Cancelled _) {
                        return ExitCode.CANCELLED;
                    }
                    if (json) {
                        AnomaliesJson.write(file, table, found, line.getOut());
                    } else {
                        tell(file, table, found, line.getOut());
                    }
                }
            }
        }
        return worst;
    }

    private static Map<TimeSeries, List<Anomaly>> find(MetricTable table, Progress progress) {
        Map<TimeSeries, List<Anomaly>> found = new LinkedHashMap<>();
        for (TimeSeries series : table.columns()) {
            progress.stopIfCancelled();
            progress.at(
                    "Learning " + series.name(), found.size(), table.columns().size());
            found.put(series, new AnomalyDetector(new RandomCutForestModel()).in(series));
        }
        return found;
    }

    private void tell(Path file, MetricTable table, Map<TimeSeries, List<Anomaly>> found, PrintWriter out) {
        long total = found.values().stream().mapToLong(List::size).sum();
        out.printf(
                "%s: %s in %,d values of %,d series%n",
                file,
                total == 0 ? "nothing unusual" : total == 1 ? "1 unusual stretch" : total + " unusual stretches",
                table.moments().size(),
                table.columns().size());
        found.forEach((series, anomalies) -> anomalies.forEach(anomaly -> out.printf(
                "  %-19s  %-19s  %s is %s, usually %s%n",
                table.moments().get(anomaly.first()),
                anomaly.last() == anomaly.first() ? "" : table.moments().get(anomaly.last()),
                series.name(),
                Figure.of(series.values()[anomaly.peak()]),
                Figure.of(anomaly.usual()))));
        out.flush();
    }
}
