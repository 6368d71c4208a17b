package phalanx.show.conversations;

import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Severity;

/**
 * The head of some conversations that have something in common, with their figures added up.
 *
 * @param key what they have in common, the same after every arrangement
 * @param retransmitted TCP segments sent again
 * @param withFindings how many of them have findings
 * @param worst the worst severity among their findings, null without findings
 */
record GroupLine(
        String key,
        boolean open,
        int conversations,
        long packets,
        long bytes,
        long retransmitted,
        int withFindings,
        @Nullable Severity worst)
        implements Line {
    GroupLine opened(boolean wanted) {
        return wanted == open
                ? this
                : new GroupLine(key, wanted, conversations, packets, bytes, retransmitted, withFindings, worst);
    }
}
