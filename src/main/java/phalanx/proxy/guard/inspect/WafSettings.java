package phalanx.proxy.guard.inspect;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import phalanx.config.Directive;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.guard.rules.RuleBook;

/**
 * How a route's requests are inspected. Any thread.
 *
 * @param book the rules
 * @param monitor whether what looks like an attack is noted and let through
 * @param paranoia 1 to 4: rules of higher levels are left out
 * @param threshold points from which on a request is refused
 * @param bodyLimit octets of a body that are inspected before anything of it goes to the server; 0 for none
 * @param refuseLong whether a request with a longer body is refused
 * @param leaks whether answers are looked at for what they should not say
 * @param excluded rules that do not hold
 */
public record WafSettings(
        RuleBook book,
        boolean monitor,
        int paranoia,
        int threshold,
        int bodyLimit,
        boolean refuseLong,
        boolean leaks,
        ExcludedRules excluded) {
    private static final String PLACES = "http server route";
    private static final int LARGEST_BODY = 1 << 20;
    private static final int STANDARD_BODY = 128 << 10;
    private static final Directive ENABLED =
            Directive.of(PLACES, "waf_enabled on|off", "off", "Inspect requests for attacks.");
    private static final Directive MODE = Directive.of(
            PLACES, "waf_mode block|monitor", "block", "Refuse what looks like an attack, or only note it.");
    private static final Directive PARANOIA = Directive.of(
            PLACES, "waf_paranoia NUMBER", "1", "1 to 4: more rules, and more that look at what may be harmless.");
    private static final Directive THRESHOLD = Directive.of(
            PLACES, "waf_threshold NUMBER", "5", "Points from which on a request is refused; a critical rule gives 5.");
    private static final Directive BODY_LIMIT = Directive.of(
            PLACES,
            "waf_body_limit SIZE",
            "128k",
            "How much of a body is held and inspected before it goes on, 1m at most; 0 for none. Compressed ones count as they are inflated.");
    private static final Directive BODY_OVER = Directive.of(
            PLACES,
            "waf_body_over pass|refuse",
            "pass",
            "A body longer than waf_body_limit goes on, uninspected behind it and noted, or is refused with 413.");
    private static final Directive LEAKS = Directive.of(
            PLACES,
            "waf_leaks on|off",
            "on from waf_paranoia 2 on",
            "Note answers that show stack traces, errors of databases, lists of files or private keys; they go out as they are.");
    private static final Directive EXCLUDE = Directive.of(
            PLACES,
            "waf_exclude RULE|CATEGORY[@NAME]...",
            "",
            "Rules that do not hold here, by their ids or categories, or only not in values of this name: of an argument, a cookie, a field.");
    private static final Directive RULES = Directive.of(
            "http server",
            "waf_rules FILE...",
            "",
            "More rules from files, in the form of those that come with the program.");

    public static final List<Directive> DIRECTIVES =
            List.of(ENABLED, MODE, PARANOIA, THRESHOLD, BODY_LIMIT, BODY_OVER, LEAKS, EXCLUDE, RULES);

    /** The rules for a {@code server} block; those that come with the program where it names none of its own. */
    public static Supplier<RuleBook> rules(Section section, Path folder) {
        List<Path> files = section.nearest(RULES).stream()
                .flatMap(node -> node.arguments().stream())
                .map(word -> folder.resolve(word.text()))
                .toList();
        if (files.isEmpty()) {
            return RuleBook::standard; // made when the first route wants it
        }
        RuleBook.Read read = RuleBook.read(files);
        read.faults().forEach(fault -> section.refuse(fault.at(), fault.what(), fault.remedy()));
        RuleBook book = read.book();
        return book == null ? RuleBook::standard : () -> book;
    }

    /** Reads them from a {@code route} block; empty where its requests are not inspected. */
    public static Optional<WafSettings> from(Section section, Supplier<RuleBook> rules) {
        boolean enabled = section.flag(ENABLED, false);
        boolean monitor =
                section.choice(MODE, Map.of("block", false, "monitor", true)).orElse(false);
        int paranoia = (int) section.number(PARANOIA, 1, 1, 4);
        int threshold = (int) section.number(THRESHOLD, 5, 1, 1_000_000);
        int bodyLimit = (int) Math.min(LARGEST_BODY, section.bytes(BODY_LIMIT, STANDARD_BODY));
        boolean refuseLong =
                section.choice(BODY_OVER, Map.of("pass", false, "refuse", true)).orElse(false);
        boolean leaks = section.flag(LEAKS, paranoia > 1);
        List<Node> excluded = section.nearest(EXCLUDE);
        if (!enabled && excluded.isEmpty()) { // reading the rules takes a while
            return Optional.empty();
        }
        RuleBook book = rules.get();
        List<Word> words =
                excluded.stream().flatMap(node -> node.arguments().stream()).toList();
        ExcludedRules without = ExcludedRules.of(section, words, book);
        return enabled
                ? Optional.of(
                        new WafSettings(book, monitor, paranoia, threshold, bodyLimit, refuseLong, leaks, without))
                : Optional.empty();
    }
}
