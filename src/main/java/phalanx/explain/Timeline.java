package phalanx.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.telemetry.Event;

/**
 * What other tools say that changed or failed around the time of the captures and concerns their hosts, with the begins of the findings
 * between. Immutable, any thread.
 *
 * @param rows by time, those nearest to the begin of the trouble when there are too many
 * @param leftOut events that were too many
 * @param elsewhere events of that time between hosts that the captures do not know
 */
public record Timeline(List<Row> rows, int leftOut, int elsewhere) {
    /** Rows of a report that people read. */
    private static final int MOST_ROWS = 60;

    /**
     * One moment.
     *
     * @param event null for the begin of a finding
     * @param finding null for an event
     * @param conversation id of the one that the event is of, -1 for none
     */
    public record Row(
            long nanos, @Nullable Event event, @Nullable ExplainedFinding finding, int conversation) {}

    /** As a report has it: what changed or failed. */
    public static Timeline of(CaseAccount account) {
        return of(account, new Joined(account.analysis().stitched()), false, MOST_ROWS);
    }

    /**
     * @param all whether what went well is told, too
     * @param most rows, besides those of findings
     */
    public static Timeline of(CaseAccount account, Joined joined, boolean all, int most) {
        List<Row> rows = new ArrayList<>();
        int elsewhere = 0;
        for (Event event : account.imported().events()) {
            if (!joined.isNear(event.nanos()) || !all && event.weight() == Event.Weight.ORDINARY) {
                continue;
            }
            if (joined.concerns(event)) {
                rows.add(new Row(event.nanos(), event, null, joined.conversation(event)));
            } else {
                elsewhere++;
            }
        }
        List<ExplainedFinding> standing = account.standing();
        ExplainedFinding root = account.analysis().conclusion().finding();
        long trouble = root != null
                ? root.finding().startNanos()
                : standing.isEmpty()
                        ? joined.firstNanos()
                        : standing.getFirst().finding().startNanos();
        int leftOut = Math.max(0, rows.size() - most);
        if (leftOut > 0) {
            rows.sort(Comparator.comparingLong(row -> Math.abs(row.nanos - trouble)));
            rows.subList(rows.size() - leftOut, rows.size()).clear();
        }
        if (!rows.isEmpty()) {
            standing.forEach(told -> rows.add(new Row(told.finding().startNanos(), null, told, -1)));
        }
        rows.sort(Comparator.comparingLong(Row::nanos));
        return new Timeline(List.copyOf(rows), leftOut, elsewhere);
    }
}
