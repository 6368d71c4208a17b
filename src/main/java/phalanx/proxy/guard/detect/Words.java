package phalanx.proxy.guard.detect;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Words in lower case and the kind of each, looked up in octets without making a string. Any thread. */
public final class Words {
    /** Longer ones are none of ours. */
    public static final int LONGEST = 40;

    private final byte[][] words;
    private final int[] kinds;
    /** By first octet, a bit for each length that a word beginning with it has: most of what is asked for ends here or by the last. */
    private final long[] beginning = new long[256];

    private final long[] ending = new long[256];

    /** @param kindOf the kind of each, above 0 */
    public Words(Map<String, Integer> kindOf) {
        int size = Integer.highestOneBit(Math.max(8, kindOf.size() * 4));
        words = new byte[size][];
        kinds = new int[size];
        kindOf.forEach((word, kind) -> {
            byte[] octets = word.getBytes(StandardCharsets.ISO_8859_1);
            int at = slot(octets, 0, octets.length);
            words[at] = octets;
            kinds[at] = kind;
            beginning[octets[0] & 0xFF] |= 1L << octets.length;
            ending[octets[octets.length - 1] & 0xFF] |= 1L << octets.length;
        });
    }

    /** The kind of the word that stands there, 0 for one that is not listed. */
    public int kind(byte[] text, int start, int end) {
        int length = end - start;
        if (length > LONGEST
                || length <= 0
                || (beginning[text[start] & 0xFF] & ending[text[end - 1] & 0xFF] & 1L << length) == 0) {
            return 0;
        }
        return kinds[slot(text, start, end)];
    }

    private int slot(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + text[i];
        }
        hash ^= hash >>> 15;
        int at = hash & words.length - 1;
        while (words[at] != null && !same(words[at], text, start, end)) {
            at = at + 1 & words.length - 1;
        }
        return at;
    }

    /** As Arrays.equals, which is slower for words this short. */
    private static boolean same(byte[] word, byte[] text, int start, int end) {
        if (word.length != end - start) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (word[i] != text[start + i]) {
                return false;
            }
        }
        return true;
    }
}
