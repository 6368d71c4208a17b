package phalanx.show.conversations;

import java.util.List;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.ConversationDetail;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.PathCounts;
import phalanx.measure.SegmentCounts;
import phalanx.run.Progress;
import phalanx.show.HostNames;
import phalanx.show.Words;

/**
 * Where rows come from. Immutable, any thread.
 *
 * @param names what hosts are called
 * @param details by conversation, empty until they are read
 * @param beginNanos first packet of all
 * @param mostBytes of any conversation
 * @param largestLoss share lost in its worst segment by the conversation that lost most, 0..1
 */
record ConversationSource(
        Analysis analysis,
        HostNames names,
        List<ConversationDetail> details,
        long beginNanos,
        long mostBytes,
        double largestLoss) {
    /** Without details: at once, whatever the size. */
    static ConversationSource of(Analysis analysis) {
        List<ConversationMetrics> all = analysis.measures().conversations();
        return new ConversationSource(
                analysis,
                HostNames.NONE,
                List.of(),
                all.isEmpty() ? 0 : all.getFirst().firstNanos(),
                0,
                0);
    }

    /**
     * With details. For a worker.
     *
     * @throws Progress.Cancelled when the work was given up
     */
    static ConversationSource detailed(Analysis analysis, Progress progress) {
        List<ConversationDetail> details = ConversationDetail.all(analysis.stitched(), analysis.measures(), progress);
        long begin = Long.MAX_VALUE;
        long most = 0;
        for (ConversationMetrics metrics : analysis.measures().conversations()) {
            begin = Math.min(begin, metrics.firstNanos());
            most = Math.max(most, metrics.bytes()[0] + metrics.bytes()[1]);
        }
        double loss = 0;
        for (ConversationDetail detail : details) {
            PathCounts path = detail.path();
            loss = Math.max(loss, path.sent() == 0 ? 0 : (double) path.lost() / path.sent());
        }
        return new ConversationSource(analysis, HostNames.NONE, details, begin, most, loss);
    }

    /** The same rows with other names. */
    ConversationSource with(HostNames others) {
        return new ConversationSource(analysis, others, details, beginNanos, mostBytes, largestLoss);
    }

    int size() {
        return analysis.measures().conversations().size();
    }

    ConversationRow row(int conversation) {
        return new ConversationRow(
                this,
                analysis.measures().conversations().get(conversation),
                details.isEmpty() ? null : details.get(conversation));
    }

    List<ExplainedFinding> findings(int conversation) {
        return analysis.byConversation().getOrDefault(conversation, List.of());
    }

    /** {@code between edge and core, towards the server}. */
    String segment(int index) {
        SegmentCounts counts = analysis.measures().segments().get(index).counts();
        return Words.language().place(new Where.Segment(counts.from(), counts.to()), analysis.stitched()) + ", "
                + Words.language().way(counts.direction());
    }
}
