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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rules say in half sentences (evidence, what was ruled out, what was lacking), in another language:
 * {@code resources/explain/<language>/phrases.txt}, a line {@code English = translation} each, with {@code {0}}, {@code {1}} for
 * names and figures. The first line that fits is taken. Any thread.
 */
final class Phrases {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
    /** A figure as English writes it, no part of an address. */
    private static final Pattern FIGURE = Pattern.compile("(?<![\\w.:,])\\d{1,3}(?:,\\d{3})*(?:\\.\\d+)?(?![\\w.:])");

    private static final Map<String, Phrases> READ = new HashMap<>();

    private final boolean same;
    private final Map<String, String> whole = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    /** @param translation with {@code {n}} for the groups */
    private record Line(Pattern english, List<Integer> groups, String translation) {}

    private Phrases(boolean same) {
        this.same = same;
    }

    /** Those of a language; English ones are told as they are. */
    static synchronized Phrases of(Locale language) {
        return READ.computeIfAbsent(language.getLanguage(), Phrases::read);
    }

    private static Phrases read(String language) {
        try (InputStream file = Phrases.class.getResourceAsStream("/explain/" + language + "/phrases.txt")) {
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
        List<Integer> groups = new ArrayList<>();
        int from = 0;
        while (places.find()) {
            pattern.append(Pattern.quote(english.substring(from, places.start())))
                    .append("(.+?)");
            groups.add(Integer.parseInt(places.group(1)));
            from = places.end();
        }
        if (groups.isEmpty()) {
            whole.put(english, translation);
        } else {
            pattern.append(Pattern.quote(english.substring(from)));
            lines.add(new Line(Pattern.compile(pattern.toString()), groups, translation));
        }
    }

    String translate(String english) {
        if (same) {
            return english;
        }
        String known = whole.get(english);
        if (known != null) {
            return known;
        }
        for (Line line : lines) {
            Matcher match = line.english.matcher(english);
            if (match.matches()) {
                Map<Integer, String> told = new HashMap<>();
                for (int i = 0; i < line.groups.size(); i++) {
                    told.put(line.groups.get(i), translate(match.group(i + 1)));
                }
                return PLACE.matcher(line.translation)
                        .replaceAll(place ->
                                Matcher.quoteReplacement(told.getOrDefault(Integer.parseInt(place.group(1)), "")));
            }
        }
        return figures(english);
    }

    /** Figures with a comma before the fraction and points between thousands. */
    private static String figures(String text) {
        return FIGURE.matcher(text)
                .replaceAll(figure ->
                        figure.group().replace(',', ' ').replace('.', ',').replace(' ', '.'));
    }
}
