package phalanx.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Severity;
import phalanx.net.Direction;
import phalanx.stitch.Stitched;

/**
 * What answers to captures under way have found since the begin: each finding once, by kind, place and direction, from when to when.
 * Bounded: of more than {@link #MOST} findings those that ended first are counted, no longer kept. One thread.
 */
public final class LiveJournal {
    /** Findings that are kept. */
    public static final int MOST = 500;

    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private long forgotten;

    private record Key(String kind, String place, Direction direction) {}

    /**
     * A finding of one or more answers.
     *
     * @param place as {@link TemplateExplainer#place} says it
     * @param firstNanos and {@code lastNanos} first and last packet affected in any answer, reference clock
     * @param summary of the last answer that had it
     * @param present whether the last answer of all had it
     */
    public record Entry(
            String kind,
            String place,
            Direction direction,
            Severity severity,
            long firstNanos,
            long lastNanos,
            String summary,
            boolean present) {
        private Entry with(Entry newer) {
            return new Entry(
                    kind,
                    place,
                    direction,
                    severity.compareTo(newer.severity) <= 0 ? severity : newer.severity,
                    Math.min(firstNanos, newer.firstNanos),
                    Math.max(lastNanos, newer.lastNanos),
                    newer.summary,
                    true);
        }

        private Entry past() {
            return new Entry(kind, place, direction, severity, firstNanos, lastNanos, summary, false);
        }
    }

    /** Takes up an answer. @return the findings that no answer before had, most important first */
    public List<Entry> note(Analysis analysis) {
        entries.replaceAll((_, entry) -> entry.past());
        List<Entry> fresh = new ArrayList<>();
        for (ExplainedFinding told : analysis.findings()) {
            Entry now = entry(told, analysis.stitched());
            Key key = new Key(now.kind, now.place, now.direction);
            Entry before = entries.get(key);
            entries.put(key, before == null ? now : before.with(now));
            if (before == null) {
                fresh.add(now);
            }
        }
        while (entries.size() > MOST) {
            Key oldest = entries.entrySet().stream()
                    .min(Comparator.comparingLong(each -> each.getValue().lastNanos))
                    .orElseThrow()
                    .getKey();
            entries.remove(oldest);
            forgotten++;
        }
        return fresh;
    }

    private static Entry entry(ExplainedFinding told, Stitched stitched) {
        Finding finding = told.finding();
        return new Entry(
                finding.kind(),
                TemplateExplainer.place(finding.where(), stitched),
                finding.direction(),
                finding.severity(),
                finding.startNanos(),
                finding.endNanos(),
                told.summary(),
                true);
    }

    /** What is kept, what is there now first, then what ended last. */
    public List<Entry> entries() {
        return entries.values().stream()
                .sorted(Comparator.comparing(Entry::present)
                        .thenComparingLong(Entry::lastNanos)
                        .reversed())
                .toList();
    }

    /** Findings that were let go. */
    public long forgotten() {
        return forgotten;
    }
}
