package phalanx.agents.observe;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import phalanx.proxy.guard.client.ClientNetwork;

/**
 * Who asks more than others, over the last seconds: only addresses as the proxy knows them, nothing that a request says. The machine itself is
 * no such client. One thread.
 */
final class ClientFigures {
    /** Clients told of. */
    private static final int LOUDEST = 5;
    /** Requests a second from which on one is loud. */
    private static final double LOUD = 10;

    private final long[] second = new long[Window.SECONDS];
    private final Map<InetAddress, Count>[] counts = slots();

    /** Requests of a client, and those of them that were refused. */
    private static final class Count {
        private int all;
        private int blocked;

        void add(Count more) {
            all += more.all;
            blocked += more.blocked;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays know no parameters
    private static Map<InetAddress, Count>[] slots() {
        Map[] slots = new Map[Window.SECONDS];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new HashMap<InetAddress, Count>();
        }
        return slots;
    }

    /** Notes a request at the edge. */
    void add(long atSecond, InetAddress client, boolean blocked) {
        int slot = (int) (atSecond % Window.SECONDS);
        if (second[slot] != atSecond) {
            second[slot] = atSecond;
            counts[slot].clear();
        }
        Count count = counts[slot].computeIfAbsent(ClientNetwork.of(client), _ -> new Count());
        count.all++;
        count.blocked += blocked ? 1 : 0;
    }

    void into(long now, Map<Subject, Map<Measure, Double>> figures) {
        Map<InetAddress, Count> clients = new HashMap<>();
        Count all = new Count();
        for (int slot = 0; slot < Window.SECONDS; slot++) {
            if (second[slot] > now - Window.SECONDS && second[slot] <= now) {
                counts[slot].forEach((client, count) -> {
                    clients.computeIfAbsent(client, _ -> new Count()).add(count);
                    all.add(count);
                });
            }
        }
        if (all.all > 0) {
            figures.computeIfAbsent(Subject.EDGE, _ -> new HashMap<>())
                    .put(Measure.BLOCKED, (double) all.blocked / all.all);
        }
        clients.entrySet().stream()
                .filter(one -> !one.getKey().isLoopbackAddress() && one.getValue().all >= LOUD * Window.SECONDS)
                .sorted(Comparator.comparingInt(one -> -one.getValue().all))
                .limit(LOUDEST)
                .forEach(one -> figures.put(
                        Subject.client(ClientNetwork.text(one.getKey())),
                        Map.of(
                                Measure.RATE, (double) one.getValue().all / Window.SECONDS,
                                Measure.SHARE, (double) one.getValue().all / all.all,
                                Measure.BLOCKED, (double) one.getValue().blocked / one.getValue().all)));
    }
}
