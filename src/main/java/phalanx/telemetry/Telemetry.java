package phalanx.telemetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.net.IpAddress;
import phalanx.run.Problem;

/**
 * All that was imported beside the captures. Immutable, any thread.
 *
 * @param events by time; spans are events, too
 * @param spans in the order in which they came
 * @param files in the order in which they were named
 */
public record Telemetry(
        List<Event> events,
        List<LabelledSeries> series,
        List<ServiceName> names,
        List<Span> spans,
        List<Imported> files) {
    /** Nothing beside the captures. */
    public static final Telemetry NONE = new Telemetry(List.of(), List.of(), List.of(), List.of(), List.of());

    /**
     * A file that was read.
     *
     * @param format {@code Zeek conn}, {@code OTLP traces}
     * @param records taken from it
     * @param problems what of it was left out, and why
     */
    public record Imported(String file, String format, long records, List<Problem> problems) {
        public Imported {
            problems = List.copyOf(problems);
        }
    }

    public Telemetry {
        events = events.stream().sorted(Comparator.comparingLong(Event::nanos)).toList();
        series = List.copyOf(series);
        names = List.copyOf(names);
        spans = List.copyOf(spans);
        files = List.copyOf(files);
    }

    /** Both together. */
    public Telemetry with(Telemetry other) {
        return new Telemetry(
                joined(events, other.events),
                joined(series, other.series),
                joined(names, other.names),
                joined(spans, other.spans),
                joined(files, other.files));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** The most telling name of an address; a pod's on the network of its node is the node's. Looks at all names. */
    public Optional<ServiceName> nameOf(IpAddress address) {
        return names.stream().filter(name -> name.address().equals(address)).reduce(Telemetry::moreTelling);
    }

    /** The names of all addresses that have one, as {@link #nameOf} gives them. */
    public Map<IpAddress, ServiceName> byAddress() {
        Map<IpAddress, ServiceName> all = HashMap.newHashMap(names.size());
        names.forEach(name -> all.merge(name.address(), name, Telemetry::moreTelling));
        return all;
    }

    private static ServiceName moreTelling(ServiceName one, ServiceName other) {
        if (one.kind() == ServiceName.Kind.NODE || other.kind() == ServiceName.Kind.NODE) {
            return one.kind() == ServiceName.Kind.NODE ? one : other;
        }
        return other.kind().compareTo(one.kind()) < 0 ? other : one;
    }
}
