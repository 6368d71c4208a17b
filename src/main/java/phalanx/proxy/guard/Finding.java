package phalanx.proxy.guard;

import phalanx.proxy.guard.rules.Place;
import phalanx.proxy.guard.rules.WafRule;

/**
 * Why a request looks like an attack. Any thread.
 *
 * @param name the argument or field it stands in, cut; empty where there is none
 * @param fragment what matched, with digits and what stands in quotes masked
 */
public record Finding(WafRule rule, Place place, String name, String fragment) {
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST = 48;

    static Finding of(WafRule rule, Place place, byte[] name, int nameFrom, int nameTo, byte[] text, int from, int to) {
        return new Finding(
                rule, place, plain(name, nameFrom, Math.min(nameTo, nameFrom + LONGEST_NAME)), masked(text, from, to));
    }

    private static String plain(byte[] text, int from, int to) {
        StringBuilder out = new StringBuilder(Math.max(0, to - from));
        for (int i = from; i < to; i++) {
            out.append(text[i] > ' ' && text[i] < 127 && text[i] != '"' && text[i] != '<' ? (char) text[i] : '.');
        }
        return out.toString();
    }

    /** The signs and words of an attack show its grammar; what stands in quotes and all numbers may be somebody's own. */
    private static String masked(byte[] text, int from, int to) {
        StringBuilder out = new StringBuilder(LONGEST);
        int quote = 0;
        int end = Math.min(to, from + LONGEST);
        for (int i = from; i < end; i++) {
            byte c = text[i];
            boolean letter = c >= 'a' && c <= 'z' || c < 0;
            if (c >= '0' && c <= '9' || quote != 0 && letter) {
                out.append('*');
            } else {
                out.append(c < ' ' || c == 127 ? '.' : (char) c);
            }
            if (c == '\'' || c == '"') {
                quote = quote == 0 ? c : quote == c ? 0 : quote;
            }
        }
        return out.append(to > end ? "..." : "").toString();
    }

    @Override
    public String toString() {
        return rule.id() + " at " + place + (name.isEmpty() ? "" : " " + name) + ": " + fragment;
    }
}
