package phalanx.show.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.command.Commands;
import phalanx.show.omnibox.InvestigationFields;

/** The manual against the program: what it says exists, and what exists is in it. */
class HelpBookTest {
    private static final Pattern CODE = Pattern.compile("PHX-\\d{4}");

    static List<Locale> languages() {
        return List.of(Locale.ENGLISH, Locale.GERMAN);
    }

    @AfterEach
    void english() {
        Words.use(Locale.ENGLISH);
    }

    private static HelpBook book() {
        return book(Locale.ENGLISH);
    }

    private static HelpBook book(Locale language) {
        Words.use(language);
        Commands commands = new Commands().add("undo", Command.Group.EDIT, "Shortcut+Z", () -> {});
        return HelpBook.read(language, WrittenParts.of(commands));
    }

    private static String page(String id) {
        return book().page(id).orElseThrow().text();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_error_code_of_the_program_has_a_row_and_every_row_a_code(Locale language) throws IOException {
        Set<String> used = new TreeSet<>();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList());
        }
        sources.add(Path.of("phalanx"));
        for (Path source : sources) {
            CODE.matcher(Files.readString(source)).results().forEach(code -> used.add(code.group()));
        }
        Set<String> told = new TreeSet<>();
        CODE.matcher(book(language).page("errors").orElseThrow().text())
                .results()
                .forEach(code -> told.add(code.group()));
        assertTrue(used.size() > 40, used.toString());
        assertEquals(used, told);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_link_leads_to_a_page(Locale language) {
        HelpBook book = book(language);
        book.chapters().stream()
                .flatMap(chapter -> chapter.pages().stream())
                .forEach(page -> page.document().accept(new AbstractVisitor() {
                    @Override
                    public void visit(Link link) {
                        assertTrue(
                                book.page(HelpBook.id(link.getDestination())).isPresent(),
                                page.id() + " links to " + link.getDestination());
                    }
                }));
    }

    @Test
    void fields_and_keys_are_those_of_the_program() {
        String filter = page("filter");
        InvestigationFields.TABLE.all().forEach(field -> assertTrue(filter.contains(field.name()), field.name()));
        assertTrue(page("keyboard").contains("Undo"));
        assertFalse(filter.contains("{{"));
        assertFalse(page("keyboard").contains("{{"));
    }

    @Test
    void the_manual_is_read_in_the_language_of_the_desk_else_in_English() {
        HelpBook german = book(Locale.of("de", "AT"));
        assertEquals("Sequenzdiagramm", german.page("ladder").orElseThrow().title());
        assertTrue(german.page("keyboard").orElseThrow().text().contains("Strg+Z"));
        assertTrue(german.page("filter").orElseThrow().text().contains("Quellport"));
        assertEquals(
                "ladder", german.search("sendewiederholung").getFirst().page().id());
        assertEquals("Ladder", book(Locale.FRENCH).page("ladder").orElseThrow().title());
    }

    @Test
    void a_search_finds_pages_with_all_words_and_those_titled_so_first() {
        List<HelpBook.Hit> hits = book().search("filter");
        assertEquals("filter", hits.getFirst().page().id());
        assertTrue(hits.size() > 3);
        List<HelpBook.Hit> code = book().search("PHX-1010");
        assertEquals(
                List.of("errors"), code.stream().map(hit -> hit.page().id()).toList());
        assertTrue(code.getFirst().excerpt().contains("PHX-1010"), code.toString());
        assertEquals(List.of(), book().search("ladder zebra"));
        assertEquals(List.of(), book().search("  "));
    }

    @Test
    void what_changed_is_the_changelog() throws IOException {
        String first = Files.readString(Path.of("CHANGELOG.md"))
                .lines()
                .filter(line -> line.startsWith("- "))
                .findFirst()
                .orElseThrow();
        assertTrue(page("CHANGELOG").contains(first.substring(2, 40)));
    }

    @Test
    void reading_goes_back_and_forward() {
        HelpViewModel model = new HelpViewModel(book());
        model.open("filter.md#operators");
        model.open("ladder");
        model.open("no-such-page");
        assertEquals("ladder", model.page().get().id());
        model.back();
        assertEquals("filter", model.page().get().id());
        assertTrue(model.canGoForward().get());
        model.back();
        assertEquals("getting-started", model.page().get().id());
        assertFalse(model.canGoBack().get());
        model.forward();
        model.open("map-does-not-exist");
        assertEquals("filter", model.page().get().id());
    }
}
