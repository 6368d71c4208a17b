package phalanx.proxy;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.Replay;
import phalanx.proxy.transport.Worker;

/** Sends recorded requests again, only so many at once. Any thread. */
final class Replays {
    private static final int MOST = 32;

    private final Worker worker;
    private final AtomicInteger underWay = new AtomicInteger();

    Replays(Worker worker) {
        this.worker = worker;
    }

    /**
     * Sends one again, to what listens now where it came to.
     *
     * @param done told of the exchange that it became, on its event loop
     * @return why it was not sent; empty when it was
     */
    Optional<String> send(
            RecordedExchange recorded, Collection<Listeners.Bound<ListenState>> listeners, Consumer<Exchange> done) {
        if (!Replay.possible(recorded)) {
            return Optional.of("This request cannot be sent again: its body was not kept whole, or it is a tunnel.");
        }
        Optional<ListenState> state = listening(recorded.listen(), listeners);
        if (state.isEmpty()) {
            return Optional.of("Nothing listens any more on the address that it came to.");
        }
        if (underWay.incrementAndGet() > MOST) {
            underWay.decrementAndGet();
            return Optional.of("Too many requests are being sent again; wait until some are answered.");
        }
        Replay.send(recorded, worker, state.get().named(recorded.request().host()), over -> {
            underWay.decrementAndGet();
            done.accept(over);
        });
        return Optional.empty();
    }

    /** Who would accept a connection to an address: who listens there, or else at its port on all addresses. */
    private static Optional<ListenState> listening(
            InetSocketAddress to, Collection<Listeners.Bound<ListenState>> listeners) {
        Optional<ListenState> everywhere = Optional.empty();
        for (Listeners.Bound<ListenState> one : listeners) {
            InetSocketAddress at = one.listener().address();
            if (at.equals(to)) {
                return Optional.of(one.service());
            }
            if (at.getPort() == to.getPort() && at.getAddress().isAnyLocalAddress()) {
                everywhere = Optional.of(one.service());
            }
        }
        return everywhere;
    }
}
