package phalanx.proxy.route;

import java.util.List;
import java.util.Optional;
import phalanx.proxy.http.Exchange;

/**
 * A route that leads to servers. Any thread.
 *
 * @param shares one upstream, or several with their shares of requests (canaries)
 * @param mirror an upstream that gets copies, of a percentage of requests
 */
public record ForwardTarget(
        List<Share> shares,
        Optional<Share> mirror,
        RequestRewrite rewrite,
        ForwardSettings settings,
        List<ConnectionPool> pools)
        implements Exchange.Handler {
    /** An upstream and its share against the others'. */
    public record Share(Upstream upstream, int weight) {}

    @Override
    public void handle(Exchange exchange) {
        ConnectionPool pool = pools.get(exchange.worker().index());
        Upstream mirrored = mirror.filter(share -> exchange.worker().random().nextInt(100) < share.weight())
                .map(Share::upstream)
                .orElse(null);
        new Forwarding(exchange, choose(exchange), mirrored, settings, pool, rewrite.outgoing(exchange)).start();
    }

    private Upstream choose(Exchange exchange) {
        if (shares.size() == 1) {
            return shares.getFirst().upstream();
        }
        int sum = 0;
        for (Share share : shares) {
            sum += share.weight();
        }
        int at = sum == 0 ? 0 : exchange.worker().random().nextInt(sum);
        for (Share share : shares) {
            at -= share.weight();
            if (at < 0) {
                return share.upstream();
            }
        }
        return shares.getFirst().upstream();
    }
}
