package phalanx.proxy.route;

import java.util.List;

/** The one with the fewest exchanges under way against its weight; among equals, chance decides. */
final class LeastConnections implements Balancer {
    @Override
    public Choice choose(List<Server> servers, Asking asking) {
        Server best = servers.getFirst();
        double least = Double.MAX_VALUE;
        int equals = 0;
        for (Server server : servers) {
            double load = (double) server.active() / Math.max(1, server.weight());
            if (load < least) {
                least = load;
                best = server;
                equals = 1;
            } else if (load == least && asking.random().nextInt(++equals) == 0) {
                best = server;
            }
        }
        return new Choice(best, "fewest under way");
    }
}
