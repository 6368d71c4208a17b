package phalanx.proxy.guard.inspect;

import java.util.function.Consumer;
import phalanx.proxy.guard.decode.Decoding;
import phalanx.proxy.guard.decode.Text;

/**
 * Joins what stands before and behind comments and blanks that are longer than what windows over a value share: what a database reads as
 * one query would else be seen in halves. One pass. One thread.
 */
final class LongGaps {
    private static final int LONG = 128;
    /** How much before and behind a gap belongs together. */
    private static final int AROUND = 256;

    private static final int MOST_TOGETHER = 4096;

    private final Text value = new Text();
    private final Text joined = new Text();

    /**
     * Shows each stretch of a value that has long gaps in it, without any gap.
     *
     * @param plus whether a plus stands for a space
     * @param seen takes a text that is written anew for the next one
     */
    void join(byte[] octets, int from, int to, boolean plus, Consumer<Text> seen) {
        Decoding.percent(octets, from, to, plus, value);
        byte[] all = value.octets();
        int kept = 0; // what is kept moves to the front
        int begin = -1;
        int end = 0;
        int at = 0;
        while (at < value.length()) {
            int behind = gapEnd(all, at, value.length());
            if (behind == at) {
                all[kept++] = all[at++];
            } else {
                all[kept++] = ' ';
                if (behind - at >= LONG) {
                    begin = begin < 0 ? Math.max(0, kept - AROUND) : begin;
                    end = kept + AROUND;
                }
                at = behind;
            }
            if (begin >= 0 && (kept >= end || kept - begin >= MOST_TOGETHER)) {
                show(all, begin, kept, seen);
                begin = kept < end ? kept - AROUND : -1;
            }
        }
        if (begin >= 0) {
            show(all, begin, kept, seen);
        }
    }

    private void show(byte[] all, int from, int to, Consumer<Text> seen) {
        joined.clear();
        joined.add(all, from, to);
        seen.accept(joined);
    }

    /** Behind all comments and blanks that begin at a place, which is the place itself where none does. */
    private static int gapEnd(byte[] octets, int from, int length) {
        int at = from;
        while (at < length) {
            byte c = octets[at];
            byte next = at + 1 < length ? octets[at + 1] : 0;
            if (c >= 0 && c <= ' ' || c == (byte) 0xA0) {
                at++;
            } else if (c == '/'
                    && next == '*'
                    && (at + 2 >= length || octets[at + 2] != '!')) { // MySQL runs what is in /*!
                at = blockEnd(octets, at + 2, length);
            } else if (c == '#' || c == '-' && next == '-') {
                at = lineEnd(octets, at, length);
            } else {
                break;
            }
        }
        return at;
    }

    private static int blockEnd(byte[] octets, int from, int length) {
        int at = from;
        while (at + 1 < length && !(octets[at] == '*' && octets[at + 1] == '/')) {
            at++;
        }
        return Math.min(length, at + 2);
    }

    private static int lineEnd(byte[] octets, int from, int length) {
        int at = from;
        while (at < length && octets[at] != '\n') {
            at++;
        }
        return at;
    }
}
