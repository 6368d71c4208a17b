package phalanx.proxy.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;

/**
 * What a route's path must be, written as for nginx's {@code location}. Any thread.
 *
 * @param text the path or the regular expression
 * @param pattern for the two kinds with a regular expression; matched in linear time, anywhere in the path
 */
public record RouteMatch(Kind kind, String text, @Nullable Pattern pattern) {
    /** The kinds; the longest prefix counts unless something before it does. */
    public enum Kind {
        /** {@code = /path} */
        EXACT,
        /** {@code ^~ /path}: when it is the longest, expressions are not asked. */
        PREFIX_FIRST,
        /** {@code ~ expression} or {@code ~* expression}, the first that matches. */
        REGEX,
        /** {@code /path} */
        PREFIX
    }

    private static final Map<String, Kind> KINDS = Map.of("", Kind.PREFIX, "=", Kind.EXACT, "^~", Kind.PREFIX_FIRST);

    /** Reads {@code route [=|^~|~|~*] PATH}. */
    public static Optional<RouteMatch> from(Section section, Node node) {
        List<Word> words = node.arguments();
        Word last = words.getLast();
        String text = last.text();
        String modifier = words.size() == 2 ? words.getFirst().text() : "";
        if (modifier.equals("~") || modifier.equals("~*")) {
            return pattern(section, last, modifier.equals("~*") ? Pattern.CASE_INSENSITIVE : 0)
                    .map(p -> new RouteMatch(Kind.REGEX, text, p));
        }
        Kind kind = KINDS.get(modifier);
        if (kind == null) {
            section.refuse(
                    words.getFirst().at(),
                    "route does not know \"" + modifier + "\".",
                    "Write = for the very path, ^~ or nothing for a prefix, ~ or ~* for an expression.");
            return Optional.empty();
        }
        if (!text.startsWith("/")) {
            section.refuse(
                    last.at(),
                    "A route's path begins with a slash, not \"" + text + "\".",
                    "Write: route /" + text + " { ... }");
            return Optional.empty();
        }
        return Optional.of(new RouteMatch(kind, text, null));
    }

    /** Reads a regular expression; only what can be matched in linear time is taken. */
    static Optional<Pattern> pattern(Section section, Word word, int flags) {
        try {
            return Optional.of(Pattern.compile(word.text(), flags));
        } catch (PatternSyntaxException e) {
            section.refuse(
                    word.at(),
                    "The regular expression cannot be used: " + e.getDescription() + ".",
                    "Write it as RE2 does: without look-around and back-references.");
            return Optional.empty();
        }
    }

    boolean matches(String path) {
        return switch (kind) {
            case EXACT -> path.equals(text);
            case PREFIX, PREFIX_FIRST -> path.startsWith(text);
            case REGEX -> pattern != null && pattern.matcher(path).find();
        };
    }
}
