package phalanx.run;

import java.util.Collection;
import java.util.Optional;

/** The name that was probably meant. Any thread. */
public final class NearestName {
    private static final int LONGEST = 100;

    private NearestName() {}

    /** The candidate with the fewest edits, when they are few against its length. */
    public static Optional<String> to(String wrong, Collection<String> candidates) {
        if (wrong.length() > LONGEST) {
            return Optional.empty();
        }
        String best = null;
        int least = most(wrong) + 1;
        for (String candidate : candidates) {
            int edits = edits(wrong, candidate);
            if (edits < least) {
                least = edits;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Edits beyond which another name was meant. */
    public static int most(String wrong) {
        return Math.max(2, wrong.length() / 3);
    }

    /** Insertions, deletions and substitutions that lead from one to the other (Levenshtein). */
    public static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
