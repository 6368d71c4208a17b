package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phalanx.proxy.guard.rules.RuleBook;
import phalanx.proxy.record.RequestRecord;

/** What is no attack is let through by one line, in the route that it came to, and by nothing else. */
class ExclusionTest extends ProxyTesting {
    private static final String ATTACK = "/shop/find?id=7%20union%20select%20name%20from%20staff";

    private RequestRecord refused(Path file, String target) throws Exception {
        start(file);
        assertEquals(403, get(target, "User-Agent", "Test/1").statusCode());
        return proxy().log().newest(1).getFirst();
    }

    @Test
    void the_line_goes_into_the_route_and_lets_the_request_pass_but_no_other_attack() throws Exception {
        Path file = write(
                "",
                "waf_enabled on;\n    route / { return 200 a; }\n    route /shop {\n        return 200 b;\n    }\n");
        RequestRecord record = refused(file, ATTACK);
        assertTrue(Exclusion.rules(record).contains("sqli-union@id"), record.guard());
        Exclusion made = Exclusion.of(file, Files.readString(file), record).orElseThrow();
        assertEquals(List.of("    route /shop {", "        " + made.line()), made.changed());
        assertEquals(5, made.at());
        start(Files.writeString(folder.resolve("mended.conf"), made.text()));
        assertEquals(200, get(ATTACK, "User-Agent", "Test/1").statusCode());
        assertEquals(
                403,
                get("/shop/find?q=%3Cscript%3Ego()%3C/script%3E", "User-Agent", "Test/1")
                        .statusCode());
        assertEquals(403, get(ATTACK.substring(5), "User-Agent", "Test/1").statusCode());
        assertEquals(403, get(ATTACK.replace("?", "?x"), "User-Agent", "Test/1").statusCode());
    }

    @Test
    void all_rules_that_held_are_in_the_line_also_where_the_log_has_no_room_for_what_they_found() throws Exception {
        Path file = write("", "waf_enabled on; route / { return 200 a; }");
        String target = "/find?" + "n".repeat(30) + "=7%20union%20select%20name%20from%20information_schema.tables--"
                + "&b=%3Cscript%3Ealert(document.cookie)%3C/script%3E&c=../../../../etc/passwd&d=;cat%20/etc/passwd";
        RequestRecord record = refused(file, target);
        assertTrue(Exclusion.rules(record).size() >= 8, record.guard());
        Exclusion made = Exclusion.of(file, Files.readString(file), record).orElseThrow();
        assertTrue(made.line().split(" ").length >= 9, made.line());
    }

    @Test
    void what_was_excluded_outside_stays_so_and_a_route_on_one_line_stays_there() throws Exception {
        Path file = write(
                "",
                "waf_enabled on; waf_exclude xss ldap; route / { return 200 b; } route ~ \"^/shop/.{2}\" { return 200 a; }");
        RequestRecord record = refused(file, ATTACK);
        Exclusion made = Exclusion.of(file, Files.readString(file), record)
                .orElseThrow(() -> new AssertionError(record.guard()));
        assertTrue(made.line().startsWith("waf_exclude xss ldap sqli-"), made.line());
        assertTrue(
                made.changed().getFirst().contains(".{2}\" { " + made.line() + " return 200 a; }"),
                made.changed().toString());
    }

    @Test
    void where_only_that_route_heeds_what_is_excluded_outside_the_line_goes_there() throws Exception {
        Path file = write("", "waf_enabled on; waf_exclude xss; route /shop { return 200 a; }");
        Exclusion made = Exclusion.of(file, Files.readString(file), refused(file, ATTACK))
                .orElseThrow();
        assertEquals("waf_exclude sqli-union@id;", made.line());
        assertTrue(made.changed().getFirst().contains("server { waf_exclude sqli-union@id; listen"), made.text());
    }

    @Test
    void there_is_no_place_where_no_route_takes_it_or_the_text_is_none() throws Exception {
        Path file = write("", "waf_enabled on; route /shop { return 200 a; }");
        RequestRecord record = refused(file, ATTACK);
        String text = Files.readString(file);
        assertEquals(Optional.empty(), Exclusion.of(file, text.replace("/shop", "/other"), record));
        assertEquals(Optional.empty(), Exclusion.of(file, text + "nonsense", record));
        assertTrue(Exclusion.line(record).startsWith("waf_exclude sqli-"));
    }

    @Test
    void no_request_makes_a_rule_of_its_own_words() throws Exception {
        Path file = write("", "waf_enabled on; route / { return 200 a; }");
        RequestRecord record = refused(file, "/?id=7%20union%20select%201;%20xss%20at%20body:%20x");
        Set<String> known = Set.copyOf(
                RuleBook.standard().rules().stream().map(rule -> rule.id()).toList());
        Exclusion.rules(record)
                .forEach(rule -> assertTrue(known.contains(rule.replaceFirst("@id$", "")), record.guard()));
    }
}
