package phalanx.show.imports;

import java.nio.file.Path;
import java.util.List;
import phalanx.run.Problem;
import phalanx.telemetry.Telemetry;

/**
 * A file beside the captures. Immutable, any thread.
 *
 * @param read what it holds; nothing while it is being read, and where it could not be
 * @param problems why it could not be read, or what of it was left out
 */
public record Entry(Path file, State state, Telemetry read, List<Problem> problems) {
    /** How far it has come. */
    public enum State {
        READING,
        READ,
        FAILED
    }

    public Entry {
        problems = List.copyOf(problems);
    }

    /** Its name without its folder. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** {@code Suricata EVE}; empty while it is not read. */
    String format() {
        return read.files().isEmpty() ? "" : read.files().getFirst().format();
    }

    /** Records taken from it. */
    long records() {
        return read.files().isEmpty() ? 0 : read.files().getFirst().records();
    }

    static Entry reading(Path file) {
        return new Entry(file, State.READING, Telemetry.NONE, List.of());
    }

    static Entry read(Path file, Telemetry read) {
        return new Entry(file, State.READ, read, read.files().getFirst().problems());
    }

    static Entry failed(Path file, Problem problem) {
        return new Entry(file, State.FAILED, Telemetry.NONE, List.of(problem));
    }
}
