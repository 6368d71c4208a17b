package phalanx.proxy.guard.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.config.ConfText;
import phalanx.config.Fault;
import phalanx.proxy.guard.detect.MarkupInjection;
import phalanx.proxy.guard.detect.ShellInjection;
import phalanx.proxy.guard.detect.Signal;
import phalanx.proxy.guard.detect.SqlWords;
import phalanx.proxy.guard.detect.Words;

/** All rules, with the automaton that finds their literals and the words of the detectors. Any thread. */
public final class RuleBook {
    private static final List<String> BUILT_IN = List.of(
            "words", "sqli", "xss", "rce", "files", "code", "java", "php", "generic", "protocol", "scanners", "leaks");
    private static final Map<String, Integer> KINDS = kinds();

    private final List<WafRule> rules;
    private final Automaton automaton;
    private final WafRule[] ruleOfLiteral;
    private final Automaton leaks;
    private final WafRule[] ruleOfLeak;
    private final int[] lengthOfLiteral;
    private final Map<Signal, List<WafRule>> bySignal = new EnumMap<>(Signal.class);
    private final Words sql;
    private final Words shell;
    private final Words chained;
    private final Words markup;

    /** @param book null where there are faults */
    public record Read(@Nullable RuleBook book, List<Fault> faults) {}

    private RuleBook(RuleText text) {
        rules = List.copyOf(text.rules());
        List<byte[]> literals = new ArrayList<>();
        List<WafRule> owners = new ArrayList<>();
        List<byte[]> answered = new ArrayList<>();
        List<WafRule> answerers = new ArrayList<>();
        for (WafRule rule : rules) {
            boolean leak = rule.looksAt(Place.RESPONSE);
            for (String literal : rule.literals()) {
                (leak ? answered : literals).add(literal.getBytes(StandardCharsets.UTF_8));
                (leak ? answerers : owners).add(rule);
            }
            if (rule.signal() != null) {
                bySignal.computeIfAbsent(rule.signal(), _ -> new ArrayList<>()).add(rule);
            }
        }
        automaton = new Automaton(literals);
        ruleOfLiteral = owners.toArray(WafRule[]::new);
        leaks = new Automaton(answered);
        ruleOfLeak = answerers.toArray(WafRule[]::new);
        lengthOfLiteral = literals.stream().mapToInt(l -> l.length).toArray();
        sql = new Words(text.words("sql"));
        shell = new Words(text.words("shell"));
        chained = new Words(text.words("chain"));
        markup = new Words(text.words("markup"));
    }

    private static Map<String, Integer> kinds() {
        Map<String, Integer> kinds = new HashMap<>();
        SqlWords.KINDS.forEach((name, kind) -> kinds.put("sql " + name, kind));
        kinds.put("shell command", ShellInjection.COMMAND);
        kinds.put("shell common", ShellInjection.COMMON);
        kinds.put("shell tool", ShellInjection.TOOL);
        kinds.put("shell short", ShellInjection.SHORT);
        kinds.put("chain command", ShellInjection.CHAINED);
        kinds.put("markup active", MarkupInjection.ACTIVE);
        kinds.put("markup element", MarkupInjection.ELEMENT);
        kinds.put("markup event", MarkupInjection.EVENT);
        kinds.put("markup address", MarkupInjection.ADDRESS);
        return Map.copyOf(kinds);
    }

    /** The rules that come with the program. */
    public static RuleBook standard() {
        return Standard.BOOK;
    }

    /** Made when the first site wants it. */
    private static final class Standard {
        private static final RuleBook BOOK = standard(read(List.of()));

        private static RuleBook standard(Read read) {
            if (read.book() == null) {
                throw new IllegalStateException("The program's rules have faults: " + read.faults());
            }
            return read.book();
        }
    }

    /** Reads the rules that come with the program, and files of others in the same form. */
    public static Read read(List<Path> more) {
        RuleText text = new RuleText();
        for (String name : BUILT_IN) {
            String file = "waf/" + name + ".rules";
            text.read(file, ConfText.parse(file, resource(file)), KINDS);
        }
        for (Path file : more) {
            text.read(file.toString(), ConfText.read(file), KINDS);
        }
        return new Read(text.faults().isEmpty() ? new RuleBook(text) : null, List.copyOf(text.faults()));
    }

    private static String resource(String name) {
        try (InputStream in = RuleBook.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its file " + name + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<WafRule> rules() {
        return rules;
    }

    public Automaton automaton() {
        return automaton;
    }

    public WafRule ruleOfLiteral(int literal) {
        return ruleOfLiteral[literal];
    }

    /** How many literals the rules have; they are numbered from 0. */
    public int literals() {
        return lengthOfLiteral.length;
    }

    /** Finds the literals of rules that look at answers. */
    public Automaton leaks() {
        return leaks;
    }

    public WafRule ruleOfLeak(int literal) {
        return ruleOfLeak[literal];
    }

    public int lengthOfLiteral(int literal) {
        return lengthOfLiteral[literal];
    }

    public List<WafRule> rulesOf(Signal signal) {
        return bySignal.getOrDefault(signal, List.of());
    }

    /** What a database reads as more than a name. */
    public Words sql() {
        return sql;
    }

    /** Commands of shells. */
    public Words shell() {
        return shell;
    }

    /** Commands that count behind a separator. */
    public Words chained() {
        return chained;
    }

    /** Elements and attributes of HTML. */
    public Words markup() {
        return markup;
    }
}
