package phalanx.show.conversations;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import phalanx.measure.ConversationDetail;
import phalanx.net.Endpoint;
import phalanx.show.Words;

/** What a column shows of a row, and how rows are put in its order without an object for each. Any thread. */
sealed interface Content {
    /** A figure that is not known, or not of this protocol; sorted before all others. */
    long UNKNOWN = Long.MIN_VALUE;

    /** As the screen writes it, empty for what is not known. */
    String text(ConversationRow row);

    /** A number for each conversation that puts them in order; for workers, it may take long. */
    long[] order(ConversationSource source, int[] conversations);

    /** Ordered by a number that each row has. */
    record Figure(ToLongFunction<ConversationRow> key, Function<ConversationRow, String> words) implements Content {
        @Override
        public String text(ConversationRow row) {
            return words.apply(row);
        }

        @Override
        public long[] order(ConversationSource source, int[] conversations) {
            long[] keys = new long[conversations.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = key.applyAsLong(source.row(conversations[i]));
            }
            return keys;
        }
    }

    /** Ordered by a value that many rows may share. */
    record Value<T extends Comparable<? super T>>(
            Function<ConversationRow, @Nullable T> value, Function<T, String> words) implements Content {
        @Override
        public String text(ConversationRow row) {
            T found = value.apply(row);
            return found == null ? "" : words.apply(found);
        }

        @Override
        public long[] order(ConversationSource source, int[] conversations) {
            Map<T, Integer> number = new HashMap<>();
            int[] of = new int[conversations.length];
            for (int i = 0; i < of.length; i++) {
                T found = value.apply(source.row(conversations[i]));
                of[i] = found == null ? -1 : number.computeIfAbsent(found, _ -> number.size());
            }
            int[] rank = new int[number.size()];
            int next = 0;
            for (T each : number.keySet().stream().sorted().toList()) {
                rank[number.getOrDefault(each, 0)] = next++;
            }
            IntUnaryOperator place = n -> n < 0 ? -1 : rank[n];
            return Arrays.stream(of).map(place).asLongStream().toArray();
        }
    }

    /** An end of the conversation by the name of its host, ordered by its address. */
    record End(Function<ConversationRow, Endpoint> end) implements Content {
        @Override
        public String text(ConversationRow row) {
            return row.source().names().of(end.apply(row));
        }

        @Override
        public long[] order(ConversationSource source, int[] conversations) {
            return new Value<>(row -> new EndpointOrder(end.apply(row)), _ -> "").order(source, conversations);
        }

        /** The address where the host is called by a name, else empty. */
        String address(ConversationRow row) {
            Endpoint at = end.apply(row);
            return row.source().names().knows(at.address()) ? at.toString() : "";
        }
    }

    /** A number of things. */
    static Content count(ToLongFunction<ConversationRow> value) {
        return figure(value, count -> Words.language().count(count));
    }

    /** Nanoseconds. */
    static Content duration(ToLongFunction<ConversationRow> value) {
        return figure(value, nanos -> Words.language().duration(nanos));
    }

    static Content figure(ToLongFunction<ConversationRow> value, LongFunction<String> words) {
        return new Figure(value, row -> {
            long known = value.applyAsLong(row);
            return known == UNKNOWN ? "" : words.apply(known);
        });
    }

    /** As {@link #count}, of what is read later; a negative number stands for not known. */
    static Content detailCount(ToLongFunction<ConversationDetail> value) {
        return count(row -> known(row, value));
    }

    /** Something in words, of what is read later. */
    static Content detail(BiFunction<ConversationRow, ConversationDetail, @Nullable String> value) {
        return new Value<String>(
                row -> row.detail() == null ? null : value.apply(row, row.detail()), Function.identity());
    }

    private static long known(ConversationRow row, ToLongFunction<ConversationDetail> value) {
        long known = row.detail() == null ? UNKNOWN : value.applyAsLong(row.detail());
        return known < 0 ? UNKNOWN : known;
    }

    /** A part of a whole, ordered by its share: {@code 1.2 % (21)}; empty for none. */
    static Content share(ToLongFunction<ConversationRow> part, ToLongFunction<ConversationRow> whole) {
        return new Figure(
                row -> Double.doubleToLongBits(
                        whole.applyAsLong(row) <= 0
                                ? 0
                                : Math.max(0, (double) part.applyAsLong(row) / whole.applyAsLong(row))),
                row -> part.applyAsLong(row) <= 0
                        ? ""
                        : Words.language().percent(part.applyAsLong(row), whole.applyAsLong(row)) + " ("
                                + Words.language().count(part.applyAsLong(row)) + ")");
    }
}
