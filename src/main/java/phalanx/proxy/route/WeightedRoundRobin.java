package phalanx.proxy.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One after the other, by weight and evenly mixed: each round everybody gains its weight, the richest is chosen and pays the sum (nginx's
 * smooth weighted round robin).
 */
final class WeightedRoundRobin implements Balancer {
    private final Map<Server, Long> credit = new HashMap<>();

    @Override
    public synchronized Choice choose(List<Server> servers, Asking asking) {
        Server best = servers.getFirst();
        long most = Long.MIN_VALUE;
        long sum = 0;
        for (Server server : servers) {
            long has = credit.getOrDefault(server, 0L) + server.weight();
            credit.put(server, has);
            sum += server.weight();
            if (has > most) {
                most = has;
                best = server;
            }
        }
        credit.put(best, most - sum);
        if (credit.size() > 2 * servers.size() + 16) { // servers that are gone
            credit.keySet().retainAll(servers);
        }
        return new Choice(best, "its turn by weight");
    }
}
