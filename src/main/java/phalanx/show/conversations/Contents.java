package phalanx.show.conversations;

import static phalanx.show.conversations.Content.count;
import static phalanx.show.conversations.Content.detail;
import static phalanx.show.conversations.Content.detailCount;
import static phalanx.show.conversations.Content.duration;
import static phalanx.show.conversations.Content.figure;
import static phalanx.show.conversations.Content.share;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import phalanx.explain.ExplainedFinding;
import phalanx.explain.SeriesWords;
import phalanx.measure.DelaySummary;
import phalanx.measure.SecondSeries;
import phalanx.net.IpAddress;
import phalanx.show.Words;

/** What each column shows. Any thread. */
final class Contents {
    private static final Map<ConversationColumn, Content> ALL = new EnumMap<>(ConversationColumn.class);

    static {
        for (ConversationColumn column : ConversationColumn.values()) {
            ALL.put(column, content(column));
        }
    }

    private Contents() {}

    static Content of(ConversationColumn column) {
        return Objects.requireNonNull(ALL.get(column));
    }

    private static Content content(ConversationColumn column) {
        return switch (column) {
            case FINDINGS ->
                new Content.Figure(
                        ConversationRow::importance,
                        row -> String.join(
                                " ",
                                row.findings().stream()
                                        .map(ExplainedFinding::id)
                                        .toList()));
            case WORST ->
                new Content.Figure(
                        ConversationRow::importance,
                        row -> row.findings().isEmpty()
                                ? ""
                                : row.findings().getFirst().summary());
            case ID -> count(row -> row.conversation().id());
            case CLIENT -> new Content.End(row -> row.conversation().client());
            case SERVER -> new Content.End(row -> row.conversation().server());
            case CLIENT_ADDRESS ->
                new Content.Value<>(row -> row.conversation().client().address(), IpAddress::toString);
            case CLIENT_PORT -> port(row -> row.conversation().client().port());
            case SERVER_ADDRESS ->
                new Content.Value<>(row -> row.conversation().server().address(), IpAddress::toString);
            case SERVER_PORT -> port(row -> row.conversation().server().port());
            case PROTOCOL ->
                new Content.Value<>(
                        row -> row.conversation().transport(),
                        transport -> transport.word().toUpperCase(Locale.ROOT));
            case APPLICATION -> detail((_, detail) -> DetailWords.application(detail.headers()));
            case POINTS ->
                new Content.Figure(
                        row -> row.conversation().legs().size(),
                        row -> DetailWords.points(
                                row.conversation(), row.source().analysis().stitched()));
            case PATH ->
                new Content.Value<>(
                        row -> DetailWords.path(
                                row.conversation(), row.source().analysis().stitched()),
                        Function.identity());
            case NAT -> new Content.Value<>(row -> DetailWords.rewrites(row.conversation()), Function.identity());
            case VLAN -> detail((_, detail) -> DetailWords.vlans(detail.headers()));
            case TTL -> detail((_, detail) -> DetailWords.ttl(detail.headers()));
            case DSCP -> detail((_, detail) -> DetailWords.codepoints(detail.headers()));
            case PACKETS -> count(ConversationRow::packets);
            case CLIENT_PACKETS -> count(row -> row.metrics().packets()[0]);
            case SERVER_PACKETS -> count(row -> row.metrics().packets()[1]);
            case BYTES -> count(ConversationRow::bytes);
            case CLIENT_BYTES -> count(row -> row.metrics().bytes()[0]);
            case SERVER_BYTES -> count(row -> row.metrics().bytes()[1]);
            case THROUGHPUT ->
                figure(
                        row -> Math.round(row.metrics().throughputBitsPerSecond()),
                        bits -> bits == 0
                                ? ""
                                : SeriesWords.amount(
                                        SecondSeries.Quantity.THROUGHPUT, (double) bits, Words.language()));
            case LIMIT ->
                new Content.Value<>(
                        row -> row.metrics()
                                .limits()
                                .map(Words.language()::most)
                                .orElse(null),
                        Function.identity());
            case BEGIN ->
                duration(row -> row.metrics().firstNanos() - row.source().beginNanos());
            case BEGIN_UTC -> figure(row -> row.metrics().firstNanos(), DetailWords::instant);
            case END_UTC -> figure(row -> row.metrics().lastNanos(), DetailWords::instant);
            case DURATION ->
                duration(row -> row.metrics().lastNanos() - row.metrics().firstNanos());
            case LOST ->
                share(
                        row -> row.detail() == null ? 0 : row.detail().path().lost(),
                        row -> row.detail() == null ? 0 : row.detail().path().sent());
            case LOST_WHERE ->
                detail((row, detail) -> detail.path().worst() < 0
                        ? null
                        : row.source().segment(detail.path().worst()));
            case RETRANSMITTED -> share(ConversationRow::retransmissions, ConversationRow::packets);
            case CLIENT_RETRANSMITTED -> count(row -> row.metrics().retransmissions()[0]);
            case SERVER_RETRANSMITTED -> count(row -> row.metrics().retransmissions()[1]);
            case REORDERED -> detailCount(detail -> detail.path().reordered());
            case DUPLICATED -> detailCount(detail -> detail.path().duplicates());
            case HANDSHAKE -> duration(row -> row.metrics().handshakeNanos().orElse(Content.UNKNOWN));
            case RTT_MEDIAN -> roundTrip(DelaySummary::medianNanos);
            case RTT_P95 -> roundTrip(DelaySummary::p95Nanos);
            case RTT_MOST -> roundTrip(DelaySummary::maxNanos);
            case SERVER_MEDIAN -> answer(DelaySummary::medianNanos);
            case SERVER_P95 -> answer(DelaySummary::p95Nanos);
            case END -> detail((_, detail) -> DetailWords.end(detail.headers().end()));
            case RESETS -> detailCount(detail -> detail.headers().resets());
            case ZERO_WINDOWS -> detailCount(detail -> detail.headers().zeroWindows());
            case SMALLEST_WINDOW -> detailCount(detail -> detail.headers().smallestWindow());
            case SEGMENT_SIZE ->
                detail((_, detail) -> DetailWords.pair(detail.headers().maximumSegmentSize()));
            case WINDOW_SCALE ->
                detail((_, detail) -> DetailWords.pair(detail.headers().windowScale()));
        };
    }

    private static Content port(ToLongFunction<ConversationRow> value) {
        return figure(value, port -> port == 0 ? "" : Long.toString(port));
    }

    private static Content roundTrip(ToLongFunction<DelaySummary> value) {
        return duration(row -> row.metrics().rtt().map(value::applyAsLong).orElse(Content.UNKNOWN));
    }

    private static Content answer(ToLongFunction<DelaySummary> value) {
        return duration(
                row -> row.metrics().serverThink().map(value::applyAsLong).orElse(Content.UNKNOWN));
    }
}
