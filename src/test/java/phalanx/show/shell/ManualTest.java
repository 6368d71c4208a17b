package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phalanx.app.TestPipeline;
import phalanx.show.Screen;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.help.HelpBook;
import phalanx.show.help.HelpPage;

/** What the manual names is there under that name: controls (in italics), keys, command lines; in German as in English. */
class ManualTest {
    /** Keys that a view handles itself. */
    private static final Set<String> OF_VIEWS =
            Set.of("F2", "Alt+Up", "Alt+Down", "Ctrl+Tab", "Ctrl+Enter", "Ctrl+A", "Ctrl+C", "Shift+F10");

    private static final Pattern KEYS = Pattern.compile("((Ctrl|Alt|Shift)\\+\\S+)|F\\d{1,2}");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Map<String, String> ENGLISH = Map.ofEntries(
            Map.entry("Shortcut", "Ctrl"),
            Map.entry("Comma", ","),
            Map.entry("Period", "."),
            Map.entry("Strg", "Ctrl"),
            Map.entry("Umschalt", "Shift"),
            Map.entry("Auf", "Up"),
            Map.entry("Ab", "Down"),
            Map.entry("Links", "Left"),
            Map.entry("Rechts", "Right"),
            Map.entry("Eingabe", "Enter"),
            Map.entry("Entf", "Delete"),
            Map.entry("Pos1", "Home"),
            Map.entry("Ende", "End"),
            Map.entry("Bild auf", "PageUp"),
            Map.entry("Bild ab", "PageDown"),
            Map.entry(">dunkel", ">dark"));

    static List<Locale> languages() {
        return List.of(Locale.ENGLISH, Locale.GERMAN);
    }

    @AfterEach
    void english() {
        Words.use(Locale.ENGLISH);
    }

    /** The pages, without what changed, which lists what was. */
    private static List<HelpPage> pages(Locale language) {
        return HelpBook.read(language, Map.of("keys", "", "fields", "")).chapters().stream()
                .flatMap(chapter -> chapter.pages().stream())
                .filter(page -> !page.id().equals("CHANGELOG"))
                .toList();
    }

    private static List<String> all(Node document, Class<? extends Node> kind) {
        List<String> found = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Emphasis emphasis) {
                if (kind.isInstance(emphasis) && emphasis.getFirstChild() instanceof Text text) {
                    found.add(text.getLiteral());
                }
                visitChildren(emphasis);
            }

            @Override
            public void visit(Code code) {
                if (kind.isInstance(code)) {
                    found.add(code.getLiteral());
                }
            }

            @Override
            public void visit(IndentedCodeBlock block) {
                if (kind == Code.class) {
                    found.addAll(block.getLiteral().lines().toList());
                }
            }
        });
        return found;
    }

    /** All words of the desk in a language. */
    private static Set<String> words(Locale language) {
        String ending = language.equals(Locale.ENGLISH) ? "" : "_" + language.getLanguage();
        Set<String> words = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("resources", "i18n"))) {
            for (Path file : files.filter(
                            one -> one.getFileName().toString().matches("[a-z]+" + ending + "\\.properties"))
                    .toList()) {
                Properties properties = new Properties();
                try (Reader reader = Files.newBufferedReader(file)) {
                    properties.load(reader);
                }
                properties.values().forEach(word -> words.add((String) word));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_control_is_called_so_on_the_desk(Locale language) {
        Set<String> words = words(language);
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (HelpPage page : pages(language)) {
            for (String control : all(page.document(), Emphasis.class)) {
                named++;
                if (!words.contains(control)) {
                    unknown.add(page.id() + ": " + control);
                }
            }
        }
        assertTrue(named > 80, named + " controls");
        assertEquals(List.of(), unknown);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_key_runs_a_command_or_is_one_of_a_view(Locale language) {
        Words.use(language);
        Set<Set<String>> keys = new HashSet<>();
        OF_VIEWS.forEach(key -> keys.add(parts(key)));
        Screen.run(() -> {
            Desk desk = new Desk(
                    TestPipeline.analyzer(),
                    Screen.AT_ONCE,
                    List.of(),
                    DeskTest.NO_CAPTURES,
                    DeskTest.settings(),
                    DeskTest.cases(),
                    TestPipeline.exporter());
            desk.commands().all().stream().map(Command::keysName).forEach(key -> keys.add(parts(key)));
            desk.close();
        });
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (HelpPage page : pages(language)) {
            for (String code : all(page.document(), Code.class)) {
                if (KEYS.matcher(String.join("+", inEnglish(code))).matches()) {
                    named++;
                    if (!keys.contains(parts(code))) {
                        unknown.add(page.id() + ": " + code);
                    }
                }
            }
        }
        assertTrue(named > 40, named + " keys");
        assertEquals(List.of(), unknown);
    }

    /** Modifiers and key, in no order, as they are called in English. */
    private static Set<String> parts(String keys) {
        return new TreeSet<>(inEnglish(keys));
    }

    private static List<String> inEnglish(String keys) {
        return Arrays.stream(keys.split("\\+", -1))
                .map(part -> ENGLISH.getOrDefault(part, part))
                .toList();
    }

    /** What the commands say of themselves whose options the manual names alone. */
    private static final String ANY_COMMAND = Stream.of(
                    "analyze",
                    "capture",
                    "agent",
                    "agent explain",
                    "agent log",
                    "receive",
                    "doctor",
                    "redact",
                    "lab up",
                    "graph")
            .map(command -> TestPipeline.help(command.split(" ", -1)))
            .collect(Collectors.joining());

    @ParameterizedTest
    @MethodSource("languages")
    void every_command_line_is_understood(Locale language) {
        List<String> unknown = new ArrayList<>();
        int named = 0;
        for (HelpPage page : pages(language)) {
            for (String code : all(page.document(), Code.class)) {
                if (code.startsWith("phalanx") || code.startsWith("--")) {
                    named++;
                    String help = code.startsWith("--") ? ANY_COMMAND : TestPipeline.help(command(code));
                    OPTION.matcher(code)
                            .results()
                            .filter(option -> !help.contains(option.group()))
                            .forEach(option -> unknown.add(page.id() + ": " + option.group() + " in " + code));
                }
            }
        }
        assertTrue(named > 15, named + " command lines");
        assertEquals(List.of(), unknown);
    }

    /** The command and its subcommand. */
    private static String[] command(String code) {
        List<String> words = Arrays.stream(code.split(" ", -1))
                .skip(1)
                .takeWhile(word -> word.matches("[a-z]+"))
                .toList();
        return words.toArray(String[]::new);
    }

    @Test
    void the_German_manual_has_the_same_pages_parts_codes_and_links() {
        List<HelpPage> english = pages(Locale.ENGLISH);
        List<HelpPage> german = pages(Locale.GERMAN);
        assertEquals(
                english.stream().map(HelpPage::id).toList(),
                german.stream().map(HelpPage::id).toList());
        assertEquals(24 - 1, german.size(), "the contents stand for themselves");
        for (int i = 0; i < english.size(); i++) {
            assertEquals(
                    outline(english.get(i)),
                    outline(german.get(i)),
                    english.get(i).id());
            assertNotEquals(
                    english.get(i).text(), german.get(i).text(), english.get(i).id());
        }
    }

    /** What a page has in every language: levels of headings, rows of tables, links, and what is code. */
    private static List<String> outline(HelpPage page) {
        List<String> outline = new ArrayList<>();
        page.document().accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                outline.add("heading " + heading.getLevel());
                visitChildren(heading);
            }

            @Override
            public void visit(Link link) {
                outline.add("link " + link.getDestination());
            }

            @Override
            public void visit(ListItem item) {
                outline.add("item");
                visitChildren(item);
            }

            @Override
            public void visit(CustomNode node) {
                if (node instanceof TableRow) {
                    outline.add("row");
                }
                visitChildren(node);
            }
        });
        all(page.document(), Code.class).stream()
                .map(code -> String.join("+", inEnglish(code)))
                .sorted()
                .forEach(outline::add);
        return outline;
    }
}
