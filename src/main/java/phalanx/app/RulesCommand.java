package phalanx.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.app.pipeline.Pipeline;
import phalanx.app.pipeline.UserRules;
import phalanx.app.terminal.ExitCode;
import phalanx.capture.CaptureFolder;
import phalanx.decode.filter.Field;
import phalanx.diagnose.Rule;
import phalanx.diagnose.RuleBook;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.rules.CustomRule;
import phalanx.rules.MeasureFields;
import phalanx.rules.RuleFolder;
import phalanx.rules.Subject;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.stitch.HopNames;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The user's own rules: what there is, and what they say of captures. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        header = "Lists and tries your own rules and thresholds.",
        description = {
            "A folder of YAML or JSON files adds rules to the built-in ones and changes thresholds:",
            "  --rules DIR, else $PHALANX_RULES, else phalanx/rules in the folder of your settings.",
            "",
            "A rule asks a condition of each segment, conversation or capture, in the language of display filters:",
            "",
            "  rules:",
            "    - id: voice-loss",
            "      of: segment",
            "      when: segment.loss > 0.5 and segment.delay.p95 > 0.05",
            "      severity: warning",
            "      summary: Voice suffers {place}, {segment.loss} percent are lost.",
            "      remedy: Ask the carrier of that line.",
            "    - id: slow-database",
            "      of: conversation",
            "      when: conversation.server.port == 5432 and conversation.response.p95 > 0.02",
            "      summary: The database takes {conversation.response.p95}.",
            "",
            "  thresholds:",
            "    slow-answer: 500 ms",
            "    jitter: 20 ms"
        },
        footer = {
            "",
            "Examples:",
            "  phalanx rules list --rules my-rules",
            "  phalanx rules test --rules my-rules client.pcapng server.pcapng",
            "  phalanx rules --fields"
        })
final class RulesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--fields", description = "list the measures that conditions can compare")
    private boolean fields;

    private CommandLine line() {
        return Objects.requireNonNull(spec).commandLine();
    }

    @Override
    public Integer call() {
        if (!fields) {
            throw new CommandLine.ParameterException(line(), "Say list, test or --fields.");
        }
        for (Subject subject : Subject.values()) {
            for (Field field : MeasureFields.of(subject).all()) {
                line().getOut()
                        .printf("%-32s %-18s %s%n", field.name(), field.type().word(), field.description());
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, header = "Lists all rules, and what your folder changes.")
    int list(@Option(names = "--rules", paramLabel = "DIR", description = "your folder") @Nullable Path folder) {
        PrintWriter out = line().getOut();
        RuleFolder own = UserRules.read(folder);
        out.printf("%-22s %-10s %s%n", "rule", "from", "finds");
        for (Rule rule : RuleBook.RULES) {
            out.printf("%-22s %-10s %s%n", rule.id(), "built in", String.join(", ", rule.kinds()));
        }
        for (CustomRule rule : own.rules()) {
            out.printf(
                    "%-22s %-10s %s (%s) of each %s: %s%n",
                    rule.id(),
                    rule.file().getFileName(),
                    rule.kind(),
                    rule.severity().word(),
                    rule.of().word(),
                    rule.when());
        }
        own.set().forEach((name, value) -> out.printf("threshold %-22s %s%n", name, value));
        own.problems().forEach(line().getErr()::println);
        return own.problems().isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    @Command(name = "test", mixinStandardHelpOptions = true, header = "Says what your rules find in captures.")
    int test(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "captures of one investigation")
                    List<Path> files,
            @Option(names = "--rules", paramLabel = "DIR", description = "your folder") @Nullable Path folder) {
        RuleFolder own = UserRules.read(folder);
        own.problems().forEach(line().getErr()::println);
        if (own.rules().isEmpty()) {
            line().getErr()
                    .println("There is no rule to try: name a folder with --rules, or put one at " + UserRules.usual()
                            + ".");
            return ExitCode.USAGE;
        }
        RuleFolder told = new RuleFolder(own.rules(), own.thresholds(), own.set(), List.of());
        return switch (new Pipeline(told).analyze(HopNames.name(CaptureFolder.expand(files)), Progress.NONE)) {
            case Outcome.Failed<Analysis>(var problem) -> {
                line().getErr().println(problem);
                yield ExitCode.UNREADABLE;
            }
            case Outcome.Ok<Analysis>(var analysis) -> {
                own.rules().forEach(rule -> tell(rule, analysis));
                yield own.problems().isEmpty() ? ExitCode.OK : ExitCode.USAGE;
            }
        };
    }

    private void tell(CustomRule rule, Analysis analysis) {
        PrintWriter out = line().getOut();
        List<ExplainedFinding> found = analysis.findings().stream()
                .filter(told -> told.finding().rule().equals(rule.id()))
                .toList();
        String why = analysis.notRun().stream()
                .filter(notRun -> notRun.rule().equals(rule.id()))
                .map(notRun -> ": could not run, it " + notRun.why())
                .findFirst()
                .orElse(found.isEmpty() ? ": holds for none" : "");
        out.println(rule.id() + why);
        found.forEach(told -> out.println("  " + told.finding().severity().word() + "  " + told.summary()));
    }
}
