package phalanx.agents.observe;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.Failure;
import phalanx.proxy.record.RequestLog;
import phalanx.proxy.record.RequestRecord;

/** Figures from the proxy's log: of what users ask, and of the ways to instances. One thread. */
final class ProxyFigures {
    /** Requests read at once; more than that between two looks are not counted. */
    private static final int MOST = 4_000;
    /** Answers of a gateway (RFC 9110, 15.6.3 and 15.6.5). */
    private static final int BAD_GATEWAY = 502, GATEWAY_TIMEOUT = 504;
    /** Refused for its rate (RFC 6585, 4); and what nginx notes where the client closed before the answer. */
    private static final int TOO_MANY = 429, CLIENT_GONE = 499;

    private final RequestLog log;
    private final Inventory inventory;
    private final Window edge = new Window();
    private final ClientFigures clients = new ClientFigures();
    private final Map<Subject, Window> ways = new HashMap<>();
    /** Answers of a next proxy that reached no server, not yet seen by the one before it; by way. */
    private final Map<Subject, Integer> unreached = new HashMap<>();

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
        List<RequestRecord> records =
                fresh > 0 ? log.newest(fresh + 64) : List.of(); // of several loops, not quite in order
        List<RequestRecord> over =
                records.stream().filter(record -> record.endNanos() > lastEnd).toList();
        lastEnd = over.stream().mapToLong(RequestRecord::endNanos).reduce(lastEnd, Math::max);
        return count(over, second);
    }

    /** Counts requests that ended in about one second. @return as {@link #read} */
    long[] count(List<RequestRecord> over, long second) {
        long[] ended = new long[2];
        unreached.clear();
        over.forEach(this::nextProxy);
        over.forEach(record -> add(record, second, ended));
        return ended;
    }

    /** Where a server is a proxy itself, it answers in the name of a server that it did not reach. */
    private void nextProxy(RequestRecord record) {
        if (lost(record) && record.local() != null) {
            inventory
                    .server(text(record.local()))
                    .ifPresent(instance -> unreached.merge(way(instance), 1, Integer::sum));
        }
    }

    private static Subject way(Subject instance) {
        return Subject.way(instance.name(), instance.of());
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void add(RequestRecord record, long second, long[] ended) {
        double millis = record.totalNanos() / 1e6;
        if (Failure.BANNED.equals(record.failure())) {
            return; // who is dealt with is no trouble any more
        }
        if (isEdge(record.local())) {
            boolean denied = record.failure() != null && record.failure().isDenied();
            if (record.from() != null) {
                clients.add(second, record.from().getAddress(), denied);
            }
            if (denied && record.status() != TOO_MANY) {
                return; // an attack: no user's
            }
            Window.End end = end(record);
            edge.add(second, end, millis);
            ended[0]++;
            ended[1] += end == Window.End.WELL ? 0 : 1;
        }
        InetSocketAddress peer = record.upstreamPeer();
        if (peer != null) {
            inventory
                    .instance(record.upstream(), text(peer))
                    .map(ProxyFigures::way)
                    .ifPresent(way -> ways.computeIfAbsent(way, _ -> new Window())
                            .add(second, end(record, way), millis - record.chosenNanos() / 1e6));
        }
    }

    /** As it was for who went this way. */
    private Window.End end(RequestRecord record, Subject way) {
        if (record.failure() == null && record.status() == BAD_GATEWAY && unreached.merge(way, -1, Integer::sum) >= 0) {
            return Window.End.REFUSED;
        }
        return end(record);
    }

    private boolean isEdge(@Nullable InetSocketAddress local) {
        return local != null && inventory.edge().endsWith(":" + local.getPort());
    }

    /** Whether the connection to the server failed. */
    private static boolean lost(RequestRecord record) {
        Failure failure = record.failure();
        return failure != null && failure.side() == Failure.Side.UPSTREAM && failure.status() != GATEWAY_TIMEOUT;
    }

    private static Window.End end(RequestRecord record) {
        if (lost(record)) {
            return Window.End.REFUSED;
        }
        Failure failure = record.failure();
        boolean byClient = failure != null && failure.side() == Failure.Side.CLIENT;
        if (record.status() == GATEWAY_TIMEOUT || failure != null && failure.status() == CLIENT_GONE) {
            return Window.End.TIMED_OUT; // who asked has given up
        }
        // what a client does wrong is nobody's trouble but its own
        return record.status() >= 500 && !byClient || record.status() == TOO_MANY ? Window.End.FAILED : Window.End.WELL;
    }

    void into(long second, Map<Subject, Map<Measure, Double>> figures) {
        figures.computeIfAbsent(Subject.EDGE, _ -> new HashMap<>()).putAll(edge.measures(second));
        clients.into(second, figures);
        ways.forEach((way, window) ->
                figures.computeIfAbsent(way, _ -> new HashMap<>()).putAll(window.measures(second)));
    }
}
