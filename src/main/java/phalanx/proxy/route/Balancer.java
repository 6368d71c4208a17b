package phalanx.proxy.route;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import phalanx.proxy.transport.Worker;

/** Chooses the server of a request. Any thread; one for each upstream. */
public interface Balancer {
    /**
     * What a choice may depend on.
     *
     * @param clientHash of the client's address, the same for the same address
     * @param random of the event loop
     */
    record Asking(long clientHash, SplittableRandom random) {
        /** For a client. */
        public static Asking of(InetSocketAddress client, Worker worker) {
            return new Asking(client.getAddress().hashCode(), worker.random());
        }
    }

    /**
     * A choice and why it was made, which is shown with the request.
     *
     * @param mean the mean reward a bandit believes in, -1 for balancers that believe nothing
     * @param pulls the rewards it rests on
     */
    record Choice(Server server, String why, double mean, double pulls) {
        Choice(Server server, String why) {
            this(server, why, -1, 0);
        }

        /** Why, in words. */
        @Override
        public String toString() {
            return mean < 0 ? why : String.format(Locale.ROOT, "%s: mean reward %.3f of %.0f", why, mean, pulls);
        }
    }

    /** Chooses among servers that may be used; at least one. */
    Choice choose(List<Server> servers, Asking asking);

    /**
     * Learns how it went.
     *
     * @param nanos from the request's sending to the first octet of its answer
     */
    default void learn(Server server, long nanos, boolean failed) {}
}
