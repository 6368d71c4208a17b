package phalanx.proxy.guard.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds all of many literals in one pass over a text (A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 18(6), 1975), as a
 * table of states by classes of octets. Literals are in lower case; capitals in a text count as small letters. Any thread.
 */
public final class Automaton {
    /** Told of each literal's end. */
    public interface Found {
        /** @param end behind its last octet */
        void literal(int literal, int end);
    }

    private final short[] classOf = new short[256]; // there may be one for each octet
    private final int shift;
    private final char[] next;
    private final int[][] found;

    /** Of at most some ten thousand octets of literals, none of them empty. */
    public Automaton(List<byte[]> literals) {
        int classes = 1;
        for (byte[] literal : literals) {
            for (byte octet : literal) {
                if (classOf[octet & 0xFF] == 0) {
                    classOf[octet & 0xFF] = (short) classes++;
                }
            }
        }
        for (int c = 'A'; c <= 'Z'; c++) { // for texts that are not in lower case
            classOf[c] = classOf[c | 0x20];
        }
        shift = 32 - Integer.numberOfLeadingZeros(classes - 1);
        int width = 1 << shift;
        int most = 1 + literals.stream().mapToInt(l -> l.length).sum();
        if (most > Character.MAX_VALUE) {
            throw new IllegalArgumentException("The literals are too long together: " + most + " octets.");
        }
        char[] table = new char[most * width];
        List<List<Integer>> ends = new ArrayList<>();
        ends.add(new ArrayList<>());
        for (int i = 0; i < literals.size(); i++) {
            int state = 0;
            for (byte octet : literals.get(i)) {
                int cell = state << shift | classOf[octet & 0xFF];
                if (table[cell] == 0) {
                    table[cell] = (char) ends.size();
                    ends.add(new ArrayList<>());
                }
                state = table[cell];
            }
            ends.get(state).add(i);
        }
        link(table, ends, width);
        next = Arrays.copyOf(table, ends.size() * width);
        found = ends.stream()
                .map(e -> e.isEmpty()
                        ? null
                        : e.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private void link(char[] table, List<List<Integer>> ends, int width) {
        int[] fail = new int[ends.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int c = 0; c < width; c++) {
            if (table[c] != 0) {
                queue.add((int) table[c]);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            ends.get(state).addAll(ends.get(fail[state]));
            for (int c = 0; c < width; c++) {
                int cell = state << shift | c;
                int other = table[fail[state] << shift | c];
                if (table[cell] == 0) {
                    table[cell] = (char) other;
                } else {
                    fail[table[cell]] = other;
                    queue.add((int) table[cell]);
                }
            }
        }
    }

    /** The state behind one more octet of a text that comes in pieces; 0 is where it begins. */
    public int next(int state, byte octet) {
        return next[state << shift | classOf[octet & 0xFF]];
    }

    /** Whether a literal ends in a state. */
    public boolean found(int state) {
        return found[state] != null;
    }

    /** The literals that end in a state in which one does; not to be changed. */
    public int[] literals(int state) {
        return found[state];
    }

    /**
     * Tells of the literals that a text holds, in the order of their ends.
     *
     * @param quietUpTo for each literal the position before which its ends are not told; may change meanwhile
     */
    public void search(byte[] text, int length, int[] quietUpTo, Found told) {
        int state = 0;
        for (int i = 0; i < length; i++) {
            state = next[state << shift | classOf[text[i] & 0xFF]];
            int[] here = found[state];
            if (here != null) {
                for (int literal : here) {
                    if (i >= quietUpTo[literal]) {
                        told.literal(literal, i + 1);
                    }
                }
            }
        }
    }
}
