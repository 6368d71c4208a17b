package phalanx.show.conversations;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Severity;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.ConversationDetail;
import phalanx.measure.ConversationMetrics;
import phalanx.stitch.Conversation;

/**
 * One conversation with all that its row may show. Made when asked for.
 *
 * @param detail null until it is read
 */
record ConversationRow(
        ConversationSource source,
        ConversationMetrics metrics,
        @Nullable ConversationDetail detail) implements Line {
    Conversation conversation() {
        return metrics.conversation();
    }

    /** Most important first. */
    List<ExplainedFinding> findings() {
        return source.findings(conversation().id());
    }

    /** {@code 10.0.0.1:40000 ↔ shop/cart-7d9:443}. */
    String ends() {
        return source.names().of(conversation().client()) + " \u2194 "
                + source.names().of(conversation().server());
    }

    long bytes() {
        return metrics.bytes()[0] + metrics.bytes()[1];
    }

    long packets() {
        return metrics.packets()[0] + metrics.packets()[1];
    }

    long retransmissions() {
        return metrics.retransmissions()[0] + metrics.retransmissions()[1];
    }

    /** The worst severity among the findings, of which there must be one. */
    Severity worst() {
        return findings().stream()
                .map(told -> told.finding().severity())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Small for what should be read first: by the worst finding, then by their number. */
    long importance() {
        List<ExplainedFinding> findings = findings();
        if (findings.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return ((long) worst().ordinal() << 32) - findings.size();
    }
}
