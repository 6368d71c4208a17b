package phalanx.show.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import phalanx.casefile.Settings;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.show.Words;

/**
 * What a report of a fault needs, without paths, file names and filters of the user. Immutable, any thread.
 *
 * @param parts in the order in which they are shown
 */
public record Diagnostics(List<Part> parts) {
    /** The archive cannot be written. */
    static final String NOT_WRITTEN = "PHX-6102";

    private static final Words WORDS = Words.of("settings");

    /** What looks like a path: of Unix with two parts or more, of Windows with a drive or a share. */
    private static final Pattern PATHS = Pattern.compile(
            "(?<![\\w/.<])(?:~?/[^\\s/:;,'\"()]+(?:/[^\\s/:;,'\"()]*)+|[A-Za-z]:\\\\[^\\s:;,'\"()]+|\\\\\\\\[^\\s:;,'\"()]+)");

    /** A file of the archive. */
    public record Part(String name, String text) {}

    public Diagnostics {
        parts = List.copyOf(parts);
    }

    /** @param log what was logged, a line each */
    public static Diagnostics of(Settings settings, List<String> log) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("version.txt", version()));
        parts.add(new Part("settings.txt", text(settings)));
        parts.add(new Part(
                "libraries.txt",
                Library.all().stream()
                        .map(library -> library.name() + " " + library.version() + "\n")
                        .collect(Collectors.joining())));
        parts.add(new Part(
                "log.txt", log.stream().map(line -> withoutPaths(line) + "\n").collect(Collectors.joining())));
        return new Diagnostics(parts);
    }

    private static String version() {
        Runtime runtime = Runtime.getRuntime();
        return "Phalanx " + AboutView.version() + "\nJava " + Runtime.version() + " "
                + System.getProperty("java.vendor") + "\n" + AboutView.system() + "\nJavaFX "
                + System.getProperty("javafx.runtime.version") + "\nprocessors "
                + runtime.availableProcessors() + "\nmemory " + (runtime.maxMemory() >> 20) + " MiB allowed, "
                + (runtime.totalMemory() - runtime.freeMemory() >> 20) + " MiB used\n";
    }

    private static String text(Settings settings) {
        return "appearance " + settings.appearance() + "\ntext size " + settings.textPercent() + " %\nreduce motion "
                + settings.reduceMotion() + "\nlanguage " + settings.language() + "\nkeys " + settings.keys()
                + "\nrecently opened " + settings.recent().size() + " (left out)\nfilters "
                + settings.filters().size() + " (left out)\n";
    }

    /** A line with {@code <path>} for everything that looks like one. */
    static String withoutPaths(String line) {
        return PATHS.matcher(line).replaceAll("<path>");
    }

    /** All of it as it is shown before it is saved. */
    public String text() {
        return parts.stream()
                .map(part -> "== " + part.name() + "\n" + part.text())
                .collect(Collectors.joining("\n"));
    }

    /** @return the archive */
    public Outcome<Path> write(Path file) {
        try {
            return Outcome.ok(WholeFile.write(file, out -> {
                try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
                    for (Part part : parts) {
                        zip.putNextEntry(new ZipEntry(part.name()));
                        zip.write(part.text().getBytes(StandardCharsets.UTF_8));
                        zip.closeEntry();
                    }
                }
                return file;
            }));
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    NOT_WRITTEN,
                    WORDS.get("diagnostics.not-written", file, String.valueOf(e.getMessage())),
                    WORDS.get("diagnostics.not-written.remedy")));
        }
    }
}
