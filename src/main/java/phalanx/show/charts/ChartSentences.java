package phalanx.show.charts;

import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.show.Words;

/** The charts in sentences, for who does not see them. Any thread. */
final class ChartSentences {
    private static final Words WORDS = Words.of("charts");

    private ChartSentences() {}

    /**
     * The selected packet, the chart that keys act on, then all charts.
     *
     * @param picture null when there is nothing to draw
     * @param active number of a chart, {@link phalanx.show.Selection#NONE} for none
     * @param packet when the selected packet passed, reference clock
     */
    static String of(@Nullable ChartPicture picture, int active, OptionalLong packet) {
        if (picture == null) {
            return WORDS.get("empty.recording");
        }
        StringBuilder told = new StringBuilder();
        Panel at = active >= 0 && active < picture.panels().size()
                ? picture.panels().get(active)
                : null;
        packet.ifPresent(nanos -> told.append(WORDS.get("spoken.packet", TimeLabels.relative(picture.seconds(nanos))))
                .append(' '));
        if (at != null) {
            String values = packet.isEmpty() ? "" : Readout.at(picture, at, picture.seconds(packet.getAsLong()));
            told.append(
                            values.isEmpty()
                                    ? WORDS.get("spoken.chart", at.title())
                                    : WORDS.get("spoken.values", at.title(), values))
                    .append(' ');
        }
        return told.append(WORDS.get(
                        "summary.charts",
                        picture.title(),
                        TimeLabels.relative(picture.fromSeconds()),
                        TimeLabels.relative(picture.toSeconds())))
                .append(' ')
                .append(picture.panels().stream().map(Panel::summary).collect(Collectors.joining(" ")))
                .toString();
    }
}
