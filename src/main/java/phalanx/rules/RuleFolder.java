package phalanx.rules;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import phalanx.diagnose.Rule;
import phalanx.diagnose.RuleBook;
import phalanx.diagnose.Thresholds;
import phalanx.run.Problem;

/**
 * What a folder of rules adds to the built-in ones. A file with a fault is left out in the parts that are wrong; the rest counts.
 *
 * @param rules in the order of the files' names
 * @param thresholds the built-in ones with what the folder sets
 * @param set the thresholds that the folder sets, as written
 * @param problems each with file, line and column
 */
public record RuleFolder(
        List<CustomRule> rules, Thresholds thresholds, Map<String, String> set, List<Problem> problems) {
    /** No rules of the user's. */
    public static final RuleFolder NONE = new RuleFolder(List.of(), Thresholds.DEFAULT, Map.of(), List.of());

    public RuleFolder {
        rules = List.copyOf(rules);
        set = Map.copyOf(set);
        problems = List.copyOf(problems);
    }

    /** Reads {@code *.yaml}, {@code *.yml} and {@code *.json}, in the order of their names. */
    public static RuleFolder read(Path folder) {
        List<CustomRule> rules = new ArrayList<>();
        Map<String, String> set = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>(RuleBook.RULES.stream().map(Rule::id).toList());
        for (Path file : files(folder, problems)) {
            RuleFile one = new RuleFile(file);
            try {
                one.read(Files.readString(file));
            } catch (MalformedInputException _) {
                problems.add(unreadable(file, "is no UTF-8 text"));
            } catch (IOException e) {
                problems.add(unreadable(file, "cannot be read (" + e.getMessage() + ")"));
            }
            for (CustomRule rule : one.rules()) {
                if (ids.add(rule.id())) {
                    rules.add(rule);
                } else {
                    problems.add(unreadable(file, "has a rule \"" + rule.id() + "\", which there is already"));
                }
            }
            set.putAll(one.thresholds());
            problems.addAll(one.problems());
        }
        return new RuleFolder(rules, ThresholdNames.apply(set), set, problems);
    }

    private static Problem unreadable(Path file, String why) {
        return new Problem(RuleFile.INVALID, file.getFileName() + " " + why + ".", "The other rules are used.");
    }

    private static List<Path> files(Path folder, List<Problem> problems) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> String.valueOf(file.getFileName())
                            .toLowerCase(Locale.ROOT)
                            .matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(new Problem(
                    RuleFile.INVALID,
                    "The folder of rules " + folder + " cannot be read.",
                    "Name one that exists: --rules DIR. The built-in rules are used."));
            return List.of();
        }
    }
}
