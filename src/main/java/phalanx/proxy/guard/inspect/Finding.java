package phalanx.proxy.guard.inspect;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import phalanx.proxy.guard.rules.Place;
import phalanx.proxy.guard.rules.WafRule;

/**
 * Why a request looks like an attack. Any thread.
 *
 * @param name the argument or field it stands in, cut; empty where there is none, or none that programs give
 * @param fragment what matched, with digits and all words masked but those of the grammar of attacks
 */
public record Finding(WafRule rule, Place place, String name, String fragment) {
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_BRIEF_NAME = 12;
    private static final int LONGEST = 48;

    static Finding of(WafRule rule, Place place, byte[] name, int nameFrom, int nameTo, byte[] text, int from, int to) {
        return new Finding(
                rule, place, plain(name, nameFrom, Math.min(nameTo, nameFrom + LONGEST_NAME)), masked(text, from, to));
    }

    private static String plain(byte[] text, int from, int to) {
        StringBuilder out = new StringBuilder(Math.max(0, to - from));
        for (int i = from; i < to; i++) {
            byte c = text[i];
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '_' && c != '-' && c != '.' && c != '[' && c != ']') {
                return ""; // somebody's own words, or the attack itself
            }
            out.append((char) c);
        }
        return out.toString();
    }

    /** Words of an attack's grammar, which are nobody's own. */
    private static final Set<String> GRAMMAR = Set.of(
            "and",
            "or",
            "not",
            "xor",
            "like",
            "null",
            "true",
            "false",
            "union",
            "select",
            "insert",
            "update",
            "delete",
            "drop",
            "from",
            "where",
            "order",
            "group",
            "by",
            "having",
            "limit",
            "sleep",
            "benchmark",
            "waitfor",
            "delay",
            "script",
            "svg",
            "img",
            "iframe",
            "onerror",
            "onload",
            "javascript",
            "alert",
            "etc",
            "passwd",
            "shadow",
            "cat",
            "exec",
            "system",
            "eval",
            "include",
            "jndi",
            "ldap",
            "rmi",
            "file",
            "http",
            "https",
            "php");

    /** The signs of an attack and the words of its grammar; numbers and all other words may be somebody's own. */
    private static String masked(byte[] text, int from, int to) {
        StringBuilder out = new StringBuilder(LONGEST);
        int end = Math.min(to, from + LONGEST);
        int i = from;
        while (i < end) {
            int word = i;
            while (word < end && isLetter(text[word])) {
                word++;
            }
            if (word > i) {
                String said = new String(text, i, word - i, StandardCharsets.ISO_8859_1);
                out.append(GRAMMAR.contains(said.toLowerCase(Locale.ROOT)) ? said : "*".repeat(word - i));
                i = word;
            } else {
                byte c = text[i++];
                out.append(c >= '0' && c <= '9' ? '*' : c < ' ' || c == 127 ? '.' : (char) c);
            }
        }
        return out.append(to > end ? "..." : "").toString();
    }

    private static boolean isLetter(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c < 0;
    }

    /** Which rule it was and where, without what was found, and without a long name. */
    String brief() {
        return at(name.length() > LONGEST_BRIEF_NAME ? "" : name);
    }

    private String at(String of) {
        return rule.id() + " at " + place + (of.isEmpty() ? "" : " " + of);
    }

    @Override
    public String toString() {
        return at(name) + ": " + fragment;
    }
}
