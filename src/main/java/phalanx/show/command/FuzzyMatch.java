package phalanx.show.command;

import java.util.Locale;

/** How well a few letters fit a title: all of them in their order, best at the beginnings of words and side by side. Any thread. */
public final class FuzzyMatch {
    /** The letters do not fit. */
    public static final int NONE = -1;

    private static final int AT_WORD = 8, NEXT_TO = 5, ANYWHERE = 1;

    private FuzzyMatch() {}

    /** The higher the better; {@link #NONE} when a letter is missing; 0 for no letters. Case does not matter. */
    public static int score(String letters, String title) {
        String wanted = letters.strip().toLowerCase(Locale.ROOT);
        String text = title.toLowerCase(Locale.ROOT);
        int whole = text.indexOf(wanted);
        if (whole >= 0 && !wanted.isEmpty()) {
            return 1000 + (atWord(text, whole) ? AT_WORD : 0) - Math.min(500, text.length());
        }
        int score = 0;
        int at = 0;
        int before = -2;
        for (int i = 0; i < wanted.length(); i++) {
            char letter = wanted.charAt(i);
            if (letter == ' ') {
                continue;
            }
            int found = best(text, letter, at);
            if (found < 0) {
                return NONE;
            }
            score += found == before + 1 ? NEXT_TO : atWord(text, found) ? AT_WORD : ANYWHERE;
            before = found;
            at = found + 1;
        }
        return score;
    }

    /** The next place of a letter, one that begins a word when there is one and the letter does not follow at once. */
    private static int best(String text, char letter, int from) {
        int first = text.indexOf(letter, from);
        if (first < 0 || first == from || atWord(text, first)) {
            return first;
        }
        for (int i = text.indexOf(letter, first + 1); i >= 0; i = text.indexOf(letter, i + 1)) {
            if (atWord(text, i)) {
                return i;
            }
        }
        return first;
    }

    private static boolean atWord(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }
}
