package phalanx.show.charts;

import java.util.List;
import phalanx.explain.Joined;
import phalanx.show.Words;
import phalanx.telemetry.Event;
import phalanx.telemetry.Telemetry;

/**
 * Something that another tool says that changed or failed, at its time. Any thread.
 *
 * @param conversation id of the one that it is of, {@link phalanx.show.Selection#NONE} for none
 */
record EventMark(Event event, int conversation) {
    private static final Words WORDS = Words.of("charts");
    private static final int MOST = 2_000;

    /** Those of the hosts that the captures show, by time; the first ones when there are very many. */
    static List<EventMark> of(Telemetry telemetry, Joined joined) {
        return telemetry.events().stream()
                .filter(event -> event.weight() != Event.Weight.ORDINARY
                        && joined.isNear(event.nanos())
                        && joined.concerns(event))
                .limit(MOST)
                .map(event -> new EventMark(event, joined.conversation(event)))
                .toList();
    }

    boolean isTrouble() {
        return event.weight() == Event.Weight.TROUBLE;
    }

    /** In a line: when, who says so, what. */
    String told() {
        return WORDS.get(
                "event", TimeLabels.utc(event.nanos(), true), event.source().word() + " " + event.kind(), event.text());
    }
}
