package phalanx.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfTextTest {
    private static List<Node> parsed(String text) {
        ConfText.Parsed parsed = ConfText.parse("x.conf", text);
        assertTrue(parsed.fault().isEmpty(), () -> parsed.fault().toString());
        return parsed.nodes();
    }

    private static String fault(String text) {
        return ConfText.parse("x.conf", text).fault().orElseThrow().toString();
    }

    private static void keepsItsMeaning(String text) {
        List<Node> nodes = parsed(text);
        assertTrue(Node.same(nodes, parsed(ConfText.print(nodes))), () -> ConfText.print(nodes));
    }

    @Test
    void words_keep_their_place() {
        Node server = parsed("http {\n  listen   8080 # why\n    ssl;\n}")
                .getFirst()
                .block()
                .orElseThrow()
                .getFirst();
        assertEquals(new Position("x.conf", 2, 3), server.at());
        assertEquals(new Position("x.conf", 3, 5), server.arguments().get(1).at());
    }

    @Test
    void quotes_and_escapes_are_undone_as_nginx_does() {
        Node node = parsed("add_header X \"a \\\"b\\\" {;}\" 'it''s' c\\ d ${x}y \\#z;")
                .getFirst();
        assertEquals(
                List.of("X", "a \"b\" {;}", "it", "s", "c\\ d", "${x}y", "\\#z"),
                node.arguments().stream().map(Word::text).toList());
    }

    @Test
    void what_is_printed_says_the_same() {
        keepsItsMeaning("a; b 'x y' \"\" { c \"\\\"\\\\ \\n\"; } d { } e ${v};");
        keepsItsMeaning("l { content_by_lua_block { if a then b = { \"}\" } end -- }\n } }");
    }

    @Test
    void a_text_that_is_none_is_refused_where_it_goes_wrong() {
        assertEquals(
                "x.conf:2:1: The directive b is not ended before the } in line 3. End it with ;.",
                fault("a {\nb c\n}"));
        assertEquals(
                "x.conf:3:1: The file ends inside the block that begins in line 1. Close it with }.",
                fault("a {\nb;\n"));
        assertEquals("x.conf:1:4: This } closes no block. Remove it, or open the block.", fault("a; }"));
        assertEquals("x.conf:1:3: The quote that begins here is never closed. Close it with \".", fault("a \"b;"));
        assertTrue(fault("a {".repeat(100)).contains("more than 64 deep"));
    }
}
