package phalanx.inspect;

/** Text from packets, made fit for a terminal, a document and a screen. Any thread. */
final class Names {
    private static final int LONGEST = 255;

    private Names() {}

    /** Without control characters and what turns the direction of text; at most 255 characters. */
    static String printable(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "");
    }
}
