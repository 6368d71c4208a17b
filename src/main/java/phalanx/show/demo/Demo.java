package phalanx.show.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import phalanx.casefile.DemoScript;
import phalanx.casefile.DemoScripts;

/**
 * A demo whose captures are there. Immutable, any thread.
 *
 * @param folder with its captures
 */
public record Demo(DemoScript script, Path folder) {
    /** What is done with a demo. */
    public enum Mode {
        /** Step by step. */
        TOUR,
        /** The answer is withheld until it was guessed. */
        QUIZ,
        /** Just its captures. */
        LOOK
    }

    /** A demo that the user wants to open. */
    public record Start(Demo demo, Mode mode) {}

    /** Those demos, in their order, whose folder is among the samples. */
    public static List<Demo> among(List<Path> samples, Locale language) {
        return DemoScripts.all(language).stream()
                .flatMap(script -> samples.stream()
                        .filter(folder -> folder.endsWith(script.samples()))
                        .limit(1)
                        .map(folder -> new Demo(script, folder)))
                .toList();
    }

    /** The demo of that id, when there is one and its captures are there. */
    public static Optional<Demo> find(String id, List<Path> samples, Locale language) {
        return among(samples, language).stream()
                .filter(demo -> demo.script().id().equals(id))
                .findFirst();
    }
}
