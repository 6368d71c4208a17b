package phalanx.share;

import java.util.Comparator;
import java.util.List;
import phalanx.explain.Analysis;
import phalanx.explain.FactFormat;
import phalanx.measure.ConversationMetrics;
import phalanx.measure.FlowLimit;
import phalanx.measure.FlowLimits;

/** Which conversations the reports for people show, and how they say why one was not faster. */
final class ConversationRows {
    static final int SHOWN = 10;

    private static final double BAR = 180, THICK = 12;

    private ConversationRows() {}

    /** Those with the most findings, then the largest. */
    static List<ConversationMetrics> of(Analysis analysis) {
        return analysis.measures().conversations().stream()
                .sorted(Comparator.<ConversationMetrics>comparingInt(
                                m -> -analysis.findingsOf(m).size())
                        .thenComparingLong(m -> -(m.bytes()[0] + m.bytes()[1])))
                .limit(SHOWN)
                .toList();
    }

    /** What its sender waited for most: {@code receiver window 62 %}; empty when that is not known. */
    static String limit(ConversationMetrics metrics) {
        return metrics.limits()
                .flatMap(limits -> limits.most()
                        .map(most -> most.word() + " " + FactFormat.percent(limits.of(most), limits.total())))
                .orElse("");
    }

    /** The shares side by side, as SVG. */
    static String bar(FlowLimits limits) {
        Svg svg = new Svg();
        StringBuilder told = new StringBuilder();
        double x = 0;
        for (FlowLimit limit : FlowLimit.values()) {
            double width = BAR * limits.of(limit) / Math.max(1, limits.total());
            if (width > 0) {
                svg.bar(limit.key(), x, 0, width, THICK);
                told.append(told.isEmpty() ? "" : ", ")
                        .append(limit.word())
                        .append(' ')
                        .append(FactFormat.percent(limits.of(limit), limits.total()));
            }
            x += width;
        }
        return svg.picture(BAR, THICK, told.toString());
    }
}
