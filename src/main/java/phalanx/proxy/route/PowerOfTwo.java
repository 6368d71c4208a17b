package phalanx.proxy.route;

import java.util.List;
import java.util.SplittableRandom;

/** Two by chance and weight, then the one with fewer exchanges under way (the power of two choices, Mitzenmacher 2001). */
final class PowerOfTwo implements Balancer {
    @Override
    public Choice choose(List<Server> servers, Asking asking) {
        Server one = byWeight(servers, asking.random());
        Server other = byWeight(servers, asking.random());
        boolean less = other.active() < one.active();
        return new Choice(less ? other : one, "by chance, the less busy of two");
    }

    private static Server byWeight(List<Server> servers, SplittableRandom random) {
        long sum = 0;
        for (Server server : servers) {
            sum += server.weight();
        }
        if (sum <= 0) {
            return servers.get(random.nextInt(servers.size()));
        }
        long at = random.nextLong(sum);
        for (Server server : servers) {
            at -= server.weight();
            if (at < 0) {
                return server;
            }
        }
        return servers.getLast();
    }
}
