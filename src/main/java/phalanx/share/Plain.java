package phalanx.share;

/** Text of unknown origin (file names, names in captures), made fit for a line of a terminal. Any thread. */
final class Plain {
    private Plain() {}

    /** Control characters and what turns the direction of text show as {@code ?}, so that none reaches the terminal raw. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
