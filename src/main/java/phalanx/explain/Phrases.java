package phalanx.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lower stages say in English, in another language, from {@code resources/explain/<language>/}: half sentences of rules
 * ({@code phrases.txt}), and steps of work and problems ({@code notices.txt}). A line is {@code English = translation}, with
 * {@code {0}}, {@code {1}} for names, which stay as they are, and {@code {2*}} for figures and phrases, which are told in turn. The
 * first line that fits is taken. Any thread.
 */
final class Phrases {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)(\\*?)}");
    /** A figure as English writes it, no part of an address or a path. */
    private static final Pattern FIGURE =
            Pattern.compile("(?<![\\w.:,/\\\\])\\d{1,3}(?:,\\d{3})*(?:\\.\\d+)?(?![\\w.:/\\\\])");

    private static final Map<String, Phrases> READ = new HashMap<>();

    private final boolean same;
    private final Map<String, String> whole = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    /** @param translation with {@code {n}} for the groups */
    private record Line(Pattern english, List<Place> groups, String translation) {}

    /** @param told whether what stands there is told in the language, too */
    private record Place(int number, boolean told) {}

    private Phrases(boolean same) {
        this.same = same;
    }

    /** Those of a language; English ones are told as they are. @param file {@code phrases} or {@code notices} */
    static synchronized Phrases of(Locale language, String file) {
        return READ.computeIfAbsent(language.getLanguage() + "/" + file, Phrases::read);
    }

    private static Phrases read(String from) {
        try (InputStream file = Phrases.class.getResourceAsStream("/explain/" + from + ".txt")) {
            Phrases phrases = new Phrases(file == null);
            if (file != null) {
                new String(file.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .forEach(phrases::add);
            }
            return phrases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        int sign = line.indexOf(" = ");
        String english = line.substring(0, sign).strip();
        String translation = line.substring(sign + 3).strip();
        Matcher places = PLACE.matcher(english);
        StringBuilder pattern = new StringBuilder();
        List<Place> groups = new ArrayList<>();
        int from = 0;
        while (places.find()) {
            pattern.append(Pattern.quote(english.substring(from, places.start())))
                    .append("(.+?)");
            groups.add(new Place(
                    Integer.parseInt(places.group(1)), !places.group(2).isEmpty()));
            from = places.end();
        }
        if (groups.isEmpty()) {
            whole.put(english, translation);
        } else {
            pattern.append(Pattern.quote(english.substring(from)));
            lines.add(new Line(Pattern.compile(pattern.toString(), Pattern.DOTALL), groups, translation));
        }
    }

    /** In the language, with its figures when no line fits. */
    String translate(String english) {
        return find(english).orElseGet(() -> same ? english : figures(english));
    }

    /** In the language when a line fits. */
    Optional<String> find(String english) {
        String known = whole.get(english);
        if (known != null) {
            return Optional.of(known);
        }
        for (Line line : lines) {
            Matcher match = line.english.matcher(english);
            if (match.matches()) {
                return Optional.of(told(line, match));
            }
        }
        return Optional.empty();
    }

    private String told(Line line, Matcher match) {
        Map<Integer, String> told = new HashMap<>();
        for (int i = 0; i < line.groups.size(); i++) {
            Place place = line.groups.get(i);
            String said = match.group(i + 1);
            told.put(place.number, place.told ? translate(said) : said);
        }
        return PLACE.matcher(line.translation)
                .replaceAll(place -> Matcher.quoteReplacement(told.getOrDefault(Integer.parseInt(place.group(1)), "")));
    }

    /** Figures with a comma before the fraction and points between thousands. */
    private static String figures(String text) {
        return FIGURE.matcher(text)
                .replaceAll(figure ->
                        figure.group().replace(',', ' ').replace('.', ',').replace(' ', '.'));
    }
}
