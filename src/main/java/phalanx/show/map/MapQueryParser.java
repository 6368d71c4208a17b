package phalanx.show.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import phalanx.run.NearestName;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Words;

/** Reads a {@link MapQuery}: {@code or} binds least, then {@code and}, then {@code not}. Once. */
final class MapQueryParser {
    /** The condition is not understood. */
    static final String INVALID = "PHX-1302";

    private static final Words WORDS = Words.of("map");
    private static final int DEEPEST = 100;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<quoted>\"[^\"]*\")|(?<sign><=|>=|==|!=|[<>=()])|(?<word>[^\\s<>=!()\"]+))",
            Pattern.UNICODE_CASE);
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(%|[a-zµ]{0,2})");
    private static final Map<String, Double> SIZES =
            Map.of("", 1.0, "k", 1e3, "m", 1e6, "g", 1e9, "kb", 1e3, "mb", 1e6);
    private static final Map<String, Double> TIMES =
            Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "", 1e6, "s", 1e9);

    /** @param column from 1 */
    private record Token(String text, int column, boolean quoted) {
        boolean is(String word) {
            return !quoted && text.equalsIgnoreCase(word);
        }
    }

    private static final class Misunderstood extends Exception {
        private static final long serialVersionUID = 1;

        private final int column;
        private final String what;

        Misunderstood(Token at, String what) {
            super(what, null, false, false);
            this.what = what;
            column = at.column;
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int depth;

    MapQueryParser(String text) {
        this.text = text;
    }

    Outcome<MapQuery> parse() {
        try {
            cut();
            MapQuery query = either();
            Token rest = tokens.get(next);
            if (!rest.text.isEmpty() || rest.quoted) {
                throw new Misunderstood(rest, WORDS.get("query.rest", rest.text));
            }
            return Outcome.ok(query);
        } catch (Misunderstood e) {
            return Outcome.failed(new Problem(
                    INVALID, WORDS.get("query.error", e.column, e.what), WORDS.get("query.help"), e.column, -1));
        }
    }

    private void cut() throws Misunderstood {
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        int end = text.stripTrailing().length();
        while (at < end) {
            matcher.region(at, end);
            if (!matcher.lookingAt()) {
                throw new Misunderstood(
                        new Token("", at + 1, false), WORDS.get("query.character", text.substring(at, at + 1)));
            }
            String quoted = matcher.group("quoted");
            if (quoted != null) {
                tokens.add(new Token(quoted.substring(1, quoted.length() - 1), matcher.start("quoted") + 1, true));
            } else {
                String group = matcher.group("sign") != null ? "sign" : "word";
                tokens.add(new Token(matcher.group(group), matcher.start(group) + 1, false));
            }
            at = matcher.end();
        }
        tokens.add(new Token("", end + 1, false));
    }

    private MapQuery either() throws Misunderstood {
        MapQuery query = both();
        while (tokens.get(next).is("or")) {
            next++;
            query = new MapQuery.Or(query, both());
        }
        return query;
    }

    private MapQuery both() throws Misunderstood {
        MapQuery query = single();
        while (tokens.get(next).is("and")) {
            next++;
            query = new MapQuery.And(query, single());
        }
        return query;
    }

    private MapQuery single() throws Misunderstood {
        Token first = tokens.get(next++);
        if (++depth > DEEPEST) {
            throw new Misunderstood(first, WORDS.get("query.deep"));
        }
        try {
            if (first.is("not")) {
                return new MapQuery.Not(single());
            }
            if (first.is("(")) {
                MapQuery inner = either();
                Token close = tokens.get(next++);
                if (!close.is(")")) {
                    throw new Misunderstood(close, WORDS.get("query.bracket"));
                }
                return inner;
            }
            return comparison(first);
        } finally {
            depth--;
        }
    }

    private MapQuery comparison(Token name) throws Misunderstood {
        MapQuery.Field field = Arrays.stream(MapQuery.Field.values())
                .filter(candidate -> name.is(candidate.word()))
                .findFirst()
                .orElseThrow(() -> new Misunderstood(name, noField(name)));
        Token sign = tokens.get(next++);
        MapQuery.Operator operator = Arrays.stream(MapQuery.Operator.values())
                .filter(candidate -> sign.is(candidate.sign()))
                .findFirst()
                .orElseThrow(() -> new Misunderstood(sign, WORDS.get("query.operator", field.word())));
        Token value = tokens.get(Math.min(next++, tokens.size() - 1));
        if (value.text.isEmpty() && !value.quoted) {
            throw new Misunderstood(value, WORDS.get("query.value", field.word()));
        }
        return field.isText() ? text(field, sign, operator, value) : figure(field, sign, operator, value);
    }

    private static MapQuery text(MapQuery.Field field, Token sign, MapQuery.Operator operator, Token value)
            throws Misunderstood {
        return switch (operator) {
            case SAME, EQUAL, DIFFERS, CONTAINS ->
                new MapQuery.Text(field, operator, value.text.toLowerCase(Locale.ROOT));
            case LESS, MORE, AT_MOST, AT_LEAST -> throw new Misunderstood(sign, WORDS.get("query.order", field.word()));
        };
    }

    private static MapQuery figure(MapQuery.Field field, Token sign, MapQuery.Operator operator, Token value)
            throws Misunderstood {
        if (operator == MapQuery.Operator.CONTAINS) {
            throw new Misunderstood(sign, WORDS.get("query.contains", field.word()));
        }
        Matcher number = NUMBER.matcher(value.text.toLowerCase(Locale.ROOT));
        Map<String, Double> units = switch (field) {
            case LOSS -> Map.of("", 1.0, "%", 1.0);
            case DELAY -> TIMES;
            case PACKETS, BYTES, CONVERSATIONS, FINDINGS, NAME, ADDRESS, ROLE -> SIZES;
        };
        if (!number.matches() || !units.containsKey(number.group(2))) {
            String known = units.keySet().stream()
                    .filter(unit -> !unit.isEmpty())
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new Misunderstood(value, WORDS.get("query.number", value.text, known));
        }
        return new MapQuery.Figure(
                field, operator, Double.parseDouble(number.group(1)) * units.getOrDefault(number.group(2), 1.0));
    }

    private static String noField(Token name) {
        if (name.text.isEmpty()) {
            return WORDS.get("query.empty");
        }
        return NearestName.to(
                        name.text,
                        Arrays.stream(MapQuery.Field.values())
                                .map(MapQuery.Field::word)
                                .toList())
                .map(word -> WORDS.get("query.nearest", name.text, word))
                .orElseGet(() -> WORDS.get("query.field", name.text));
    }
}
