package phalanx.telemetry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phalanx.run.Problem;

/** What is read from one file, with caps; what is left out is counted and told once. One thread. */
final class Gathering {
    private static final int MOST_EVENTS = 500_000, MOST_SERIES = 10_000, MOST_NAMES = 100_000;
    private static final long MOST_POINTS = 5_000_000;

    private final Path file;
    private final List<Event> events = new ArrayList<>();
    private final List<LabelledSeries> series = new ArrayList<>();
    private final List<ServiceName> names = new ArrayList<>();
    private String format = "";
    private long points;
    private long wrong;
    private long firstWrong;
    private String firstFault = "";
    private long tooMany;

    Gathering(Path file) {
        this.file = file;
    }

    /** What kind of file it turned out to be. */
    void format(String now) {
        format = now;
    }

    void add(Event event) {
        if (events.size() < MOST_EVENTS) {
            events.add(event);
        } else {
            tooMany++;
        }
    }

    void add(LabelledSeries one) {
        points += one.points().size();
        if (series.size() < MOST_SERIES && points <= MOST_POINTS) {
            series.add(one);
        } else {
            tooMany++;
        }
    }

    void add(ServiceName name) {
        if (names.size() < MOST_NAMES) {
            names.add(name);
        } else {
            tooMany++;
        }
    }

    /** A record that is left out. @param line in the file, 0 where it has no lines */
    void wrong(long line, String fault) {
        if (wrong++ == 0) {
            firstWrong = line;
            firstFault = fault;
        }
    }

    boolean isEmpty() {
        return events.isEmpty() && series.isEmpty() && names.isEmpty();
    }

    /** The first fault that was met, empty for none. */
    String firstFault() {
        return firstFault;
    }

    Telemetry telemetry() {
        List<Problem> problems = new ArrayList<>();
        if (wrong > 0) {
            problems.add(new Problem(
                    TelemetryFile.PARTLY,
                    "%s: %,d records are not understood%s: %s."
                            .formatted(
                                    file,
                                    wrong,
                                    firstWrong > 0 ? ", first in line %,d".formatted(firstWrong) : "",
                                    firstFault),
                    "All others are taken."));
        }
        if (tooMany > 0) {
            problems.add(new Problem(
                    TelemetryFile.PARTLY,
                    "%s: %,d records are more than can be taken.".formatted(file, tooMany),
                    "The first ones are taken; cut the file to the time of the captures."));
        }
        long records = (long) events.size() + series.size() + names.size();
        return new Telemetry(
                events,
                series,
                names,
                List.of(new Telemetry.Imported(String.valueOf(file.getFileName()), format, records, problems)));
    }
}
