package phalanx.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.UnusualStretch;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.Measures;
import phalanx.run.Problem;
import phalanx.stitch.Stitched;
import phalanx.topology.NetworkMap;

/**
 * The whole answer to one investigation. The desk, the command line and every report are views of this value. Immutable, any
 * thread.
 *
 * @param findings most important first
 * @param byConversation the findings that name a conversation, most important first, by its id
 * @param notRun rules that the captures could not answer
 * @param passed ids of the rules that looked and found nothing
 * @param checked how many rules looked and could answer
 * @param unusual when the traffic left what was usual in the recording, by time; empty when it is too short to tell
 * @param problems files that were left out of the answer, and things the reader should know about the input as a whole
 */
public record Analysis(
        Stitched stitched,
        Measures measures,
        NetworkMap map,
        List<ExplainedFinding> findings,
        Map<Integer, List<ExplainedFinding>> byConversation,
        List<NotRun> notRun,
        List<String> passed,
        int checked,
        Optional<List<UnusualStretch>> unusual,
        List<Problem> problems,
        Conclusion conclusion) {
    /**
     * A rule that could not answer, and what it lacked.
     *
     * @param settle what to capture so that it can: {@code a capture from ...}; empty when it cannot be told
     */
    public record NotRun(String rule, String why, String settle) {}

    /**
     * The answer in one sentence.
     *
     * @param details what else there is to say: without trouble the checks that passed and those that could not run; may be empty
     * @param finding the finding that is the root of the trouble, null when there is no trouble (facts do not count)
     * @param confidence 0..1
     */
    public record Conclusion(
            String summary, String details, @Nullable ExplainedFinding finding, double confidence) {}

    public Analysis {
        findings = List.copyOf(findings);
        byConversation = Map.copyOf(byConversation);
        notRun = List.copyOf(notRun);
        passed = List.copyOf(passed);
        problems = List.copyOf(problems);
    }

    /** Whether every packet of every capture is in the answer. */
    public boolean whole() {
        return stitched.captures().stream().allMatch(point -> point.capture().unread() == 0);
    }

    /** All conversations: those with the most findings, then the largest. */
    public List<ConversationMetrics> conversationsByImportance() {
        return measures.conversations().stream()
                .sorted(Comparator.<ConversationMetrics>comparingInt(
                                m -> -findingsOf(m).size())
                        .thenComparingLong(m -> -(m.bytes()[0] + m.bytes()[1])))
                .toList();
    }

    /** The findings that name this conversation, most important first. */
    public List<ExplainedFinding> findingsOf(ConversationMetrics metrics) {
        return byConversation.getOrDefault(metrics.conversation().id(), List.of());
    }
}
