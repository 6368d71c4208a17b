package phalanx.proxy.guard.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules as data: checked when they are read, found by the automaton. */
class RuleBookTest {
    @TempDir
    Path folder;

    private List<String> faults(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("own.rules"), text);
        return RuleBook.read(List.of(file)).faults().stream()
                .map(fault -> fault.at().line() + ":" + fault.at().column() + " " + fault.what())
                .toList();
    }

    @Test
    void the_rules_of_the_program_have_sentences_and_severities() {
        RuleBook book = RuleBook.standard();
        assertTrue(book.rules().size() > 100, "only " + book.rules().size());
        book.rules().forEach(rule -> assertTrue(rule.says().endsWith("."), rule.id()));
        book.rules().forEach(rule -> assertTrue(rule.score() >= 2, rule.id()));
    }

    @Test
    void rules_of_one_s_own_join_them() throws Exception {
        Path file = Files.writeString(
                folder.resolve("own.rules"),
                "rule own-1 house { any \"Forbidden-Word\"; at query; severity warning; says \"No.\"; }\n");
        RuleBook book = RuleBook.read(List.of(file)).book();
        assertNotNull(book);
        WafRule own = book.rules().getLast();
        assertEquals("own-1", own.id());
        assertEquals(List.of("forbidden-word"), own.literals());
        assertEquals(3, own.score());
        assertTrue(own.looksAt(Place.QUERY) && !own.looksAt(Place.BODY));
    }

    @Test
    void faults_are_named_where_they_stand() throws Exception {
        assertEquals(
                List.of("2:27 This pattern cannot be read: missing closing )."),
                faults("\nrule a b { any x; pattern \"(\"; }\n"));
        assertEquals(List.of("1:1 The rule a has neither a signal nor literals."), faults("rule a b { level 2; }\n"));
        assertEquals(
                List.of("1:22 There is no place \"nowhere\" in a request."),
                faults("rule a b { any x; at nowhere; }\n"));
        assertEquals(
                List.of("2:6 The rule a stands here twice."), faults("rule a b { any x; }\nrule a b { any y; }\n"));
        assertEquals(List.of("1:19 There is no directive levl."), faults("rule a b { any x; levl 2; }\n"));
        assertEquals(
                List.of(
                        "1:19 signal does not know \"sql_onion\".",
                        "1:1 The rule a has neither a signal nor literals."),
                faults("rule a b { signal sql_onion; }\n"));
    }

    @Test
    void the_automaton_finds_what_a_plain_search_finds() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 200; round++) {
            TreeSet<String> literals = new TreeSet<>();
            for (int i = 0; i < 12; i++) {
                literals.add(word(random, 1 + random.nextInt(4)));
            }
            List<String> list = List.copyOf(literals);
            String text = word(random, 200);
            List<String> found = new ArrayList<>();
            new Automaton(list.stream()
                            .map(l -> l.getBytes(StandardCharsets.US_ASCII))
                            .toList())
                    .search(
                            text.getBytes(StandardCharsets.US_ASCII),
                            text.length(),
                            new int[list.size()],
                            (literal, end) -> found.add(end + " " + list.get(literal)));
            List<String> wanted = new ArrayList<>();
            for (int end = 1; end <= text.length(); end++) {
                for (String literal : list) {
                    if (text.startsWith(literal, end - literal.length())) {
                        wanted.add(end + " " + literal);
                    }
                }
            }
            assertEquals(new TreeSet<>(wanted), new TreeSet<>(found));
            assertEquals(wanted.size(), found.size());
        }
    }

    private static String word(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}
