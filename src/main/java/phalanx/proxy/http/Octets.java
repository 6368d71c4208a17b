package phalanx.proxy.http;

import java.nio.charset.StandardCharsets;

/**
 * Texts of HTTP are octets, one a character, whatever they mean to people: a field's value passes as it came. Texts of ours, such as a
 * configuration's, become such by UTF-8. Any thread.
 */
public final class Octets {
    private Octets() {}

    /** A text of ours as octets, one a character. */
    public static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }
}
