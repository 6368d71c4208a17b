package phalanx.show;

import javafx.scene.paint.Color;
import phalanx.diagnose.Severity;

/**
 * Colours of what is painted on canvases; the style sheet has the same. After Okabe and Ito, darkened or lightened until texts reach
 * a contrast of 4.5 and marks 3 (WCAG 2.2, 1.4.3 and 1.4.11). Any thread.
 */
public record Palette(
        Color background,
        Color text,
        Color soft,
        Color rail,
        Color toServer,
        Color toClient,
        Color critical,
        Color warning,
        Color info,
        Color selection,
        Color again) {
    public static final Palette LIGHT = new Palette(
            Color.web("#ffffff"),
            Color.web("#1f2328"),
            Color.web("#59636e"),
            Color.web("#d1d9e0"),
            Color.web("#0072b2"),
            Color.web("#b84a00"),
            Color.web("#b3261e"),
            Color.web("#8a5300"),
            Color.web("#0b62a8"),
            Color.web("#0b62a8"),
            Color.web("#9c3d7c"));

    public static final Palette DARK = new Palette(
            Color.web("#0d1117"),
            Color.web("#e6edf3"),
            Color.web("#9198a1"),
            Color.web("#3d444d"),
            Color.web("#6cb6ff"),
            Color.web("#ff9a57"),
            Color.web("#ff8a80"),
            Color.web("#f2b04c"),
            Color.web("#6cb6ff"),
            Color.web("#6cb6ff"),
            Color.web("#e8a0cf"));

    public Color of(Severity severity) {
        return switch (severity) {
            case CRITICAL -> critical;
            case WARNING -> warning;
            case INFO -> info;
        };
    }
}
