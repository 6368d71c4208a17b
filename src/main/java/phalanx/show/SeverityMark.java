package phalanx.show;

import org.kordamp.ikonli.javafx.FontIcon;
import phalanx.diagnose.Severity;

/** A severity as every view marks it: a shape and a word besides the colour. Screen thread. */
public final class SeverityMark {
    private static final Words WORDS = Words.of("severity");

    private SeverityMark() {}

    /** {@code Critical}, {@code Warning}, {@code Info}. */
    public static String word(Severity severity) {
        return switch (severity) {
            case CRITICAL -> WORDS.get("critical");
            case WARNING -> WORDS.get("warning");
            case INFO -> WORDS.get("info");
        };
    }

    /** Octagon, triangle or circle; coloured by the style class {@code severity-icon-...}. */
    public static FontIcon icon(Severity severity) {
        FontIcon icon = new FontIcon(
                switch (severity) {
                    case CRITICAL -> "mdi2a-alert-octagon";
                    case WARNING -> "mdi2a-alert";
                    case INFO -> "mdi2i-information";
                });
        icon.getStyleClass().add("severity-icon-" + severity.word());
        return icon;
    }
}
