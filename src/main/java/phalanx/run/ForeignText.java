package phalanx.run;

/** Text of unknown origin (file names, what packets and captures say), made fit for a terminal, a document and a screen. Any thread. */
public final class ForeignText {
    private static final int LONGEST = 255;

    private ForeignText() {}

    /** Control characters, C0 and C1, and what turns the direction of text show as {@code ?}, so that none reaches a terminal raw. */
    public static String line(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    }

    /** As {@link #line}, at most 255 characters: a name from a packet. */
    public static String name(String text) {
        return line(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }
}
