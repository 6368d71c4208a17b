package phalanx.proxy.route;

import java.util.List;

/**
 * The same server for the same client, and for nobody else when servers come and go: the highest of one hash for each server (rendezvous
 * hashing, Thaler and Ravishankar 1998). One that has more than 1.25 times its share under way is passed over (bounded loads, Mirrokni,
 * Thorup and Zadimoghaddam 2018).
 */
final class IpHash implements Balancer {
    private static final double MOST_OF_SHARE = 1.25;

    @Override
    public Choice choose(List<Server> servers, Asking asking) {
        long active = 0;
        long weights = 0;
        for (Server server : servers) {
            active += server.active();
            weights += server.weight();
        }
        Server best = null;
        Server first = servers.getFirst();
        double bestScore = Double.NEGATIVE_INFINITY;
        double firstScore = Double.NEGATIVE_INFINITY;
        for (Server server : servers) {
            double score = score(asking.clientHash(), server);
            if (score > firstScore) {
                firstScore = score;
                first = server;
            }
            double share = weights == 0 ? 1 : (double) server.weight() / weights;
            boolean full = server.active() > 0 && server.active() + 1 > Math.ceil(MOST_OF_SHARE * share * (active + 1));
            if (!full && score > bestScore) {
                bestScore = score;
                best = server;
            }
        }
        if (best == null || best == first) {
            return new Choice(first, "hash of the client's address");
        }
        return new Choice(best, "hash of the client's address, the first being full");
    }

    /** Weighted: the logarithm makes each server's chance its share of the weights. */
    private static double score(long client, Server server) {
        long hash = mix(client ^ mix(server.name().hashCode()));
        double uniform = ((hash >>> 11) + 0.5) / (1L << 53);
        return -Math.max(1, server.weight()) / Math.log(uniform);
    }

    private static long mix(long value) { // the finalizer of SplitMix64 (Steele, Lea and Flood 2014)
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
