package phalanx.proxy.guard.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.config.ConfText;
import phalanx.config.Directive;
import phalanx.config.Fault;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.guard.detect.Signal;

/** Reads rules and word lists from text in the grammar of the configuration; every fault is named with its line and column. One thread. */
final class RuleText {
    private static final Directive RULE = Directive.of("main", "rule ID CATEGORY { ... }", "", "What is looked for.");
    private static final Directive WORDS =
            Directive.of("main", "words LIST KIND WORD...", "", "Words of a detector's list.");
    private static final Directive SEVERITY =
            Directive.of("rule", "severity critical|error|warning|notice", "critical", "How bad it is.");
    private static final Directive SCORE =
            Directive.of("rule", "score NUMBER", "by the severity", "Points that it adds.");
    private static final Directive LEVEL =
            Directive.of("rule", "level NUMBER", "1", "The paranoia level from which on it holds.");
    private static final Directive AT = Directive.of("rule", "at PLACE...", "everywhere", "Where it looks.");
    private static final Directive NOT_AT =
            Directive.of("rule", "not_at PLACE...", "nowhere", "Where it does not look.");
    private static final Directive ANY =
            Directive.of("rule", "any TEXT...", "", "Literals, one of which must stand there.");
    private static final Directive WORD = Directive.of("rule", "word TEXT...", "", "As any, as whole words.");
    private static final Directive PATTERN =
            Directive.of("rule", "pattern EXPRESSION", "", "What must match around the literal, as RE2 has it.");
    private static final Directive BEHIND_IT = Directive.of(
            "rule", "behind EXPRESSION", "", "What must match right behind the literal; asked before the pattern.");
    private static final Directive SIGNAL = Directive.of("rule", "signal NAME", "", "What a detector must see.");
    private static final Directive SAYS = Directive.of("rule", "says SENTENCE", "", "One sentence for people.");
    private static final List<Directive> VOCABULARY =
            List.of(RULE, WORDS, SEVERITY, SCORE, LEVEL, AT, NOT_AT, ANY, WORD, PATTERN, BEHIND_IT, SIGNAL, SAYS);

    private final List<Fault> faults = new ArrayList<>();
    private final List<WafRule> rules = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Map<String, Integer>> words = new HashMap<>();

    List<Fault> faults() {
        return faults;
    }

    List<WafRule> rules() {
        return rules;
    }

    /** A list of words by its name; empty where none was written. */
    Map<String, Integer> words(String list) {
        return words.getOrDefault(list, Map.of());
    }

    /** Reads what a file holds. @param kinds numbers of the kinds of words, by list and kind */
    void read(String file, ConfText.Parsed parsed, Map<String, Integer> kinds) {
        parsed.fault().ifPresent(faults::add);
        Section main = Section.outermost(file, parsed.nodes(), VOCABULARY, faults);
        for (Node node : main.all(WORDS)) {
            String list = node.arguments().get(0).text();
            Integer kind = kinds.get(list + " " + node.arguments().get(1).text());
            if (kind == null) {
                main.refuse(
                        node.at(),
                        "There is no list of words \"" + list + "\" with this kind.",
                        "Write rules; lists belong to the built-in detectors.");
                continue;
            }
            Map<String, Integer> into = words.computeIfAbsent(list, _ -> new HashMap<>());
            node.arguments().subList(2, node.arguments().size()).forEach(word -> into.put(word.text(), kind));
        }
        main.all(RULE).forEach(node -> rule(main, node));
        main.finish();
    }

    private void rule(Section main, Node node) {
        Section section = main.inner(node);
        Word id = node.arguments().get(0);
        Severity severity = section.choice(
                        SEVERITY,
                        Map.of(
                                "critical",
                                Severity.CRITICAL,
                                "error",
                                Severity.ERROR,
                                "warning",
                                Severity.WARNING,
                                "notice",
                                Severity.NOTICE))
                .orElse(Severity.CRITICAL);
        int score = (int) section.number(SCORE, severity.score(), 0, 100);
        int level = (int) section.number(LEVEL, 1, 1, 4);
        Optional<Node> at = section.own(AT);
        int places = at.isPresent() ? places(section, at.get()) : Place.USUAL;
        places &= section.own(NOT_AT).map(n -> ~places(section, n)).orElse(-1);
        Optional<Signal> signal = section.choice(SIGNAL, Signal.byName());
        List<String> literals = new ArrayList<>();
        boolean whole = false;
        for (Node any : section.all(ANY)) {
            literals(section, any, literals);
        }
        for (Node word : section.all(WORD)) {
            whole = true;
            literals(section, word, literals);
        }
        @Nullable
        Pattern pattern =
                section.word(PATTERN).map(word -> pattern(section, word, "")).orElse(null);
        @Nullable
        Pattern behind = section.word(BEHIND_IT)
                .map(word -> pattern(section, word, "\\A"))
                .orElse(null);
        String says = section.text(SAYS).orElse("");
        section.finish();
        if (signal.isPresent() != literals.isEmpty()) {
            main.refuse(
                    node.at(),
                    "The rule " + id.text() + " has "
                            + (literals.isEmpty() ? "neither a signal nor literals." : "both a signal and literals."),
                    "Give it one of: any TEXT...; word TEXT...; signal NAME;");
        } else if ((places & Place.RESPONSE.bit()) != 0
                && (places != Place.RESPONSE.bit()
                        || signal.isPresent()
                        || pattern != null
                        || behind != null
                        || whole)) {
            main.refuse(
                    node.at(),
                    "The rule " + id.text() + " looks at answers and is more than literals.",
                    "Write it as: at response; any TEXT...; and other places in a rule of their own.");
        } else if (!ids.add(id.text())) {
            main.refuse(id.at(), "The rule " + id.text() + " stands here twice.", "Rename one of them.");
        } else {
            rules.add(new WafRule(
                    rules.size(),
                    id.text(),
                    node.arguments().get(1).text(),
                    severity,
                    score,
                    level,
                    places,
                    signal.orElse(null),
                    List.copyOf(literals),
                    whole,
                    behind,
                    pattern,
                    says));
        }
    }

    private static void literals(Section section, Node node, List<String> into) {
        for (Word word : node.arguments()) {
            if (word.text().isEmpty() || word.text().length() > 100) {
                section.refuse(
                        word.at(),
                        "The literal \"" + word.text() + "\" is empty, or too long.",
                        "Take 1 to 100 characters: all of a text is searched for it.");
            } else {
                into.add(word.text().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static int places(Section section, Node node) {
        Set<Place> places = EnumSet.noneOf(Place.class);
        for (Word word : node.arguments()) {
            Place place = Place.byName().get(word.text());
            if (place == null) {
                section.refuse(
                        word.at(),
                        "There is no place \"" + word.text() + "\" in a request.",
                        "Places are: "
                                + String.join(
                                        " ",
                                        Place.byName().keySet().stream()
                                                .sorted()
                                                .toList()) + ".");
            } else {
                places.add(place);
            }
        }
        return Place.bits(places);
    }

    /** @param anchor what stands before it: one that is bound to the beginning by itself stops to read where it fails */
    private static @Nullable Pattern pattern(Section section, Word word, String anchor) {
        try {
            return Pattern.compile(anchor.isEmpty() ? word.text() : anchor + "(?:" + word.text() + ")", Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            section.refuse(
                    word.at(),
                    "This pattern cannot be read: " + e.getDescription() + ".",
                    "Write it as RE2 has it: without look-around and back references.");
            return null;
        }
    }
}
