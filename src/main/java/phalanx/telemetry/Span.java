package phalanx.telemetry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.run.ForeignText;

/**
 * A piece of work that a service did for a request (opentelemetry.io, "Traces"). Immutable, any thread.
 *
 * @param trace and {@code id}, {@code parent}: in hexadecimal; the parent empty where there is none
 * @param service who did it, empty where it does not say
 * @param peer whom it asked, by the name that it has for it; mostly empty
 * @param nanos since the epoch, by the clock of the service
 * @param failed whether it says so
 * @param from who asked, null where no address is known; port 0 where none is
 * @param to who was asked, likewise
 * @param at where the service runs, null where that is not known
 * @param text in one line, without control characters
 * @param told some of its attributes and of its resource's by their names in the semantic conventions: {@link #TOLD}
 */
public record Span(
        String trace,
        String id,
        String parent,
        String service,
        String peer,
        Kind kind,
        long nanos,
        long durationNanos,
        boolean failed,
        @Nullable Endpoint from,
        @Nullable Endpoint to,
        @Nullable IpAddress at,
        String text,
        Map<String, String> told) {
    /** The attributes that are kept. */
    public static final List<String> TOLD = List.of(
            "service.instance.id",
            "http.route",
            "http.response.status_code",
            "error.type",
            "db.collection.name",
            "db.operation.name");

    public Span {
        told = Map.copyOf(told);
    }

    /** On which side of a request it stands. */
    public enum Kind {
        /** Inside of a service. */
        INTERNAL,
        /** Answers. */
        SERVER,
        /** Asks. */
        CLIENT
    }

    /** The same as something that happened. */
    Event event() {
        return new Event(
                nanos,
                durationNanos,
                Event.Source.OPENTELEMETRY,
                "span",
                failed ? Event.Weight.TROUBLE : Event.Weight.ORDINARY,
                from,
                to,
                service,
                ForeignText.name((service + " " + text).strip()),
                trace);
    }
}
