package phalanx.proxy.http;

import java.util.Locale;

/** The host and port of a request (RFC 3986 section 3.2). Any thread. */
final class Authority {
    private Authority() {}

    /** Whether text is a host with or without a port, and no user name. */
    static boolean valid(String text) {
        int n = text.length();
        if (n == 0 || n > 1024) {
            return false;
        }
        int i = 0;
        if (text.charAt(0) == '[') {
            i = text.indexOf(']') + 1;
            if (i < 3) {
                return false;
            }
            for (int j = 1; j < i - 1; j++) {
                char c = text.charAt(j);
                if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                    return false;
                }
            }
        } else {
            while (i < n && hostOctet(text.charAt(i))) {
                i++;
            }
            if (i == 0) {
                return false;
            }
        }
        if (i == n) {
            return true;
        }
        if (text.charAt(i) != ':' || n - i > 6) {
            return false;
        }
        for (int j = i + 1; j < n; j++) {
            if (text.charAt(j) < '0' || text.charAt(j) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean hostOctet(char c) { // reg-name: unreserved, sub-delims and percent-encoded octets
        return c >= '0' && c <= '9'
                || c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || "-._~!$&'()*+,;=%".indexOf(c) >= 0;
    }

    /** Without the port, in lower case. */
    static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon >= 0 && authority.indexOf(']', colon) < 0;
        return (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    }
}
