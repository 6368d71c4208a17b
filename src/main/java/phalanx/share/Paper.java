package phalanx.share;

import java.util.Locale;
import java.util.Set;

/** The sheet that a report is printed on. */
enum Paper {
    A4("A4"),
    LETTER("letter");

    /** Where offices use Letter (Unicode CLDR, supplemental data, paperSize US-Letter). */
    private static final Set<String> LETTER_COUNTRIES =
            Set.of("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE");

    private final String css;

    Paper(String css) {
        this.css = css;
    }

    /** What is usual in that country; A4 when none is named. */
    static Paper of(Locale locale) {
        return LETTER_COUNTRIES.contains(locale.getCountry()) ? LETTER : A4;
    }

    /** The value of {@code size} in {@code @page} (CSS Paged Media Module Level 3, section 7.1). */
    String css() {
        return css;
    }
}
