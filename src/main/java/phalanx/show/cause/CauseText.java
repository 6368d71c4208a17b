package phalanx.show.cause;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Where;
import phalanx.explain.ExplainedFinding;
import phalanx.show.SeverityMark;
import phalanx.show.Words;
import phalanx.stitch.Stitched;

/** What is said of a finding besides its own sentences, and the labels it stands on. */
final class CauseText {
    private static final Words WORDS = Words.of("cause");
    private static final double HIGH = 0.9, GOOD = 0.7;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private CauseText() {}

    /** {@code high (92 %)}. */
    static String confidence(Finding finding) {
        double confidence = finding.confidence();
        String word = confidence >= HIGH
                ? WORDS.get("confidence.high")
                : confidence >= GOOD ? WORDS.get("confidence.good") : WORDS.get("confidence.low");
        return WORDS.get("confidence", word, Math.round(100 * confidence));
    }

    /** {@code between edge and core, towards the server}. */
    static String place(Finding finding, Stitched stitched) {
        return Words.language().place(finding.where(), stitched) + ", "
                + Words.language().way(finding.direction());
    }

    /** {@code 09:40:07.120 UTC, for 12.4 s}. */
    static String since(Finding finding) {
        String start = TIME.format(Instant.ofEpochSecond(0, finding.startNanos()));
        long lasted = finding.endNanos() - finding.startNanos();
        return lasted <= 0 ? start : WORDS.get("since", start, Words.language().duration(lasted));
    }

    /** {@code 3 of 12 conversations}. */
    static String affected(Finding finding, Stitched stitched) {
        return WORDS.get(
                "affected",
                finding.conversations().size(),
                stitched.conversations().size());
    }

    /** What else to capture to be sure, where the place lies beyond the last capture point. */
    static Optional<String> settle(Finding finding, Stitched stitched) {
        if (!(finding.where() instanceof Where.Segment(int from, int to))) {
            return Optional.empty();
        }
        if (from == Where.BEYOND && to != Where.BEYOND) {
            return Optional.of(WORDS.get("settle.before", stitched.hopName(to)));
        }
        return to == Where.BEYOND && from != Where.BEYOND
                ? Optional.of(WORDS.get("settle.behind", stitched.hopName(from)))
                : Optional.empty();
    }

    /** One sentence for those who listen. */
    static String spoken(ExplainedFinding told, Stitched stitched) {
        return SeverityMark.word(told.finding().severity()) + ", " + told.id() + ": " + told.summary() + " "
                + place(told.finding(), stitched);
    }

    static String markdown(ExplainedFinding told, Stitched stitched) {
        StringBuilder text = new StringBuilder();
        text.append("**").append(told.summary()).append("**\n\n");
        text.append(SeverityMark.word(told.finding().severity())).append(", ");
        text.append(place(told.finding(), stitched)).append("; ");
        text.append(WORDS.get("confidence.label"))
                .append(": ")
                .append(confidence(told.finding()))
                .append("\n\n");
        text.append(told.explanation()).append('\n');
        told.finding()
                .evidence()
                .forEach(evidence -> text.append("\n- ")
                        .append(WORDS.get("evidence", stitched.hopName(evidence.capture()), evidence.frames().length))
                        .append(": ")
                        .append(Words.language().phrase(evidence.says())));
        if (told.remedy() != null) {
            text.append("\n\n").append(WORDS.get("remedy")).append(": ").append(told.remedy());
        }
        return text.append('\n').toString();
    }

    static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    static Label soft(String text) {
        Label label = wrapped(text);
        label.getStyleClass().add("soft");
        return label;
    }
}
