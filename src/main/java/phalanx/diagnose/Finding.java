package phalanx.diagnose;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.net.Direction;

/**
 * Something that is so, with its proof; not yet in words.
 *
 * @param rule id of the rule that says so
 * @param kind field word of what it is: {@code random_loss}
 * @param confidence 0..1
 * @param startNanos and {@code endNanos} first and last packet affected, reference clock
 * @param facts figures for the sentences, by the names that the kind's template uses
 * @param conversations indexes of those that suffer
 * @param words null where the explainer has a template for the kind
 * @param harm seconds lost by users, or packets lost where no time can be told; only for ranking among the same severity
 */
public record Finding(
        String rule,
        String kind,
        Severity severity,
        double confidence,
        Where where,
        Direction direction,
        long startNanos,
        long endNanos,
        Map<String, Fact> facts,
        List<Integer> conversations,
        List<Evidence> evidence,
        List<RuledOut> ruledOut,
        double harm,
        @Nullable Words words) {
    /**
     * What a rule of the user's says of its finding; names in braces are facts.
     *
     * @param explanation and {@code remedy} may be empty
     */
    public record Words(String summary, String explanation, String remedy) {}

    /**
     * Another explanation that was looked at.
     *
     * @param why the figure that speaks against it
     */
    public record RuledOut(String kind, String why) {}

    public Finding {
        facts = Map.copyOf(facts);
        conversations = List.copyOf(conversations);
        evidence = List.copyOf(evidence);
        ruledOut = List.copyOf(ruledOut);
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException(rule + " gave no evidence");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(rule + " is confident by " + confidence);
        }
    }
}
