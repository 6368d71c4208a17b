package phalanx.show.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;

/**
 * All pages of the manual, in the order of its {@code contents.md}. Immutable, any thread.
 *
 * <p>A page that a language lacks is read in English. {@code {{name}}} in a page stands for a part that the program writes.
 */
public final class HelpBook {
    private static final String FOLDER = "/help/", USUAL = "en", ENDING = ".md";
    private static final int BEFORE = 14, BEHIND = 80;

    /** Pages under a heading of the contents. */
    public record Chapter(String title, List<HelpPage> pages) {}

    /**
     * A page in which all words that were searched for are.
     *
     * @param excerpt what stands around the first of them, in one line
     */
    public record Hit(HelpPage page, String excerpt) {}

    private final List<Chapter> chapters;
    private final Map<String, HelpPage> pages;

    private HelpBook(List<Chapter> chapters) {
        this.chapters = List.copyOf(chapters);
        Map<String, HelpPage> byId = new LinkedHashMap<>();
        chapters.forEach(chapter -> chapter.pages().forEach(page -> byId.put(page.id(), page)));
        pages = byId;
    }

    /**
     * Reads the manual.
     *
     * @param written parts that the program writes, by their names in the pages
     */
    public static HelpBook read(Locale language, Map<String, String> written) {
        List<Chapter> chapters = new ArrayList<>();
        Markdown.parse(text("contents", language)).accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                if (heading.getLevel() > 1) {
                    chapters.add(new Chapter(Markdown.text(heading), new ArrayList<>()));
                }
            }

            @Override
            public void visit(Link link) {
                String id = id(link.getDestination());
                chapters.getLast()
                        .pages()
                        .add(HelpPage.of(id, Markdown.text(link), filled(text(id, language), written)));
            }
        });
        return new HelpBook(chapters);
    }

    private static String filled(String text, Map<String, String> written) {
        String filled = text;
        for (Map.Entry<String, String> part : written.entrySet()) {
            filled = filled.replace("{{" + part.getKey() + "}}", part.getValue());
        }
        return filled;
    }

    private static String text(String id, Locale language) {
        InputStream own = HelpBook.class.getResourceAsStream(FOLDER + language.getLanguage() + "/" + id + ENDING);
        try (InputStream stream =
                own != null ? own : HelpBook.class.getResourceAsStream(FOLDER + USUAL + "/" + id + ENDING)) {
            if (stream == null) {
                throw new IllegalStateException("the manual has no page " + id);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page that a link leads to: {@code filter} for {@code filter.md#operators}. */
    static String id(String destination) {
        int fragment = destination.indexOf('#');
        String file = fragment < 0 ? destination : destination.substring(0, fragment);
        return file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
    }

    public List<Chapter> chapters() {
        return chapters;
    }

    public Optional<HelpPage> page(String id) {
        return Optional.ofNullable(pages.get(id));
    }

    /** Where reading begins. */
    public HelpPage first() {
        return chapters.getFirst().pages().getFirst();
    }

    /** The words of a query, in lower case. */
    public static List<String> words(String query) {
        return List.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The pages that have all words of a query, those with one in their title first; none for no words. */
    public List<Hit> search(String query) {
        List<String> words = words(query);
        if (words.isEmpty()) {
            return List.of();
        }
        return pages.values().stream()
                .filter(page -> words.stream()
                        .allMatch(word -> page.text().toLowerCase(Locale.ROOT).contains(word)))
                .sorted(Comparator.comparingInt((HelpPage page) -> titled(page, words) ? 0 : 1))
                .map(page -> new Hit(page, excerpt(page.text(), words.getFirst())))
                .toList();
    }

    private static boolean titled(HelpPage page, List<String> words) {
        String title = page.title().toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(title::contains);
    }

    private static String excerpt(String text, String word) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(word);
        int from = Math.max(0, at - BEFORE);
        int to = Math.min(text.length(), at + word.length() + BEHIND);
        return (from > 0 ? "\u2026" : "")
                + text.substring(from, to).replace('\n', ' ').strip()
                + (to < text.length() ? "\u2026" : "");
    }
}
