package phalanx.show.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.run.Jobs;
import phalanx.show.Words;

/** How fast captures are read, from the steps that are told of reading them. One thread. */
final class ReadingPace {
    private static final Words WORDS = Words.of("shell");
    private static final double MEGA = 1e6;
    /** Nanoseconds before which a rate means nothing. */
    private static final long TOO_EARLY = 250_000_000;

    private final Map<Path, Long> sizes = new HashMap<>();
    private final Map<Path, Long> read = new HashMap<>();
    private final long began = System.nanoTime();
    private boolean reading;

    ReadingPace(List<Path> files) {
        files.forEach(file -> sizes.put(file, size(file)));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // whoever reads it will tell
        }
    }

    /** Takes a step; one that names no file and its size is of other work. */
    void at(Jobs.Step step) {
        Optional<Path> file = sizes.keySet().stream()
                .filter(one -> step.total() > 0 && step.what().endsWith(String.valueOf(one.getFileName())))
                .findFirst();
        reading = file.isPresent();
        file.ifPresent(one -> {
            sizes.put(one, step.total());
            read.put(one, step.done());
        });
    }

    /** Whether the last step was one of reading. */
    boolean isReading() {
        return reading;
    }

    /** How far all has come with the last step, 0 to 1: bytes of all files while they are read. 0 when it cannot be known. */
    double progress(Jobs.Step step) {
        if (reading) {
            return Math.min(1, (double) done() / Math.max(1, total()));
        }
        return step.total() > 0 ? (double) step.done() / step.total() : 0;
    }

    private long done() {
        return read.values().stream().mapToLong(Long::longValue).sum();
    }

    private long total() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@code 772 of 1,181 MB, 310 MB/s, 2 s left}; empty while nothing is read. */
    String words() {
        if (!reading) {
            return "";
        }
        long nanos = System.nanoTime() - began;
        String size = WORDS.get("loading.size", done() / MEGA, total() / MEGA);
        if (nanos < TOO_EARLY || done() == 0) {
            return size;
        }
        double perSecond = done() * 1e9 / nanos;
        return WORDS.get(
                "loading.pace", size, perSecond / MEGA, (long) Math.ceil(Math.max(0, total() - done()) / perSecond));
    }
}
