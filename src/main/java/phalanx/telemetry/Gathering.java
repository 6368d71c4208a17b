package phalanx.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phalanx.run.Problem;

/** What is read from one file or message, with caps; what is left out is counted and told once. One thread. */
final class Gathering {
    private static final int MOST_EVENTS = 500_000,
            MOST_SERIES = 10_000,
            MOST_NAMES = 100_000,
            MOST_POINTS_EACH = 100_000;
    private static final long MOST_POINTS = 5_000_000;

    private final String source;
    private final String name;
    private final List<Event> events = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final GrowingSeries growing = new GrowingSeries(MOST_SERIES, MOST_POINTS_EACH);
    private final List<LabelledSeries> series = new ArrayList<>();
    private final List<ServiceName> names = new ArrayList<>();
    private String format = "";
    private long points;
    private long wrong;
    private long firstWrong;
    private String firstFault = "";
    private long tooMany;

    /** @param source as problems name it  @param name as it is listed */
    Gathering(String source, String name) {
        this.source = source;
        this.name = name;
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

    void add(Span span) {
        if (events.size() < MOST_EVENTS) {
            spans.add(span);
            events.add(span.event());
        } else {
            tooMany++;
        }
    }

    /** One point of a series. */
    void point(String measure, Map<String, String> labels, long nanos, double value) {
        if (points < MOST_POINTS) {
            points++;
            growing.add(measure, labels, nanos, value);
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

    /** Records that were left out. */
    long wrong() {
        return wrong;
    }

    boolean isEmpty() {
        return events.isEmpty() && series.isEmpty() && names.isEmpty() && growing.size() == 0;
    }

    /** The first fault that was met, empty for none. */
    String firstFault() {
        return firstFault;
    }

    Telemetry telemetry() {
        growing.into(series::add);
        tooMany += growing.leftOut();
        List<Problem> problems = new ArrayList<>();
        if (wrong > 0) {
            problems.add(new Problem(
                    TelemetryFile.PARTLY,
                    wrong == 1
                            ? "%s: 1 record is not understood%s: %s."
                                    .formatted(
                                            source,
                                            firstWrong > 0 ? ", in line %,d".formatted(firstWrong) : "",
                                            firstFault)
                            : "%s: %,d records are not understood%s: %s."
                                    .formatted(
                                            source,
                                            wrong,
                                            firstWrong > 0 ? ", first in line %,d".formatted(firstWrong) : "",
                                            firstFault),
                    "All others are taken."));
        }
        if (tooMany > 0) {
            problems.add(new Problem(
                    TelemetryFile.PARTLY,
                    tooMany == 1
                            ? "%s: 1 record is more than can be taken.".formatted(source)
                            : "%s: %,d records are more than can be taken.".formatted(source, tooMany),
                    "The first ones are taken; cut the file to the time of the captures."));
        }
        long records = (long) events.size() + series.size() + names.size();
        return new Telemetry(
                events, series, names, spans, List.of(new Telemetry.Imported(name, format, records, problems)));
    }
}
