package phalanx.redact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.run.WholeFile;

/**
 * The captures of one investigation, redacted into new files or only looked at. Any thread, one call each.
 *
 * @param sources at least one
 * @param key the same one for all of them
 */
public record Redaction(List<Source> sources, RedactionKey key, RedactionOptions options) {
    /** The output would take the place of a capture that is redacted. */
    public static final String OVERWRITES = "PHX-1752";
    /** Files are there already, and nobody said that they may be replaced. */
    public static final String EXISTS = "PHX-1753";

    /** @param name of its capture point, by which the new file is called; what no file name should hold is replaced in it */
    public record Source(Path file, String name) {
        public Source {
            String plain = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[.-]+", "");
            name = plain.isEmpty() ? "capture" : plain;
        }

        /** Where it goes in a folder. */
        public Path in(Path folder) {
            return folder.resolve(name + ".pcapng");
        }
    }

    public Redaction {
        List<Source> distinct = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Source source : sources) {
            String free = source.name;
            for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
                free = source.name + "-" + number;
            }
            distinct.add(new Source(source.file, free));
        }
        sources = List.copyOf(distinct);
    }

    /**
     * What was replaced, or would be.
     *
     * @param frames of all captures that could be read
     * @param written in the order of the sources, empty for a preview
     * @param problems of files that could not be read, or only in part
     * @param unreadable files that could not be read at all
     */
    public record Answer(Tally tally, long frames, List<Path> written, List<Problem> problems, int unreadable) {
        public Answer {
            written = List.copyOf(written);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Goes through all captures and writes nothing. Keeps examples.
     *
     * @throws Progress.Cancelled when the work was given up
     */
    public Answer preview(Progress progress) {
        Work work = new Work(true);
        for (Source source : sources) {
            switch (work.redactor.preview(source.file, progress)) {
                case Outcome.Failed<CaptureRedactor.Redacted>(var problem) -> work.unreadable(problem);
                case Outcome.Ok<CaptureRedactor.Redacted>(var redacted) -> work.done(redacted);
            }
        }
        return work.answer();
    }

    /**
     * Writes all captures into a folder, which is made when it is not there.
     *
     * @param replace whether files that are there may be replaced, which the captures themselves never are
     * @return failed before anything is written, or at the first file that could not be
     * @throws Progress.Cancelled when the work was given up; files that were finished stay
     */
    public Outcome<Answer> write(Path folder, boolean replace, Progress progress) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            return Outcome.failed(WholeFile.notWritten(folder, e));
        }
        return write(sources.stream().map(source -> source.in(folder)).toList(), replace, progress);
    }

    /** The same into files. @param outputs one for each source, in their order */
    public Outcome<Answer> write(List<Path> outputs, boolean replace, Progress progress) {
        for (Path output : outputs) {
            if (sources.stream().anyMatch(source -> same(source.file, output))) {
                return Outcome.failed(new Problem(
                        OVERWRITES,
                        output + " is one of the captures that are redacted, and would be overwritten.",
                        "Name another place; captures stay as they are."));
            }
        }
        List<Path> there =
                replace ? List.of() : outputs.stream().filter(Files::exists).toList();
        if (!there.isEmpty()) {
            String others = there.size() == 1 ? "" : ", as do %,d others".formatted(there.size() - 1);
            return Outcome.failed(new Problem(
                    EXISTS,
                    there.getFirst() + " exists already" + others + "; nothing was written.",
                    "Name another place, or say that they may be replaced (--force)."));
        }
        Work work = new Work(false);
        for (int i = 0; i < sources.size(); i++) {
            Path file = sources.get(i).file;
            Path output = outputs.get(i);
            try {
                WholeFile.write(output, out -> {
                    switch (work.redactor.write(file, out, progress)) {
                        case Outcome.Failed<CaptureRedactor.Redacted>(var problem) -> throw new Unreadable(problem);
                        case Outcome.Ok<CaptureRedactor.Redacted>(var redacted) -> work.done(redacted);
                    }
                    return output;
                });
                work.written.add(output);
            } catch (Unreadable e) {
                work.unreadable(e.problem); // nothing was written
            } catch (IOException e) {
                return Outcome.failed(WholeFile.notWritten(output, e));
            }
        }
        return Outcome.ok(work.answer());
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException _) {
            return one.toAbsolutePath()
                    .normalize()
                    .equals(other.toAbsolutePath().normalize());
        }
    }

    /** Gives up the writing of one file. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Unreadable(Problem problem) {
            super(problem.what());
            this.problem = problem;
        }
    }

    /** What has come together so far. */
    private final class Work {
        private final Tally tally;
        private final CaptureRedactor redactor;
        private final List<Path> written = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private long frames;
        private int unreadable;

        Work(boolean examples) {
            tally = new Tally(examples);
            redactor = new CaptureRedactor(key, options, tally);
        }

        void done(CaptureRedactor.Redacted redacted) {
            frames += redacted.frames();
            problems.addAll(redacted.problems());
        }

        void unreadable(Problem problem) {
            problems.add(problem);
            unreadable++;
        }

        Answer answer() {
            return new Answer(tally, frames, written, problems, unreadable);
        }
    }
}
