package phalanx.show.charts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Severity;
import phalanx.explain.ExplainedFinding;
import phalanx.show.Selection.Range;

/**
 * All charts over one stretch of time, thinned to a width in pixels. Immutable, any thread.
 *
 * @param title what is shown of the recording
 * @param originNanos begin of the recording, from which the time axis counts; reference clock
 * @param window what the time axis shows
 * @param stepNanos how long a step of the counted quantities is
 * @param selected the selected stretch of time, null for none
 * @param findings when findings took place, those in the window
 * @param marks what other tools say that happened, by time
 * @param chosen of these, null for none
 */
record ChartPicture(
        String title,
        long originNanos,
        Range window,
        long stepNanos,
        @Nullable Range selected,
        List<Band> findings,
        List<EventMark> marks,
        @Nullable EventMark chosen,
        List<Panel> panels) {
    /** The time of a finding. */
    record Band(ExplainedFinding told, boolean chosen) {
        String id() {
            return told.id();
        }

        Severity severity() {
            return told.finding().severity();
        }

        Range range() {
            return new Range(told.finding().startNanos(), told.finding().endNanos());
        }
    }

    ChartPicture {
        findings = List.copyOf(findings);
        marks = List.copyOf(marks);
        panels = List.copyOf(panels);
    }

    /** The same with another event chosen. */
    ChartPicture with(@Nullable EventMark other) {
        return new ChartPicture(title, originNanos, window, stepNanos, selected, findings, marks, other, panels);
    }

    /** Seconds since the begin of the recording. */
    double seconds(long nanos) {
        return (nanos - originNanos) / 1e9;
    }

    double fromSeconds() {
        return seconds(window.fromNanos());
    }

    double toSeconds() {
        return seconds(window.toNanos());
    }
}
