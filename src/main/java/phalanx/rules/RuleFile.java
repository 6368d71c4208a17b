package phalanx.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import phalanx.decode.filter.DisplayFilter;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Severity;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Reads one file of rules and thresholds (YAML 1.2, of which JSON is a part); each fault is told with its line and column. One file each. */
final class RuleFile {
    static final String INVALID = "PHX-1401";

    private static final int LONGEST = 1 << 20;
    private static final Set<String> RULE_KEYS =
            Set.of("id", "kind", "of", "when", "severity", "summary", "explanation", "remedy");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{1,63}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([\\w.]+)}");
    private static final Set<String> ALWAYS = Set.of("place", "direction", "conversations");

    private final Path file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<CustomRule> rules = new ArrayList<>();
    private final Map<String, String> thresholds = new HashMap<>();

    RuleFile(Path file) {
        this.file = file;
    }

    List<CustomRule> rules() {
        return rules;
    }

    /** As they are written, by name; checked. */
    Map<String, String> thresholds() {
        return thresholds;
    }

    List<Problem> problems() {
        return problems;
    }

    void read(String text) {
        if (text.length() > LONGEST) {
            problems.add(new Problem(
                    INVALID, file.getFileName() + " is larger than 1 MiB.", "Divide it; the other files are read."));
            return;
        }
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(String.valueOf(file.getFileName()))
                    .setMaxAliasesForCollections(20)
                    .build();
            new Compose(settings).composeString(text).ifPresent(this::document);
        } catch (MarkedYamlEngineException e) {
            fault(
                    e.getProblemMark().orElse(null),
                    String.valueOf(e.getProblem()),
                    "Mend it; the other files are read.");
        } catch (YamlEngineException e) {
            fault((Mark) null, String.valueOf(e.getMessage()), "Mend it; the other files are read.");
        }
    }

    private void fault(@Nullable Mark mark, String what, String remedy) {
        String place = mark == null ? "" : ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
        problems.add(new Problem(INVALID, file.getFileName() + place + ": " + what + ".", remedy));
    }

    private void fault(Node node, String what, String remedy) {
        fault(node.getStartMark().orElse(null), what, remedy);
    }

    private void document(Node root) {
        for (NodeTuple entry : entries(root, "a file of rules has the keys \"rules\" and \"thresholds\"")) {
            String key = text(entry.getKeyNode());
            switch (key) {
                case "rules" -> {
                    if (entry.getValueNode() instanceof SequenceNode list) {
                        list.getValue().forEach(this::rule);
                    } else {
                        fault(entry.getValueNode(), "\"rules\" is no list", "Begin each rule with \"- id: ...\".");
                    }
                }
                case "thresholds" ->
                    entries(entry.getValueNode(), "\"thresholds\" is no map of names to values")
                            .forEach(this::threshold);
                default ->
                    fault(entry.getKeyNode(), "there is no key \"" + key + "\" here", "Known: rules, thresholds.");
            }
        }
    }

    private List<NodeTuple> entries(Node node, String otherwise) {
        if (node instanceof MappingNode map) {
            return map.getValue();
        }
        fault(node, otherwise, "See: phalanx rules --help.");
        return List.of();
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private void threshold(NodeTuple entry) {
        String name = text(entry.getKeyNode());
        String value = text(entry.getValueNode());
        if (!ThresholdNames.isKnown(name)) {
            fault(
                    entry.getKeyNode(),
                    "there is no threshold \"" + name + "\"",
                    "Known: " + String.join(", ", ThresholdNames.all()) + ".");
        } else if (!ThresholdNames.fits(name, value)) {
            fault(
                    entry.getValueNode(),
                    "\"" + value + "\" is no value of " + name,
                    "Write a number, or a time with its unit: 20 ms, 1.5 s.");
        } else {
            thresholds.put(name, value);
        }
    }

    private void rule(Node node) {
        Map<String, Node> values = new HashMap<>();
        int faults = problems.size();
        for (NodeTuple entry : entries(node, "a rule is no map of keys to values")) {
            String key = text(entry.getKeyNode());
            if (!RULE_KEYS.contains(key)) {
                fault(
                        entry.getKeyNode(),
                        "a rule has no key \"" + key + "\"",
                        "Known: "
                                + String.join(", ", RULE_KEYS.stream().sorted().toList()) + ".");
            } else if (values.put(key, entry.getValueNode()) != null) {
                fault(entry.getKeyNode(), "\"" + key + "\" is there twice", "Keep one of them.");
            }
        }
        for (String key : List.of("id", "of", "when", "summary")) {
            if (!values.containsKey(key)) {
                fault(node, "the rule has no \"" + key + "\"", "A rule needs id, of, when and summary.");
            }
        }
        if (problems.size() == faults) {
            complete(values, faults);
        }
    }

    private void complete(Map<String, Node> values, int faults) {
        String id = text(values.getOrDefault("id", EMPTY));
        String kind = values.containsKey("kind") ? text(values.get("kind")) : id.replace('-', '_');
        for (String key : List.of("id", "kind")) {
            if (values.containsKey(key) && !NAME.matcher(text(values.get(key))).matches()) {
                fault(values.get(key), "\"" + text(values.get(key)) + "\" is no name", "Use a-z, 0-9, - and _.");
            }
        }
        Subject of = choice(Subject.values(), Subject::word, values.getOrDefault("of", EMPTY), Subject.SEGMENT);
        Severity severity = values.containsKey("severity")
                ? choice(Severity.values(), Severity::word, values.get("severity"), Severity.WARNING)
                : Severity.WARNING;
        for (String key : List.of("summary", "explanation", "remedy")) {
            if (values.containsKey(key)) {
                placeholders(values.get(key), of);
            }
        }
        Node when = values.getOrDefault("when", EMPTY);
        switch (DisplayFilter.parse(text(when), MeasureFields.of(of))) {
            case Outcome.Failed<DisplayFilter>(var problem) -> condition(when, problem);
            case Outcome.Ok<DisplayFilter>(var filter) -> {
                if (problems.size() == faults) {
                    Finding.Words words = new Finding.Words(
                            text(values.getOrDefault("summary", EMPTY)),
                            text(values.getOrDefault("explanation", EMPTY)),
                            text(values.getOrDefault("remedy", EMPTY)));
                    rules.add(new CustomRule(id, kind, of, filter, severity, words, file));
                }
            }
        }
    }

    private static final Node EMPTY = new ScalarNode(Tag.STR, "", ScalarStyle.PLAIN);

    /** The filter's own column, counted from where the condition begins when it stands on one line. */
    private void condition(Node when, Problem problem) {
        Mark mark = when.getStartMark().orElse(null);
        String remedy = problem.remedy().replace("phalanx filter --fields", "phalanx rules --fields");
        String what = problem.what().replaceFirst("^Filter, column \\d+: ", "").replaceFirst("\\.$", "");
        boolean quoted = when instanceof ScalarNode scalar && scalar.getScalarStyle() != ScalarStyle.PLAIN;
        String place = mark == null
                ? ""
                : ", line " + (mark.getLine() + 1) + ", column "
                        + (mark.getColumn() + problem.offset() + (quoted ? 1 : 0));
        problems.add(new Problem(INVALID, file.getFileName() + place + ": " + what + ".", remedy));
    }

    private <T> T choice(T[] all, Function<T, String> word, Node node, T otherwise) {
        for (T one : all) {
            if (word.apply(one).equals(text(node).toLowerCase(Locale.ROOT))) {
                return one;
            }
        }
        fault(
                node,
                "\"" + text(node) + "\" is none of its values",
                "Known: " + String.join(", ", Arrays.stream(all).map(word).toList()) + ".");
        return otherwise;
    }

    private void placeholders(Node node, Subject of) {
        Matcher names = PLACEHOLDER.matcher(text(node));
        while (names.find()) {
            String name = names.group(1);
            if (!ALWAYS.contains(name) && MeasureFields.of(of).find(name) == null) {
                fault(
                        node,
                        "there is no measure {" + name + "} of a " + of.word(),
                        "Measures: phalanx rules --fields; and {place}, {direction}, {conversations}.");
            }
        }
    }
}
