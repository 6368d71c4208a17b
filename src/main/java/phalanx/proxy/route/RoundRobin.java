package phalanx.proxy.route;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One after the other. */
final class RoundRobin implements Balancer {
    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public Choice choose(List<Server> servers, Asking asking) {
        return new Choice(servers.get(Math.floorMod(turn.getAndIncrement(), servers.size())), "its turn");
    }
}
