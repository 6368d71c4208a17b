package phalanx.agents.observe;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.record.RequestRecord;

/** Figures from the proxy's log: of what users ask, and of the ways to instances. One thread. */
final class ProxyFigures {
    /** Requests read at once; more than that between two looks are not counted. */
    private static final int MOST = 4_000;
    /** Answers of a gateway that reached nobody (RFC 9110, 15.6.3 and 15.6.5). */
    private static final int BAD_GATEWAY = 502, GATEWAY_TIMEOUT = 504;

    private final RequestLog log;
    private final Inventory inventory;
    private final Window edge = new Window();
    private final Map<Subject, Window> ways = new HashMap<>();
    private long counted;
    private long lastEnd;

    ProxyFigures(RequestLog log, Inventory inventory) {
        this.log = log;
        this.inventory = inventory;
    }

    /** Counts what ended since the last time. @return how many requests at the edge ended, and how many of them failed */
    long[] read(long second) {
        long count = log.count();
        int fresh = (int) Math.min(MOST, count - counted);
        counted = count;
        long[] ended = new long[2];
        long newest = lastEnd;
        List<RequestRecord> records =
                fresh > 0 ? log.newest(fresh + 64) : List.of(); // of several loops, not quite in order
        for (RequestRecord record : records) {
            if (record.endNanos() > lastEnd) {
                newest = Math.max(newest, record.endNanos());
                add(record, second, ended);
            }
        }
        lastEnd = newest;
        return ended;
    }

    private void add(RequestRecord record, long second, long[] ended) {
        double millis = record.totalNanos() / 1e6;
        if (isEdge(record.local())) {
            Window.End end = end(record);
            edge.add(second, end, millis, Double.NaN);
            ended[0]++;
            ended[1] += end == Window.End.WELL ? 0 : 1;
        }
        InetSocketAddress peer = record.upstreamPeer();
        Optional<Subject> instance = peer == null
                ? Optional.empty()
                : inventory.instance(record.upstream(), peer.getAddress().getHostAddress() + ":" + peer.getPort());
        instance.ifPresent(of -> ways.computeIfAbsent(Subject.way(of.name(), of.of()), _ -> new Window())
                .add(second, end(record), millis - record.chosenNanos() / 1e6, Double.NaN));
    }

    private boolean isEdge(@Nullable InetSocketAddress local) {
        return local != null && inventory.edge().endsWith(":" + local.getPort());
    }

    private static Window.End end(RequestRecord record) {
        if (record.failure() != null || record.status() == BAD_GATEWAY) {
            return Window.End.REFUSED;
        }
        if (record.status() == GATEWAY_TIMEOUT) {
            return Window.End.TIMED_OUT;
        }
        return record.status() >= 500 || record.status() == 429 ? Window.End.FAILED : Window.End.WELL;
    }

    void into(long second, Map<Subject, Map<Measure, Double>> figures) {
        figures.computeIfAbsent(Subject.EDGE, _ -> new HashMap<>()).putAll(edge.measures(second));
        ways.forEach((way, window) ->
                figures.computeIfAbsent(way, _ -> new HashMap<>()).putAll(window.measures(second)));
    }
}
