package phalanx.agents.memory;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;

/** What an incident looks like in words: what is far from usual, the farthest first. Names of instances are left out, so that the same trouble at the other one looks alike. */
public final class Signature {
    private static final int MOST = 10;
    private static final double FAR = 4;

    private Signature() {}

    private record Part(Subject subject, Measure measure, Figure figure) {
        String words() {
            String where = switch (subject.kind()) {
                case EDGE -> "users";
                case SERVICE -> "service " + subject.name();
                case INSTANCE -> "one instance of " + subject.of();
                case DEPENDENCY -> subject.of() + " asking " + subject.name();
                case TABLE -> "table " + subject.name() + " of " + subject.of();
                case WAY -> "way to " + subject.of();
                case CLIENT -> "one client";
            };
            return where + ": " + measure.word() + " high";
        }
    }

    /** The words of what is seen now; empty where nothing is far from usual. */
    public static String of(Observation observation) {
        List<Part> parts = observation.figures().entrySet().stream()
                .flatMap(subject -> subject.getValue().entrySet().stream()
                        .map(figure -> new Part(subject.getKey(), figure.getKey(), figure.getValue())))
                .filter(part -> part.figure().deviation() > FAR)
                .sorted(Comparator.comparingDouble((Part part) -> -part.figure().deviation()))
                .toList();
        return parts.stream().map(Part::words).distinct().limit(MOST).collect(Collectors.joining("; "));
    }
}
