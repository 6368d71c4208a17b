package phalanx.proxy.guard.inspect;

/** The boundary that all readers of a multipart type see in it (RFC 2046 section 5.1.1). Any thread. */
final class Boundary {
    private static final String NAME = "boundary";
    private static final int LONGEST = 70;
    /** Signs of a boundary besides letters and digits; a comma only in quotes, for PHP ends one there. */
    private static final String SIGNS = "'()+_-./:=? ";

    private Boundary() {}

    /** The boundary, as it is written; empty where there is none, or where readers may see others. */
    static String of(String type) {
        String found = "";
        for (int at = type.indexOf(';'); at >= 0; ) {
            int end = parameterEnd(type, at + 1);
            String parameter = type.substring(at + 1, end);
            int equals = parameter.indexOf('=');
            String name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
            if (BodyWalk.contains(name, NAME)) {
                if (equals < 0 || !found.isEmpty() || !name.equalsIgnoreCase(NAME)) {
                    return "";
                }
                found = plain(parameter.substring(equals + 1).strip());
            }
            at = end < type.length() ? end : -1;
        }
        return named(type) == 1 ? found : "";
    }

    /** The next semicolon that is in no quotes, or the end. */
    private static int parameterEnd(String type, int from) {
        boolean quoted = false;
        for (int i = from; i < type.length(); i++) {
            char c = type.charAt(i);
            quoted ^= c == '"';
            if (c == ';' && !quoted) {
                return i;
            }
        }
        return type.length();
    }

    /** A value without its quotes; empty where it has a sign that readers take differently. */
    private static String plain(String written) {
        boolean quoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
        String value = quoted ? written.substring(1, written.length() - 1) : written;
        if (value.length() > LONGEST || value.endsWith(" ")) {
            return "";
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && SIGNS.indexOf(c) < 0 && !(quoted && c == ',')) {
                return "";
            }
        }
        return value;
    }

    /** How often a boundary is given, in quotes and out of them. */
    private static int named(String type) {
        int times = 0;
        for (int i = 0; i + NAME.length() < type.length(); i++) {
            if (type.regionMatches(true, i, NAME, 0, NAME.length())) {
                int sign = i + NAME.length();
                while (sign < type.length() && (type.charAt(sign) == ' ' || type.charAt(sign) == '\t')) {
                    sign++;
                }
                times += sign < type.length() && type.charAt(sign) == '=' ? 1 : 0;
            }
        }
        return times;
    }
}
