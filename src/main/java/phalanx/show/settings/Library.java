package phalanx.show.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A library that Phalanx runs with. Immutable, any thread.
 *
 * @param name group and artifact: {@code org.openjfx:javafx-base}
 * @param licence empty when nobody wrote it down: a fault that a test finds
 */
public record Library(String name, String version, String licence) {
    /** What the build writes: {@code group:artifact:jar[:classifier]:version:scope}. */
    private static final Pattern LINE =
            Pattern.compile("^\\s*([\\w.-]+):([\\w.-]+):jar(?::[\\w.-]+)?:([\\w.-]+):(?:compile|runtime)\\b.*");

    /** All of them by name, each once; empty when the build wrote no list. */
    public static List<Library> all() {
        String list = text("/about/libraries.txt");
        if (list == null) {
            return List.of();
        }
        Properties licences = new Properties();
        try (InputStream stream = Library.class.getResourceAsStream("/about/licences.properties")) {
            licences.load(new InputStreamReader(
                    stream == null ? InputStream.nullInputStream() : stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return list.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Library(
                        line.group(1) + ":" + line.group(2),
                        line.group(3),
                        licences.getProperty(
                                line.group(1) + ":" + line.group(2), licences.getProperty(line.group(1), ""))))
                .distinct()
                .sorted(Comparator.comparing(Library::name))
                .toList();
    }

    private static @Nullable String text(String name) {
        try (InputStream stream = Library.class.getResourceAsStream(name)) {
            return stream == null ? null : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
