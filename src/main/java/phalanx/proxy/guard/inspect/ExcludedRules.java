package phalanx.proxy.guard.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.guard.rules.RuleBook;
import phalanx.proxy.guard.rules.WafRule;
import phalanx.run.NearestName;

/** Rules that do not hold at a place, or not in the values of some arguments, cookies, fields of heads or forms. Immutable, any thread. */
public final class ExcludedRules {
    /** No rule is. */
    static final ExcludedRules NONE = new ExcludedRules(new BitSet(), Map.of());

    private final BitSet everywhere;
    private final List<Named> named = new ArrayList<>();

    /** @param name in lower case */
    private record Named(byte[] name, BitSet rules) {}

    /** @param at numbers of rules by the names in whose values they do not hold */
    ExcludedRules(BitSet everywhere, Map<String, BitSet> at) {
        this.everywhere = everywhere;
        at.forEach((name, rules) -> named.add(new Named(lower(name.getBytes(StandardCharsets.UTF_8)), rules)));
    }

    private static byte[] lower(byte[] name) {
        for (int i = 0; i < name.length; i++) {
            name[i] = (byte) lower(name[i]);
        }
        return name;
    }

    private static int lower(byte c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    /** Reads {@code RULE}, {@code CATEGORY}, {@code RULE@NAME}. */
    static ExcludedRules of(Section section, List<Word> words, RuleBook book) {
        BitSet everywhere = new BitSet();
        Map<String, BitSet> at = new LinkedHashMap<>();
        for (Word word : words) {
            int sign = word.text().indexOf('@');
            String rule = sign < 0 ? word.text() : word.text().substring(0, sign);
            BitSet rules = rules(section, word, rule, book);
            (sign < 0 ? everywhere : at.computeIfAbsent(word.text().substring(sign + 1), _ -> new BitSet())).or(rules);
        }
        return new ExcludedRules(everywhere, at);
    }

    private static BitSet rules(Section section, Word word, String name, RuleBook book) {
        BitSet rules = new BitSet();
        List<WafRule> all = book.rules();
        IntPredicate meant =
                i -> all.get(i).id().equals(name) || all.get(i).category().equals(name);
        IntStream.range(0, all.size())
                .filter(meant)
                .map(i -> all.get(i).number())
                .forEach(rules::set);
        if (rules.isEmpty()) {
            List<String> names = all.stream()
                    .flatMap(rule -> List.of(rule.id(), rule.category()).stream())
                    .distinct()
                    .sorted()
                    .toList();
            section.refuse(
                    word.at(),
                    "There is no rule or category " + name + ".",
                    NearestName.to(name, names)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("The request log names them; resources/waf has them all."));
        }
        return rules;
    }

    /** Whether a rule holds nowhere. */
    boolean everywhere(int rule) {
        return everywhere.get(rule);
    }

    /** The rules that do not hold in values of this name as well, null for none. */
    @Nullable
    BitSet at(byte[] octets, int from, int to) {
        for (int i = 0; i < named.size(); i++) {
            if (same(named.get(i).name(), octets, from, to)) {
                return named.get(i).rules();
            }
        }
        return null;
    }

    private static boolean same(byte[] name, byte[] octets, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != lower(octets[from + i])) {
                return false;
            }
        }
        return true;
    }
}
