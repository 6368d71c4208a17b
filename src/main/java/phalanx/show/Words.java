package phalanx.show;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import phalanx.explain.Language;

/**
 * The words of one part of the desk in the user's language, from {@code resources/i18n/<part>.properties} (English) and its
 * translations. Words with figures in them are patterns of {@link MessageFormat}, so that an apostrophe before a figure is written
 * twice. Any thread.
 */
public final class Words {
    /** A language that no one speaks: what is not between its brackets was not taken from a bundle. */
    public static final Locale PSEUDO = Locale.forLanguageTag("en-XA");

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private static volatile Locale locale = Locale.ENGLISH;
    private static volatile Language language = Language.ENGLISH;

    private final String part;

    private Words(String part) {
        this.part = part;
    }

    /** The words of a part: {@code ladder}, {@code map}. */
    public static Words of(String part) {
        return new Words(part);
    }

    /** Chooses the language of all words asked for from now on; one without translation falls back to English. */
    public static void use(Locale wanted) {
        locale = wanted;
        language = Language.of(wanted);
    }

    /** The language in use. */
    public static Locale locale() {
        return locale;
    }

    /** How figures, places and what rules say are told in the language in use. */
    public static Language language() {
        return language;
    }

    /**
     * A word or sentence.
     *
     * @param arguments what stands for {@code {0}}, {@code {1}}, ...; numbers are written as the language writes them
     * @throws MissingResourceException when the bundle does not have it: a fault of the program, found by a test
     */
    public String get(String key, Object... arguments) {
        Locale now = locale;
        boolean pseudo = now.equals(PSEUDO);
        String text = ResourceBundle.getBundle("i18n/" + part, pseudo ? Locale.ENGLISH : now, NO_FALLBACK)
                .getString(key);
        String told = arguments.length == 0 ? text : new MessageFormat(text, language.locale()).format(arguments);
        return pseudo ? pseudo(told) : told;
    }

    /** A third longer, as German is, and with letters that a font may lack. */
    private static String pseudo(String text) {
        String accented = text.codePoints()
                .mapToObj(c -> switch (c) {
                    case 'a' -> "á";
                    case 'e' -> "é";
                    case 'o' -> "ö";
                    case 'u' -> "ü";
                    default -> Character.toString(c);
                })
                .collect(Collectors.joining());
        return "⟦" + accented + "~".repeat(text.length() / 3) + "⟧";
    }
}
