package phalanx.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import phalanx.app.TestPipeline;
import phalanx.diagnose.Evidence;
import phalanx.diagnose.Finding;
import phalanx.diagnose.RuleBook;

/** Findings told in German: complete, with the same facts, and English again when asked. */
class LanguageTest {
    private static final Path TEMPLATES = Path.of("resources", "explain");
    private static final Pattern FACT = Pattern.compile("\\{([\\w.]+)(?:\\|[^}]*)?}");
    private static final Language GERMAN = Language.of(Locale.GERMAN);

    private static Map<String, String> template(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> words = new TreeMap<>();
        properties.forEach((key, word) -> words.put((String) key, (String) word));
        return words;
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".properties") && !name.startsWith("words"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> facts(String text) {
        return FACT.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_template_has_a_German_twin_with_the_same_parts_and_facts() throws IOException {
        assertEquals(names(TEMPLATES), names(TEMPLATES.resolve("de")));
        for (String name : names(TEMPLATES)) {
            Map<String, String> english = template(TEMPLATES.resolve(name));
            Map<String, String> german = template(TEMPLATES.resolve("de").resolve(name));
            assertEquals(english.keySet(), german.keySet(), name);
            english.forEach(
                    (part, text) -> assertEquals(facts(text), facts(german.getOrDefault(part, "")), name + " " + part));
        }
    }

    @Test
    void every_kind_of_finding_has_a_German_name() {
        Map<String, String> words = template(TEMPLATES.resolve("words_de.properties"));
        List<String> nameless = RuleBook.RULES.stream()
                .flatMap(rule -> rule.kinds().stream())
                .filter(kind -> !words.containsKey("kind." + kind))
                .toList();
        assertEquals(List.of(), nameless);
    }

    @Test
    void every_phrase_is_said_by_some_rule() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String room : List.of("diagnose", "explain", "rules", "measure", "decode/filter", "show/omnibox")) {
            try (Stream<Path> files = Files.walk(Path.of("src", "main", "java", "phalanx", room))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        String said = sources.toString().replace("\\\"", "\"");
        List<String> unsaid = new ArrayList<>();
        for (String line : Files.readAllLines(TEMPLATES.resolve("de").resolve("phrases.txt"))) {
            String english = line.substring(0, line.indexOf(" = "));
            for (String piece : english.split("\\{\\d\\*?}", -1)) {
                if (!said.contains(piece)) {
                    unsaid.add(english);
                }
            }
        }
        assertEquals(List.of(), unsaid);
    }

    @Test
    void findings_of_all_samples_are_told_in_German_to_the_last_half_sentence() throws IOException {
        List<String> english = new ArrayList<>();
        int findings = 0;
        for (String sample : samples()) {
            Analysis told = TestPipeline.analyze(TestPipeline.sample(sample));
            Analysis german = Explanations.in(GERMAN, told);
            for (int i = 0; i < told.findings().size(); i++) {
                ExplainedFinding before = told.findings().get(i);
                ExplainedFinding after = german.findings().get(i);
                findings++;
                assertNotEquals(before.summary(), after.summary());
                assertNotEquals(before.explanation(), after.explanation());
                assertEquals(before.remedy() == null, after.remedy() == null);
                assertEquals(before.finding(), after.finding());
                for (Evidence evidence : after.finding().evidence()) {
                    untold(evidence.says(), english);
                }
                for (Finding.RuledOut other : after.finding().ruledOut()) {
                    untold(other.why(), english);
                }
            }
            german.notRun().forEach(rule -> {
                untold(rule.why(), english);
                untold(rule.settle(), english);
            });
            assertNotEquals(told.conclusion().summary(), german.conclusion().summary());
            assertEquals(told, Explanations.in(Language.ENGLISH, german), "English again is the same answer");
        }
        assertTrue(findings > 12, findings + " findings");
        assertEquals(List.of(), english.stream().distinct().toList());
    }

    private static List<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("sample-pcaps"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static void untold(String phrase, List<String> into) {
        if (GERMAN.phrase(phrase).equals(phrase)) {
            into.add(phrase);
        }
    }

    @Test
    void a_finding_reads_as_a_German_engineer_would_say_it() {
        Analysis german = Explanations.in(GERMAN, TestPipeline.analyze(TestPipeline.sample("loss-on-wan-link")));
        String summary = german.findings().getFirst().summary();
        assertTrue(
                summary.matches(
                        "Pakete gehen zwischen \\S+ und \\S+ zufällig verloren, in Richtung \\S+: [\\d,]+ % \\([\\d.]+ von [\\d.]+\\)\\."),
                summary);
    }

    @Test
    void figures_inside_phrases_change_their_signs_and_addresses_stay() {
        assertEquals("25,0 Mbit/s", GERMAN.phrase("25.0 Mbit/s"));
        assertEquals("10.0.0.1 (Port 443)", GERMAN.phrase("10.0.0.1 (port 443)"));
        assertEquals(
                "bis zu 3-mal an edge vorbeigekommen, jedes Mal mit niedrigerer TTL",
                GERMAN.phrase("passed edge up to 3 times, with a lower TTL each time"));
        assertEquals("a.example, b.example und 1.204 weitere", GERMAN.phrase("a.example, b.example and 1,204 more"));
        assertEquals("shop.example", GERMAN.phrase("shop.example"));
        assertEquals("passed edge", Language.ENGLISH.phrase("passed edge"));
    }
}
