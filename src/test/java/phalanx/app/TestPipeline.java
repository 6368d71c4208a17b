package phalanx.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import phalanx.explain.Analysis;
import phalanx.explain.Analyzer;
import phalanx.rules.RuleFolder;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.stitch.HopNames;

/** The real pipeline for tests of other rooms. */
public final class TestPipeline {
    private TestPipeline() {}

    public static Analyzer analyzer() {
        return new Pipeline(RuleFolder.NONE);
    }

    /** The answer to files that can be read. */
    public static Analysis analyze(List<Path> files) {
        return switch (new Pipeline(RuleFolder.NONE).analyze(HopNames.name(files), Progress.NONE)) {
            case Outcome.Ok<Analysis>(var analysis) -> analysis;
            case Outcome.Failed<Analysis>(var problem) -> throw new AssertionError(problem);
        };
    }

    /** What the command line answers to a sample. */
    public static String json(String sample) {
        StringWriter out = new StringWriter();
        Main.run(new PrintWriter(out), new PrintWriter(out), "analyze", "--json", "--quiet", "sample-pcaps/" + sample);
        return out.toString();
    }

    /** A sample's captures. */
    public static List<Path> sample(String name) {
        try (var entries = java.nio.file.Files.list(Path.of("sample-pcaps", name))) {
            return entries.filter(file -> file.toString().endsWith(".pcapng"))
                    .sorted()
                    .toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
