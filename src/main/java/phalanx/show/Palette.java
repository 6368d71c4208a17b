package phalanx.show;

import java.util.List;
import java.util.Locale;
import javafx.scene.paint.Color;
import phalanx.diagnose.Severity;

/**
 * The colours of the desk, the only place that names them: painters read them here and style sheets look them up under the names
 * of {@link #css()}. After Okabe and Ito, darkened or lightened until texts reach a contrast of 4.5 and marks 3 (WCAG 2.2, 1.4.3
 * and 1.4.11). Any thread.
 *
 * @param background of diagrams and tables
 * @param card of what lies on the background: cards, bars, headers of diagrams
 * @param text of what is read
 * @param soft of what is read second
 * @param rail of lines that only part
 * @param again of what was retransmitted
 * @param series of lines that are told apart in charts, also with a colour vision deficiency; to be repeated with other dashes
 */
public record Palette(
        Color background,
        Color card,
        Color text,
        Color soft,
        Color rail,
        Color toServer,
        Color toClient,
        Color critical,
        Color warning,
        Color info,
        Color ok,
        Color selection,
        Color again,
        List<Color> series) {
    public static final Palette LIGHT = new Palette(
            Color.web("#ffffff"),
            Color.web("#f6f8fa"),
            Color.web("#1f2328"),
            Color.web("#59636e"),
            Color.web("#d1d9e0"),
            Color.web("#0072b2"),
            Color.web("#b84a00"),
            Color.web("#b3261e"),
            Color.web("#8a5300"),
            Color.web("#0b62a8"),
            Color.web("#00694b"),
            Color.web("#0b62a8"),
            Color.web("#9c3d7c"),
            colours("#0072b2", "#b84a00", "#00694b", "#9c3d7c", "#7c3aed", "#24292f", "#0a2a8c"));

    public static final Palette DARK = new Palette(
            Color.web("#0d1117"),
            Color.web("#151b23"),
            Color.web("#e6edf3"),
            Color.web("#9198a1"),
            Color.web("#3d444d"),
            Color.web("#6cb6ff"),
            Color.web("#ff9a57"),
            Color.web("#ff8a80"),
            Color.web("#f2b04c"),
            Color.web("#6cb6ff"),
            Color.web("#3fd2a1"),
            Color.web("#6cb6ff"),
            Color.web("#e8a0cf"),
            colours("#6cb6ff", "#ff9a57", "#3fd2a1", "#e8a0cf", "#e3d64a", "#9a6cff", "#e05d5d"));

    public static final Palette HIGH_CONTRAST = new Palette(
            Color.web("#000000"),
            Color.web("#000000"),
            Color.web("#ffffff"),
            Color.web("#e0e0e0"),
            Color.web("#a0a0a0"),
            Color.web("#7cc4ff"),
            Color.web("#ffb070"),
            Color.web("#ff9088"),
            Color.web("#ffd060"),
            Color.web("#7cc4ff"),
            Color.web("#50f0b8"),
            Color.web("#ffff00"),
            Color.web("#ffb0e0"),
            colours("#7cc4ff", "#ffb070", "#50f0b8", "#ffb0e0", "#9a6cff", "#e6f03c", "#e05060"));

    public Palette {
        series = List.copyOf(series);
    }

    private static List<Color> colours(String... webs) {
        return List.of(webs).stream().map(Color::web).toList();
    }

    public Color of(Severity severity) {
        return switch (severity) {
            case CRITICAL -> critical;
            case WARNING -> warning;
            case INFO -> info;
        };
    }

    /** The palette as looked-up colours for a root's style: {@code -px-critical: #b3261e; ...}. */
    public String css() {
        return "-px-background: %s; -px-card: %s; -px-text: %s; -px-soft: %s; -px-line: %s; -px-to-server: %s; -px-to-client: %s; "
                        .formatted(
                                web(background),
                                web(card),
                                web(text),
                                web(soft),
                                web(rail),
                                web(toServer),
                                web(toClient))
                + "-px-critical: %s; -px-warning: %s; -px-info: %s; -px-ok: %s; -px-selection: %s; -px-again: %s; "
                        .formatted(web(critical), web(warning), web(info), web(ok), web(selection), web(again));
    }

    /** {@code #rrggbb}. */
    public static String web(Color colour) {
        return String.format(
                Locale.ROOT,
                "#%02x%02x%02x",
                Math.round(colour.getRed() * 255),
                Math.round(colour.getGreen() * 255),
                Math.round(colour.getBlue() * 255));
    }
}
