package phalanx.casefile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;

/**
 * What a user prefers, whatever the case. No secret is ever in here. Immutable, any thread.
 *
 * @param appearance {@code system}, {@code light}, {@code dark} or {@code high-contrast}
 * @param textPercent size of texts, 80..200
 * @param reduceMotion whether nothing is to move by itself
 * @param language {@code en}, {@code de}, or empty for the system's
 * @param keys other keys for commands, by id
 * @param recent folders of cases and files of captures opened before, the newest first
 * @param filters display filters used before, the newest first
 * @param window how the window of the desk was left
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Settings(
        String appearance,
        int textPercent,
        boolean reduceMotion,
        String language,
        Map<String, String> keys,
        List<List<String>> recent,
        List<String> filters,
        Window window) {
    public static final Settings DEFAULT =
            new Settings("system", 100, false, "", Map.of(), List.of(), List.of(), Window.DEFAULT);

    public static final int LEAST_TEXT = 80, MOST_TEXT = 200;

    public Settings {
        appearance = appearance == null ? "system" : appearance;
        textPercent = Math.clamp(textPercent, LEAST_TEXT, MOST_TEXT);
        language = language == null ? "" : language;
        keys = Map.copyOf(keys == null ? Map.of() : keys);
        recent = recent == null
                ? List.of()
                : recent.stream()
                        .filter(files -> files != null && !files.isEmpty())
                        .map(List::copyOf)
                        .toList();
        filters = List.copyOf(filters == null ? List.of() : filters);
        window = window == null ? Window.DEFAULT : window;
    }

    /**
     * A window.
     *
     * @param width of what is in it while it is not maximized, in pixels
     * @param height of the same, in pixels
     */
    public record Window(int width, int height, boolean maximized) {
        public static final Window DEFAULT = new Window(1360, 860, false);

        public Window {
            width = width <= 0 ? 1360 : width;
            height = height <= 0 ? 860 : height;
        }
    }

    public Settings withAppearance(String other) {
        return new Settings(other, textPercent, reduceMotion, language, keys, recent, filters, window);
    }

    public Settings withTextPercent(int other) {
        return new Settings(appearance, other, reduceMotion, language, keys, recent, filters, window);
    }

    public Settings withLanguage(String other) {
        return new Settings(appearance, textPercent, reduceMotion, other, keys, recent, filters, window);
    }

    public Settings withReduceMotion(boolean other) {
        return new Settings(appearance, textPercent, other, language, keys, recent, filters, window);
    }

    public Settings withKeys(Map<String, String> other) {
        return new Settings(appearance, textPercent, reduceMotion, language, other, recent, filters, window);
    }

    public Settings withRecent(List<List<String>> other) {
        return new Settings(appearance, textPercent, reduceMotion, language, keys, other, filters, window);
    }

    public Settings withFilters(List<String> other) {
        return new Settings(appearance, textPercent, reduceMotion, language, keys, recent, other, window);
    }

    public Settings withWindow(Window other) {
        return new Settings(appearance, textPercent, reduceMotion, language, keys, recent, filters, other);
    }
}
