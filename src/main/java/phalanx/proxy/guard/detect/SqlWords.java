package phalanx.proxy.guard.detect;

import java.util.Map;

/** The kinds of words that the list of SQL's words uses. Any thread. */
public final class SqlWords {
    /** Their numbers, by the name that the list gives them. */
    public static final Map<String, Integer> KINDS = Map.ofEntries(
            Map.entry("number", SqlTokens.NUMBER),
            Map.entry("compare", SqlTokens.COMPARE),
            Map.entry("logic", SqlTokens.LOGIC),
            Map.entry("not", SqlTokens.NOT),
            Map.entry("union", SqlTokens.UNION),
            Map.entry("select", SqlTokens.SELECT),
            Map.entry("from", SqlTokens.FROM),
            Map.entry("clause", SqlTokens.CLAUSE),
            Map.entry("statement", SqlTokens.STATEMENT),
            Map.entry("object", SqlTokens.OBJECT),
            Map.entry("function", SqlTokens.FUNCTION),
            Map.entry("dangerous", SqlTokens.DANGEROUS),
            Map.entry("all", SqlTokens.ALL),
            Map.entry("keyword", SqlTokens.KEYWORD),
            Map.entry("by", SqlTokens.BY));

    private SqlWords() {}
}
