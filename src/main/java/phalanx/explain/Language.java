package phalanx.explain;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Where;
import phalanx.measure.FlowLimits;
import phalanx.net.Direction;
import phalanx.stitch.Stitched;

/**
 * How figures, places and phrases are told in one language, from {@code resources/explain/words.properties} and its translations.
 * What programs read is always told in English. Any thread.
 */
public final class Language {
    /** The language of the command line, of reports and of all file formats. */
    public static final Language ENGLISH = new Language(Locale.ENGLISH);

    private static final String WORDS = "explain/words";
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Locale locale;
    private final ResourceBundle words;
    private final Phrases phrases;
    private final Phrases notices;

    private Language(Locale wanted) {
        words = ResourceBundle.getBundle(
                WORDS, wanted, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        locale = words.getLocale().getLanguage().isEmpty() ? Locale.ENGLISH : words.getLocale();
        phrases = Phrases.of(locale, "phrases");
        notices = Phrases.of(locale, "notices");
    }

    /** A language as it is spoken anywhere; English where there is no translation. */
    public static Language of(Locale wanted) {
        return wanted.equals(Locale.ENGLISH) ? ENGLISH : new Language(wanted);
    }

    /** Whose figures and words these are. */
    public Locale locale() {
        return locale;
    }

    /** {@code 09:40:07}, UTC. */
    public String clockTime(long nanos) {
        return CLOCK.format(Instant.ofEpochSecond(0, nanos));
    }

    /** With thousands separators: {@code 81,203}. */
    public String count(long count) {
        return String.format(locale, "%,d", count);
    }

    /** {@code 1,400 bytes}. */
    public String bytes(long bytes) {
        return told("bytes", count(bytes));
    }

    /** {@code 12.4 ms}, {@code 850 µs}, {@code 1.25 s}: three significant figures. */
    public String duration(long nanos) {
        double size = Math.abs((double) nanos);
        if (size < 999.5e3) {
            return figures(nanos / 1e3) + " µs";
        }
        return size < 999.5e6 ? figures(nanos / 1e6) + " ms" : figures(nanos / 1e9) + " s";
    }

    private String figures(double value) {
        double size = Math.abs(value);
        return String.format(locale, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    /** {@code 1.2 % (21 of 1,756)}. */
    public String share(long part, long whole) {
        return told("share", percent(part, whole), count(part), count(whole));
    }

    /** {@code 1.2 %}; an infinitesimal share is never written as 0. */
    public String percent(long part, long whole) {
        double percent = whole == 0 ? 0 : 100.0 * part / whole;
        return part > 0 && percent < 0.1
                ? String.format(locale, "%.2g %%", percent)
                : String.format(locale, percent < 10 ? "%.1f %%" : "%.0f %%", percent);
    }

    /** What a sender waited for most: {@code receiver window 62 %}; empty when it waited for nothing. */
    public String most(FlowLimits limits) {
        return limits.most()
                .map(most -> phrase(most.word()) + " " + percent(limits.of(most), limits.total()))
                .orElse("");
    }

    String text(Fact fact, Stitched stitched) {
        return switch (fact) {
            case Fact.Count(long count) -> count(count);
            case Fact.Nanos(long nanos) -> duration(nanos);
            case Fact.Share(long part, long whole) -> share(part, whole);
            case Fact.Bytes(long bytes) -> bytes(bytes);
            case Fact.Point(int capture) -> stitched.hopName(capture);
            case Fact.Text(String text) -> phrase(text);
        };
    }

    /** A kind of finding as people say it: {@code latency step}. */
    public String kind(String kind) {
        try {
            return words.getString("kind." + kind);
        } catch (MissingResourceException _) {
            return kind.replace('_', ' ');
        }
    }

    /** Where it is: {@code between edge and core}. */
    public String place(Where where, Stitched stitched) {
        return switch (where) {
            case Where.Segment(int from, int to) ->
                from == Where.BEYOND
                        ? told("place.before", stitched.hopName(to))
                        : to == Where.BEYOND
                                ? told("place.beyond", stitched.hopName(from))
                                : told("place.between", stitched.hopName(from), stitched.hopName(to));
            case Where.Node(var role, int capture) ->
                told(
                        switch (role) {
                            case CLIENT -> "place.client";
                            case SERVER -> "place.server";
                            case MIDDLEBOX -> "place.middlebox";
                        },
                        stitched.hopName(capture));
            case Where.Capture(int capture) -> told("place.capture", stitched.hopName(capture));
        };
    }

    /** {@code towards the server}, {@code towards the client}, {@code both ways}. */
    public String way(Direction direction) {
        return told(
                switch (direction) {
                    case CLIENT_TO_SERVER -> "way.c2s";
                    case SERVER_TO_CLIENT -> "way.s2c";
                    case BOTH -> "way.both";
                });
    }

    /** What a rule says in English, in this language; as it is where there is no translation of it, as of names. */
    public String phrase(String english) {
        return phrases.translate(english);
    }

    /** What work says in English, a step of it or a problem, in this language; as it is where there is no translation of it. */
    public String notice(String english) {
        return notices.find(english).orElse(english);
    }

    /** A word or sentence of {@code words.properties}; numbers choose between one and many. */
    String told(String key, Object... arguments) {
        return new MessageFormat(words.getString(key), locale).format(arguments);
    }
}
