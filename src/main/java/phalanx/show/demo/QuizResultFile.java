package phalanx.show.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.show.Words;

/** Keeps the result of a quiz as Markdown. Screen thread; the file is written by a job. */
public final class QuizResultFile {
    /** The file cannot be written. */
    static final String NOT_WRITTEN = "PHX-6101";

    private static final Words WORDS = Words.of("demo");

    private final Jobs jobs;

    public QuizResultFile(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @param done told of the problem, or of none */
    void write(Path file, String markdown, Consumer<Optional<Problem>> done) {
        jobs.start(
                "keep quiz result",
                _ -> keep(file, markdown),
                _ -> {},
                outcome -> done.accept(
                        outcome instanceof Outcome.Failed<Path>(var problem)
                                ? Optional.of(problem)
                                : Optional.empty()));
    }

    private static Outcome<Path> keep(Path file, String markdown) {
        try {
            return Outcome.ok(WholeFile.write(file, out -> {
                out.write(markdown.getBytes(StandardCharsets.UTF_8));
                return file;
            }));
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    NOT_WRITTEN,
                    WORDS.get("not-written", file, String.valueOf(e.getMessage())),
                    WORDS.get("not-written.remedy")));
        }
    }
}
