package phalanx.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bundles of words: complete in both languages, asked for as they are written, free of traps. */
class WordsTest {
    private static final Path BUNDLES = Path.of("resources", "i18n");
    private static final Path SOURCES = Path.of("src", "main", "java", "phalanx", "show");

    /** An argument of a pattern; {@code {80, 443}} is none. */
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)(?:}|,(?:choice|number|date|time))");

    private static final Pattern BUNDLE = Pattern.compile("Words (\\w+) = Words\\.of\\(\\s*\"(\\w+)\"\\)");
    private static final Pattern ASKED = Pattern.compile("\\b(\\w+)\\s*\\.get\\(\\s*\"([\\w.-]+)\"\\s*([,)])");

    /** Folders beside their own in which keys of a bundle stand: ids of commands are keys. */
    private static final Map<String, String> ALSO_IN = Map.of("command", "shell");

    /** A place in the code that asks for a word. */
    private record Asked(String file, String part, String key, boolean arguments) {}

    @AfterEach
    void english() {
        Words.use(Locale.ENGLISH);
    }

    private static List<String> parts() {
        return list(BUNDLES, 1)
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> !name.contains("_"))
                .map(name -> name.replace(".properties", ""))
                .sorted()
                .toList();
    }

    private static Stream<Path> list(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> bundle(String name) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(name + ".properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> words = new TreeMap<>();
        properties.forEach((key, word) -> words.put((String) key, (String) word));
        return words;
    }

    private static Set<String> arguments(String text) {
        Set<String> arguments = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(text);
        while (matcher.find()) {
            arguments.add(matcher.group(1));
        }
        return arguments;
    }

    private static Map<Path, String> sources() {
        Map<Path, String> sources = new TreeMap<>();
        list(SOURCES, 9).forEach(file -> {
            try {
                sources.put(file, Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return sources;
    }

    private static List<Asked> asked() {
        List<Asked> all = new ArrayList<>();
        sources().forEach((file, text) -> {
            Map<String, String> partByName = new HashMap<>();
            BUNDLE.matcher(text).results().forEach(found -> partByName.put(found.group(1), found.group(2)));
            ASKED.matcher(text)
                    .results()
                    .filter(found -> partByName.containsKey(found.group(1)))
                    .forEach(found -> all.add(new Asked(
                            file.toString(),
                            partByName.getOrDefault(found.group(1), ""),
                            found.group(2),
                            found.group(3).equals(","))));
        });
        return all;
    }

    @Test
    void every_bundle_has_a_German_twin_with_the_same_keys_and_arguments() {
        List<String> wrong = new ArrayList<>();
        assertTrue(parts().size() >= 14, parts().toString());
        for (String part : parts()) {
            if (!Files.exists(BUNDLES.resolve(part + "_de.properties"))) {
                wrong.add(part + " has no German twin");
                continue;
            }
            Map<String, String> english = bundle(part);
            Map<String, String> german = bundle(part + "_de");
            Set<String> keys = new TreeSet<>(english.keySet());
            keys.addAll(german.keySet());
            for (String key : keys) {
                if (!english.containsKey(key) || !german.containsKey(key)) {
                    wrong.add(part + ": " + key + " is in one language only");
                } else if (!arguments(english.get(key)).equals(arguments(german.get(key)))) {
                    wrong.add(part + ": " + key + " has other arguments in German");
                } else if (german.get(key).isBlank() && !english.get(key).isBlank()) {
                    wrong.add(part + ": " + key + " says nothing in German");
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void every_pattern_can_be_formatted_with_no_one_and_many_and_has_no_apostrophe_trap() {
        List<String> wrong = new ArrayList<>();
        for (String part : parts()) {
            for (String name : List.of(part, part + "_de")) {
                bundle(name)
                        .forEach((key, text) -> trap(text).ifPresent(why -> wrong.add(name + ": " + key + " " + why)));
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static Optional<String> trap(String text) {
        if (arguments(text).isEmpty()) {
            return text.contains("''") ? Optional.of("doubles an apostrophe for nothing") : Optional.empty();
        }
        if (text.replace("''", "").contains("'")) {
            return Optional.of("has a single apostrophe, which hides what follows");
        }
        for (int number : new int[] {0, 1, 2, 12_345}) {
            Object[] arguments = new Object[10];
            Arrays.fill(arguments, number);
            try {
                String told = new MessageFormat(text, Locale.GERMAN).format(arguments);
                if (told.contains("{")) {
                    return Optional.of("leaves braces: " + told);
                }
            } catch (IllegalArgumentException e) {
                return Optional.of("is no pattern: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    @Test
    void every_word_that_is_asked_for_is_there_and_gets_the_arguments_it_has() {
        Map<String, Map<String, String>> bundles = new HashMap<>();
        parts().forEach(part -> bundles.put(part, bundle(part)));
        List<Asked> asked = asked();
        assertTrue(asked.size() > 400, "found only " + asked.size() + " places that ask for words");
        List<String> wrong = new ArrayList<>();
        for (Asked one : asked) {
            String text = bundles.getOrDefault(one.part(), Map.of()).get(one.key());
            if (text == null) {
                wrong.add(one.file() + ": " + one.part() + " has no " + one.key());
            } else if (arguments(text).isEmpty() == one.arguments()) {
                wrong.add(one.file() + ": " + one.part() + "'s " + one.key() + " is asked for "
                        + (one.arguments() ? "with arguments it does not take" : "without its arguments"));
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void every_word_is_used() {
        Map<Path, String> sources = sources();
        List<String> unused = new ArrayList<>();
        for (String part : parts()) {
            Set<Path> folders = new TreeSet<>();
            sources.forEach((file, text) -> {
                if (text.contains("Words.of(\"" + part + "\")")) {
                    folders.add(file.getParent());
                }
            });
            if (ALSO_IN.containsKey(part)) {
                folders.add(SOURCES.resolve(ALSO_IN.get(part)));
            }
            for (String key : bundle(part).keySet()) {
                if (sources.entrySet().stream()
                        .noneMatch(file -> folders.contains(file.getKey().getParent())
                                && file.getValue().contains("\"" + key + "\""))) {
                    unused.add(part + ": " + key);
                }
            }
        }
        assertEquals(List.of(), unused);
    }

    @Test
    void views_write_figures_in_the_language_of_the_desk() {
        List<String> english = new ArrayList<>();
        sources().forEach((file, text) -> {
            if (text.contains("explain.FactFormat") || text.contains("explain.TemplateExplainer")) {
                english.add(file.toString());
            }
        });
        assertEquals(List.of(), english);
    }

    @Test
    void a_language_without_words_falls_back_to_English_in_words_and_figures() {
        Words.use(Locale.of("fi"));
        assertEquals("Which hop is broken?", Words.of("welcome").get("title"));
        assertEquals("12.4 ms", Words.language().duration(12_400_000));
        Words.use(Locale.of("de", "AT"));
        assertEquals("Welcher Abschnitt ist gestört?", Words.of("welcome").get("title"));
        assertEquals("12,4 ms", Words.language().duration(12_400_000));
        assertEquals("81.203", Words.language().count(81_203));
        assertEquals("1,2 % (21 von 1.756)", Words.language().share(21, 1756));
    }
}
