package phalanx.share;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phalanx.explain.CaseAccount;
import phalanx.explain.ExplainedFinding;
import phalanx.net.Endpoint;
import phalanx.net.IpAddress;
import phalanx.stitch.CapturePoint;
import phalanx.stitch.Conversation;
import phalanx.telemetry.Event;

/**
 * What other tools say that changed or failed around the time of the captures and concerns their hosts, with the begins of the findings
 * between. Immutable, any thread.
 *
 * @param rows by time, those nearest to the begin of the trouble when there are too many
 * @param leftOut notable events that were too many
 * @param elsewhere notable events of that time between hosts that the captures do not know
 */
record Timeline(List<Row> rows, int leftOut, int elsewhere) {
    private static final long BEFORE = 3_600_000_000_000L, BEHIND = 600_000_000_000L;
    private static final int MOST_ROWS = 60;

    /**
     * One moment.
     *
     * @param event null for the begin of a finding
     * @param finding null for an event
     * @param conversation id of the one that the event is of, -1 for none
     */
    record Row(long nanos, @Nullable Event event, @Nullable ExplainedFinding finding, int conversation) {}

    static Timeline of(CaseAccount account) {
        var analysis = account.analysis();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        Set<IpAddress> known = new HashSet<>();
        for (CapturePoint point : analysis.stitched().captures()) {
            var summary = point.capture().summary();
            if (summary.frames() > 0) {
                first = Math.min(first, summary.firstNanos());
                last = Math.max(last, summary.lastNanos());
            }
        }
        Map<Set<Endpoint>, Integer> conversations = new HashMap<>();
        for (Conversation conversation : analysis.stitched().conversations()) {
            for (Conversation.Leg leg : conversation.legs()) {
                conversations.putIfAbsent(Set.of(leg.client(), leg.server()), conversation.id());
                known.add(leg.client().address());
                known.add(leg.server().address());
            }
        }
        if (first > last) {
            return new Timeline(List.of(), 0, 0);
        }
        List<Row> rows = new ArrayList<>();
        int elsewhere = 0;
        for (Event event : account.imported().notable(first - BEFORE, last + BEHIND)) {
            Endpoint from = event.from();
            Endpoint to = event.to();
            boolean placed = from != null || to != null;
            boolean here = from != null && known.contains(from.address()) || to != null && known.contains(to.address());
            if (placed && !here) {
                elsewhere++;
            } else {
                int of = from == null || to == null || from.equals(to)
                        ? -1
                        : conversations.getOrDefault(Set.of(from, to), -1);
                rows.add(new Row(event.nanos(), event, null, of));
            }
        }
        List<ExplainedFinding> standing = account.standing();
        ExplainedFinding root = analysis.conclusion().finding();
        long trouble = root != null
                ? root.finding().startNanos()
                : standing.isEmpty() ? first : standing.getFirst().finding().startNanos();
        int leftOut = Math.max(0, rows.size() - MOST_ROWS);
        rows.sort(Comparator.comparingLong(row -> Math.abs(row.nanos - trouble)));
        rows.subList(rows.size() - leftOut, rows.size()).clear();
        if (!rows.isEmpty()) {
            standing.forEach(told -> rows.add(new Row(told.finding().startNanos(), null, told, -1)));
        }
        rows.sort(Comparator.comparingLong(Row::nanos));
        return new Timeline(List.copyOf(rows), leftOut, elsewhere);
    }
}
