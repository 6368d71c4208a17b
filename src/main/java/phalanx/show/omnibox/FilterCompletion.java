package phalanx.show.omnibox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phalanx.decode.filter.Field;
import phalanx.decode.filter.FieldType;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.net.Endpoint;
import phalanx.net.Transport;
import phalanx.show.Words;
import phalanx.stitch.Conversation;

/** Completes a display filter at the caret: fields, the operators they take, and values that the case really holds. Any thread. */
final class FilterCompletion {
    private static final Words WORDS = Words.of("omnibox");
    private static final int MOST = 40, MOST_CONVERSATIONS = 2_000;
    private static final Pattern WORD = Pattern.compile("[A-Za-z][\\w.]*$");
    private static final Pattern AFTER_FIELD = Pattern.compile("([a-z][\\w.]*)\\s+([=!<>~a-z]*)$");
    private static final Pattern AFTER_OPERATOR =
            Pattern.compile("([a-z][\\w.]*)\\s*(==|!=|===|!==|>=|<=|>|<|contains|matches)\\s*(\"?[^\\s\"()]*)$");
    private static final List<String> COMPARING = List.of("==", "!=", ">", "<", ">=", "<=", "in");
    private static final List<String> SEARCHING = List.of("contains", "matches");

    private final @Nullable Analysis analysis;

    /** @param analysis whose values are offered, null for none */
    FilterCompletion(@Nullable Analysis analysis) {
        this.analysis = analysis;
    }

    /** What can follow, best first; empty where anything can. */
    List<Suggestion> at(String text, int caret) {
        String before = text.substring(0, caret);
        Matcher value = AFTER_OPERATOR.matcher(before);
        if (value.find()) {
            return values(value.group(1), value.group(3), text, caret);
        }
        Matcher operator = AFTER_FIELD.matcher(before);
        Field field = operator.find() ? InvestigationFields.TABLE.find(operator.group(1)) : null;
        if (field != null) {
            return operators(field, operator.group(2), text, caret);
        }
        Matcher word = WORD.matcher(before);
        return word.find() ? fields(word.group(), text, caret) : List.of();
    }

    private static List<Suggestion> fields(String typed, String text, int caret) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        List<Suggestion> begin = new ArrayList<>();
        List<Suggestion> hold = new ArrayList<>();
        for (Field field : InvestigationFields.TABLE.all()) {
            if (field.name().contains(wanted) && !field.name().equals(wanted)) {
                (field.name().startsWith(wanted) ? begin : hold)
                        .add(completion(
                                field.name(), Words.language().phrase(field.description()), wanted, text, caret));
            }
        }
        begin.addAll(hold);
        return begin.subList(0, Math.min(MOST, begin.size()));
    }

    private static List<Suggestion> operators(Field field, String typed, String text, int caret) {
        List<String> operators = new ArrayList<>();
        boolean word = field.type() == FieldType.LABEL || field.type() == FieldType.PROTOCOL;
        if (!word) {
            operators.addAll(COMPARING);
        }
        if (field.type() == FieldType.TEXT || field.type() == FieldType.BYTES || field.type() == FieldType.PROTOCOL) {
            operators.addAll(SEARCHING);
        }
        operators.addAll(List.of("and", "or"));
        return operators.stream()
                .filter(operator -> operator.startsWith(typed) && !operator.equals(typed))
                .map(operator -> completion(operator, meaning(operator), typed, text, caret))
                .toList();
    }

    private static String meaning(String operator) {
        return switch (operator) {
            case "==" -> WORDS.get("operator.equal");
            case "!=" -> WORDS.get("operator.all-different");
            case ">" -> WORDS.get("operator.greater");
            case "<" -> WORDS.get("operator.less");
            case ">=" -> WORDS.get("operator.greater-or-equal");
            case "<=" -> WORDS.get("operator.less-or-equal");
            case "in" -> WORDS.get("operator.in");
            case "contains" -> WORDS.get("operator.contains");
            case "matches" -> WORDS.get("operator.matches");
            case "and" -> WORDS.get("operator.and");
            default -> WORDS.get("operator.or");
        };
    }

    private List<Suggestion> values(String field, String typed, String text, int caret) {
        return known(field).stream()
                .filter(value -> value.startsWith(typed.replace("\"", "")) && !value.equals(typed))
                .limit(MOST)
                .map(value -> completion(quoted(field, value), WORDS.get("seen"), typed, text, caret))
                .toList();
    }

    private static String quoted(String field, String value) {
        Field of = InvestigationFields.TABLE.find(field);
        return of != null && of.type() == FieldType.TEXT ? "\"" + value + "\"" : value;
    }

    /** Values of a field that were seen in the case. */
    private Set<String> known(String field) {
        Analysis from = analysis;
        if (from == null) {
            return Set.of();
        }
        return switch (field) {
            case "ip.addr", "ip.src", "ip.dst" ->
                ends(from, end -> end.address().toString(), false);
            case "ipv6.addr", "ipv6.src", "ipv6.dst" ->
                ends(from, end -> end.address().toString(), true);
            case "tcp.port", "tcp.dstport", "tcp.srcport" -> ports(from, Transport.TCP);
            case "udp.port", "udp.dstport", "udp.srcport" -> ports(from, Transport.UDP);
            case "hop.name" -> {
                Set<String> names = new LinkedHashSet<>();
                from.stitched()
                        .clientFirst()
                        .forEach(capture -> names.add(from.stitched().hopName(capture)));
                yield names;
            }
            case "finding.id" -> findings(from, ExplainedFinding::id);
            case "finding.kind" -> findings(from, told -> told.finding().kind());
            case "finding.severity" ->
                findings(from, told -> told.finding().severity().word());
            default -> Set.of();
        };
    }

    private static Set<String> findings(Analysis from, Function<ExplainedFinding, String> word) {
        Set<String> words = new LinkedHashSet<>();
        from.findings().forEach(told -> words.add(word.apply(told)));
        return words;
    }

    private static Set<String> ends(Analysis from, Function<Endpoint, String> word, boolean v6) {
        Set<String> words = new LinkedHashSet<>();
        from.stitched().conversations().stream().limit(MOST_CONVERSATIONS).forEach(conversation -> {
            words.add(word.apply(conversation.server()));
            words.add(word.apply(conversation.client()));
        });
        words.removeIf(address -> (address.indexOf(':') >= 0) != v6);
        return words;
    }

    private static Set<String> ports(Analysis from, Transport transport) {
        Set<String> ports = new LinkedHashSet<>();
        from.stitched().conversations().stream()
                .filter(conversation -> conversation.transport() == transport)
                .limit(MOST_CONVERSATIONS)
                .map(Conversation::server)
                .forEach(server -> ports.add(String.valueOf(server.port())));
        return ports;
    }

    /** Puts a word where the one at the caret is typed, with a blank behind it. */
    private static Suggestion completion(String word, String detail, String typed, String text, int caret) {
        String head = text.substring(0, caret - typed.length()) + word + " ";
        String rest = text.substring(caret).stripLeading();
        return new Suggestion.Completion(word, detail, head + rest, head.length());
    }
}
