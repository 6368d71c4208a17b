package phalanx.show.charts;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Where;
import phalanx.explain.Analysis;
import phalanx.explain.ExplainedFinding;
import phalanx.measure.ConversationMetrics;
import phalanx.net.Transport;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.Words;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/**
 * What part of the recording the charts are of. Immutable, any thread.
 *
 * @param title in words
 * @param conversations bit by conversation
 * @param capture the point that everything is measured at where it crosses it, {@link Selection#NONE} for the best point of each
 * @param segment where the selected finding says the trouble is, null for anywhere
 * @param extent the time that the charts cover at first, reference clock
 */
record Scope(
        String title,
        BitSet conversations,
        int total,
        int capture,
        Where.@Nullable Segment segment,
        Shown shown,
        Selection.Range extent) {
    private static final Words WORDS = Words.of("charts");

    /** Findings of a single moment are shown with what came before and after. */
    private static final long LEAST_AROUND_FINDING = 50_000_000;

    static Scope of(Analysis analysis, Selection.State state, Shown shown) {
        Stitched stitched = analysis.stitched();
        int total = stitched.conversations().size();
        BitSet some = new BitSet(total);
        ExplainedFinding finding = state.finding();
        String title;
        if (state.conversation() != Selection.NONE) {
            some.set(state.conversation());
            Conversation one = stitched.conversations().get(state.conversation());
            title = WORDS.get("scope.conversation", one.id(), one.transport().word(), one.client(), one.server());
        } else if (finding != null && !finding.finding().conversations().isEmpty()) {
            finding.finding().conversations().forEach(some::set);
            title = WORDS.get("scope.finding", finding.id(), some.cardinality());
        } else {
            some.set(0, total);
            title = WORDS.get("scope.all", total);
        }
        if (!shown.isAll()) {
            some.and(shown.conversations());
            title = WORDS.get("scope.filtered", title, some.cardinality(), shown.filter());
        }
        if (state.capture() != Selection.NONE) {
            title = WORDS.get("scope.at", title, stitched.hopName(state.capture()));
        }
        Where.Segment where =
                finding != null && finding.finding().where() instanceof Where.Segment segment ? segment : null;
        return new Scope(title, some, total, state.capture(), where, shown, extent(analysis, finding, some));
    }

    /** Of all when no conversation is left over. */
    private static Selection.Range extent(Analysis analysis, @Nullable ExplainedFinding finding, BitSet some) {
        if (finding != null) {
            long first = finding.finding().startNanos();
            long last = finding.finding().endNanos();
            long margin = Math.max((last - first) / 10, LEAST_AROUND_FINDING);
            return new Selection.Range(first - margin, last + margin);
        }
        List<ConversationMetrics> all = analysis.measures().conversations();
        List<ConversationMetrics> looked =
                some.isEmpty() ? all : some.stream().mapToObj(all::get).toList();
        long first =
                looked.stream().mapToLong(ConversationMetrics::firstNanos).min().orElse(0);
        long last =
                looked.stream().mapToLong(ConversationMetrics::lastNanos).max().orElse(0);
        long margin = (last - first) / 100;
        return new Selection.Range(first - margin, Math.max(last + margin, first + 1));
    }

    /** Whether nothing was left out. */
    boolean isEverything() {
        return shown.isAll() && conversations.cardinality() == total;
    }

    /** Whether a packet belongs to it. */
    boolean holds(Stitched stitched, int journey) {
        return conversations.get(stitched.journeys().conversation(journey)) && shown.journey(journey);
    }

    IntStream all() {
        return conversations.stream();
    }

    /** The conversation when there is just one, {@link Selection#NONE} else. */
    int only() {
        return conversations.cardinality() == 1 ? conversations.nextSetBit(0) : Selection.NONE;
    }

    /** Whether it is a single TCP conversation. */
    boolean isOneTcp(Stitched stitched) {
        return only() != Selection.NONE && stitched.conversations().get(only()).transport() == Transport.TCP;
    }

    /** Whether the segment between two points is of interest. */
    boolean looksAt(int from, int to) {
        if (segment != null && segment.from() != Where.BEYOND && segment.to() != Where.BEYOND) {
            return segment.from() == from && segment.to() == to || segment.from() == to && segment.to() == from;
        }
        return capture == Selection.NONE || capture == from || capture == to;
    }
}
