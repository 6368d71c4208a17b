package phalanx.show.ladder;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import phalanx.explain.Analysis;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.DelaySummary;
import phalanx.measure.PacketFates;
import phalanx.show.DataTable;
import phalanx.show.Words;

/** Two conversations in figures, and by how much they differ. Any thread. */
final class ComparisonTable {
    private static final Words WORDS = Words.of("ladder");
    private static final String NOTHING = "\u2013";

    private ComparisonTable() {}

    /** @param picture of two conversations */
    static DataTable of(Analysis analysis, LadderPicture picture) {
        ConversationMetrics one =
                analysis.measures().conversations().get(picture.scope().conversation());
        ConversationMetrics two =
                analysis.measures().conversations().get(picture.scope().compared());
        return new SmallTable(
                WORDS.get("comparison"),
                List.of(WORDS.get("column-figure"), "1", "2", WORDS.get("column-difference")),
                List.of(
                        counts(WORDS.get("figure-packets"), one, two, m -> m.packets()[0] + m.packets()[1]),
                        counts(WORDS.get("figure-bytes"), one, two, m -> m.bytes()[0] + m.bytes()[1]),
                        counts(
                                WORDS.get("figure-retransmissions"),
                                one,
                                two,
                                m -> m.retransmissions()[0] + m.retransmissions()[1]),
                        counts(WORDS.get("figure-lost"), one, two, m -> lost(analysis, picture, m)),
                        times(WORDS.get("figure-rtt"), rtt(one), rtt(two)),
                        times(
                                WORDS.get("figure-duration"),
                                Optional.of(one.lastNanos() - one.firstNanos()),
                                Optional.of(two.lastNanos() - two.firstNanos()))));
    }

    private static long lost(Analysis analysis, LadderPicture picture, ConversationMetrics of) {
        return IntStream.of(analysis.stitched().journeys().of(of.conversation().id()))
                .filter(journey -> (picture.fates().of(journey) & PacketFates.LOST) != 0)
                .count();
    }

    private static Optional<Long> rtt(ConversationMetrics of) {
        return of.rtt().map(DelaySummary::medianNanos);
    }

    private static List<String> counts(
            String name, ConversationMetrics one, ConversationMetrics two, ToLongFunction<ConversationMetrics> figure) {
        long first = figure.applyAsLong(one);
        long second = figure.applyAsLong(two);
        return List.of(
                name,
                Words.language().count(first),
                Words.language().count(second),
                sign(second - first) + Words.language().count(Math.abs(second - first)));
    }

    private static List<String> times(String name, Optional<Long> one, Optional<Long> two) {
        String difference = one.isEmpty() || two.isEmpty()
                ? NOTHING
                : sign(two.get() - one.get()) + Words.language().duration(Math.abs(two.get() - one.get()));
        return List.of(
                name,
                one.map(Words.language()::duration).orElse(NOTHING),
                two.map(Words.language()::duration).orElse(NOTHING),
                difference);
    }

    private static String sign(long difference) {
        return difference > 0 ? "+" : difference < 0 ? "\u2212" : "";
    }
}
