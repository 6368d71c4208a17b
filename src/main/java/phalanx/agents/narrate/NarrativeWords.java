package phalanx.agents.narrate;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;
import phalanx.agents.observe.Measure;
import phalanx.agents.trail.StepText;
import phalanx.explain.Language;
import phalanx.run.ForeignText;

/** How a narrative is worded in one language, from {@code resources/agents/narrative.properties} and its translations. Any thread. */
final class NarrativeWords {
    /** Characters of one text from the trail. */
    private static final int LONGEST = 600;

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ResourceBundle words;
    private final Language language;

    NarrativeWords(Locale wanted) {
        words = ResourceBundle.getBundle(
                "agents/narrative",
                wanted,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        language = Language.of(wanted);
    }

    /** A sentence; what stands in it is fit for a terminal, and cut where it is endless. */
    String told(String key, Object... arguments) {
        Object[] fit = new Object[arguments.length];
        for (int i = 0; i < fit.length; i++) {
            fit[i] = fit(String.valueOf(arguments[i]));
        }
        return new MessageFormat(words.getString(key), language.locale()).format(fit);
    }

    private static String fit(String text) {
        String line = ForeignText.line(text);
        if (line.length() <= LONGEST) {
            return line;
        }
        boolean pair = Character.isHighSurrogate(line.charAt(LONGEST - 1));
        return line.substring(0, pair ? LONGEST - 1 : LONGEST) + "\u2026";
    }

    /** What an agent said in English, in this language where there is a translation. */
    String said(String english) {
        return language.notice(english);
    }

    String value(Measure measure, double value) {
        return StepText.value(language.locale(), measure, value);
    }

    /** A confidence or a weight, 0..1. */
    String degree(double value) {
        return String.format(language.locale(), "%.2f", value);
    }

    String percent(double share) {
        return String.format(language.locale(), "%.0f %%", 100 * share);
    }

    String clock(Instant at) {
        return CLOCK.format(at);
    }

    String day(Instant at) {
        return DAY.format(at);
    }

    /** {@code 12 s}, {@code 3 min 20 s}. */
    static String time(Duration time) {
        return (time.toMinutes() > 0 ? time.toMinutes() + " min " : "") + time.toSecondsPart() + " s";
    }
}
