package phalanx.show.conversations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.Severity;
import phalanx.explain.ExplainedFinding;
import phalanx.run.Progress;
import phalanx.show.Shown;
import phalanx.stitch.TimeOrder;

/** Filters, sorts and groups conversations on arrays of numbers. For a worker. */
final class Arranging {
    private final ConversationSource source;
    private final Progress progress;

    private Arranging(ConversationSource source, Progress progress) {
        this.source = source;
        this.progress = progress;
    }

    /** @throws Progress.Cancelled when the work was given up */
    static Lines of(ConversationSource source, Shown shown, Arrangement wanted, Progress progress) {
        Arranging arranging = new Arranging(source, progress);
        int[] order =
                IntStream.range(0, source.size()).filter(shown::conversation).toArray();
        order = arranging.sorted(order, row -> -row.bytes());
        order = arranging.sorted(order, ConversationRow::importance);
        for (Arrangement.Sort sort : wanted.sorts().reversed()) {
            progress.stopIfCancelled();
            long[] keys = sort.column().content().order(source, order);
            order = arranging.sorted(order, keys, sort.descending());
        }
        return wanted.grouping() == Grouping.NONE ? Lines.plain(source, order) : arranging.grouped(order, wanted);
    }

    private int[] sorted(int[] order, ToLongFunction<ConversationRow> key) {
        return sorted(order, new Content.Figure(key, _ -> "").order(source, order), false);
    }

    /** Stable. */
    private int[] sorted(int[] order, long[] keys, boolean descending) {
        progress.stopIfCancelled();
        // The complement turns the order round and, unlike the negative, has no overflow.
        long[] ascending = descending ? Arrays.stream(keys).map(key -> ~key).toArray() : keys;
        return Arrays.stream(TimeOrder.of(ascending)).map(i -> order[i]).toArray();
    }

    /** Groups stand where their first conversation stood. */
    private Lines grouped(int[] order, Arrangement wanted) {
        Map<String, Integer> known = new HashMap<>();
        List<Sum> sums = new ArrayList<>();
        int[] groupOf = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            ConversationRow row = source.row(order[i]);
            String key = wanted.grouping().of(row);
            groupOf[i] = known.computeIfAbsent(key, _ -> known.size());
            if (groupOf[i] == sums.size()) {
                sums.add(new Sum(key));
            }
            sums.get(groupOf[i]).add(row);
        }
        progress.stopIfCancelled();
        int[] byGroup = TimeOrder.of(Arrays.stream(groupOf).asLongStream().toArray());
        int[] conversations = Arrays.stream(byGroup).map(i -> order[i]).toArray();
        List<GroupLine> groups = sums.stream()
                .map(sum -> sum.line(!wanted.closed().contains(sum.key)))
                .toList();
        return Lines.grouped(source, conversations, groups);
    }

    /** A group as it fills. */
    private static final class Sum {
        private final String key;
        private int conversations;
        private long packets;
        private long bytes;
        private long retransmitted;
        private int withFindings;
        private @Nullable Severity worst;

        Sum(String key) {
            this.key = key;
        }

        void add(ConversationRow row) {
            conversations++;
            packets += row.packets();
            bytes += row.bytes();
            retransmitted += row.retransmissions();
            withFindings += row.findings().isEmpty() ? 0 : 1;
            for (ExplainedFinding told : row.findings()) {
                Severity severity = told.finding().severity();
                worst = worst == null || severity.compareTo(worst) < 0 ? severity : worst;
            }
        }

        GroupLine line(boolean open) {
            return new GroupLine(key, open, conversations, packets, bytes, retransmitted, withFindings, worst);
        }
    }
}
