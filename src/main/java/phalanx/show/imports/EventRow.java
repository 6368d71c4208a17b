package phalanx.show.imports;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.Timeline;
import phalanx.net.Endpoint;
import phalanx.show.HostNames;
import phalanx.show.Words;
import phalanx.telemetry.Event;

/**
 * A moment as it is read: when, who says so, where, what. Immutable, any thread.
 *
 * @param weight null for a finding
 */
record EventRow(Timeline.Row of, String when, String source, String where, String what, Event.@Nullable Weight weight) {
    private static final Words WORDS = Words.of("imports");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    static EventRow of(Timeline.Row row, HostNames names) {
        String when = TIME.format(Instant.ofEpochSecond(
                Math.floorDiv(row.nanos(), 1_000_000_000L), Math.floorMod(row.nanos(), 1_000_000_000L)));
        ExplainedFinding told = row.finding();
        Event event = row.event();
        if (told != null) {
            return new EventRow(row, when, WORDS.get("finding", told.id()), "", told.summary(), null);
        }
        return event == null
                ? new EventRow(row, when, "", "", "", null)
                : new EventRow(
                        row,
                        when,
                        event.source().word() + " " + event.kind(),
                        where(event, names),
                        event.text(),
                        event.weight());
    }

    private static String where(Event event, HostNames names) {
        Endpoint from = event.from();
        Endpoint to = event.to();
        if (from == null && to == null) {
            return event.service();
        }
        return ((from == null ? "" : names.of(from)) + (to == null ? "" : " \u2192 " + names.of(to))).strip();
    }
}
