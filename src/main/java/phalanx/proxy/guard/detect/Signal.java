package phalanx.proxy.guard.detect;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a detector can see; a rule names it as {@code signal sql_union} and says what it weighs. Any thread. */
public enum Signal {
    SQL_UNION,
    SQL_STACKED,
    SQL_BOOLEAN,
    SQL_BOOLEAN_WEAK,
    SQL_COMMENT,
    SQL_COMMENT_WEAK,
    SQL_QUERY,
    SQL_QUERY_WEAK,
    SQL_FUNCTION,
    SQL_FUNCTION_WEAK,
    SQL_CLAUSE,
    SQL_BREAKOUT,
    SQL_BREAKOUT_WEAK,
    MARKUP_ACTIVE,
    MARKUP_HANDLER,
    MARKUP_SCHEME,
    MARKUP_TAG,
    MARKUP_TAG_WEAK,
    MARKUP_BREAKOUT,
    MARKUP_BARE,
    SHELL_COMMAND,
    SHELL_COMMAND_WEAK,
    SHELL_CHAIN,
    SHELL_SUBSTITUTION,
    SHELL_DIRECT,
    SHELL_DIRECT_WEAK,
    SHELL_BARE,
    SHELL_EVASION,
    PATH_CLIMB,
    PATH_CLIMB_WEAK,
    PATH_DISGUISE,
    OVERLONG,
    NUL,
    TWICE_ENCODED,
    PERCENT_U,
    STRAY_PERCENT,
    LOOKUP,
    LOOKUP_NESTED,
    ADDRESS_INTERNAL,
    ADDRESS_DISGUISED,
    BODY_UNEXPECTED,
    ARGUMENTS_MANY,
    BODY_LONG,
    CODING_BOMB,
    CODING_BROKEN,
    CODING_UNKNOWN,
    CONTENT_TYPE_ODD,
    RANGE_ODD,
    MULTIPART_ODD,
    JSON_ODD,
    AGENT_MISSING,
    HOST_ODD,
    SIGNS_TOO_MANY;

    private static final Map<String, Signal> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Signal::toString, Function.identity()));

    /** All by their names. */
    public static Map<String, Signal> byName() {
        return BY_NAME;
    }

    /** As a rule writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Who is told what was seen. */
    public interface Seen {
        /** @param from where in the text it begins @param to where it ends */
        void signal(Signal signal, int from, int to);
    }
}
