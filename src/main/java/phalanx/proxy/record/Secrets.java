package phalanx.proxy.record;

import java.util.List;
import java.util.Locale;

/** What requests hold that lets somebody in, told by the names it goes by, and masked where people look. Any thread. */
public final class Secrets {
    private static final String MASK = "(masked)";
    private static final List<String> NAMES = List.of(
            "auth",
            "token",
            "secret",
            "api-key",
            "apikey",
            "api_key",
            "cookie",
            "csrf",
            "xsrf",
            "password",
            "passwd",
            "session");

    private Secrets() {}

    /** The value of a field or parameter as it may be shown. */
    public static String masked(String name, String value) {
        return secret(name) ? MASK : value;
    }

    private static boolean secret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.stream().anyMatch(lower::contains);
    }

    /** A target as it may be shown, parameters that let somebody in without their values. */
    public static String maskedTarget(String target) {
        int question = target.indexOf('?');
        if (question < 0) {
            return target;
        }
        StringBuilder out = new StringBuilder(target.substring(0, question));
        char before = '?';
        for (String pair : target.substring(question + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            boolean hide = equals >= 0 && secret(pair.substring(0, equals));
            out.append(before).append(hide ? pair.substring(0, equals + 1) + MASK : pair);
            before = '&';
        }
        return out.toString();
    }
}
