package phalanx.proxy.guard.detect;

/**
 * Sees look-ups that a template or a logger would follow ({@code ${jndi:ldap://...}}), nested ones that hide their name among them
 * (CVE-2021-44228). Linear. Any thread.
 */
public final class Lookups {
    private static final int MOST_NAME = 40;

    private Lookups() {}

    /** Tells what a text holds. */
    public static void look(byte[] text, int length, Signal.Seen seen) {
        int open = -1;
        for (int i = 0; i + 1 < length; i++) {
            if (text[i] == '}') {
                open = -1;
            } else if ((text[i] == '$' || text[i] == '%') && text[i + 1] == '{') {
                if (open >= 0) {
                    seen.signal(Signal.LOOKUP_NESTED, open, Math.min(length, i + 16));
                    return;
                }
                open = i;
                if (named(text, i + 2, length)) {
                    seen.signal(Signal.LOOKUP, i, Math.min(length, i + 24));
                }
            }
        }
    }

    /** Whether a name and a colon stand there: {@code ${env:...}}, not {@code ${x}}; nor a default, as shells have it. */
    private static boolean named(byte[] text, int from, int length) {
        int i = from;
        while (i < length && i < from + MOST_NAME && (text[i] >= 'a' && text[i] <= 'z' || text[i] == ' ')) {
            i++;
        }
        return i > from && i + 1 < length && text[i] == ':';
    }
}
