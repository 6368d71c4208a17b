package phalanx.proxy;

import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import phalanx.config.HostPort;
import phalanx.proxy.listen.Listener;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * The addresses that are listened on and what answers at each. Reading from any thread; changes one at a time.
 *
 * @param <A> an address
 * @param <S> what answers
 */
final class Listeners<A, S> {
    /** What answers at an address, and its listener. */
    record Bound<S>(S service, Listener listener) {}

    /** In the order of the configuration; replaced whole. */
    private volatile Map<A, Bound<S>> bound = Map.of();

    /** What will be listened on. Addresses that are new are bound already; {@link #cancel} gives them back. */
    static final class Prepared<A, S> {
        private final Map<A, Bound<S>> next = new LinkedHashMap<>();
        private final Map<A, Bound<S>> opened = new LinkedHashMap<>();

        void cancel() {
            opened.values().forEach(one -> one.listener().close());
        }
    }

    /** Binds the addresses that are not yet, or none. */
    Outcome<Prepared<A, S>> prepare(Collection<A> wanted, Function<A, Outcome<Bound<S>>> open) {
        Prepared<A, S> prepared = new Prepared<>();
        for (A address : wanted) {
            Bound<S> kept = bound.get(address);
            if (kept != null) {
                prepared.next.put(address, kept);
                continue;
            }
            switch (open.apply(address)) {
                case Outcome.Ok<Bound<S>>(Bound<S> one) -> {
                    prepared.opened.put(address, one);
                    prepared.next.put(address, one);
                }
                case Outcome.Failed<Bound<S>>(Problem problem) -> {
                    prepared.cancel();
                    return Outcome.failed(problem);
                }
            }
        }
        return Outcome.ok(prepared);
    }

    /** Takes what was prepared into force, and closes what is no longer wanted. */
    void take(Prepared<A, S> prepared) {
        Map<A, Bound<S>> before = bound;
        bound = Collections.unmodifiableMap(prepared.next);
        before.forEach((address, one) -> {
            if (!prepared.next.containsKey(address)) {
                one.listener().close();
            }
        });
    }

    Map<A, Bound<S>> all() {
        return bound;
    }

    /** What answers at an address that is listened on. */
    S at(A address) {
        return Objects.requireNonNull(bound.get(address)).service();
    }

    /** Takes no more connections anywhere. */
    void close() {
        bound.values().forEach(one -> one.listener().close());
    }

    /** Listens at an address of the configuration. Waits until it is bound. */
    static Outcome<Listener> bind(HostPort at, Function<InetSocketAddress, ChannelFuture> binding) {
        return Addresses.of(at, "listen: ").then(address -> {
            ChannelFuture done = binding.apply(address).awaitUninterruptibly();
            return done.isSuccess()
                    ? Outcome.ok(Listener.of(done))
                    : Outcome.failed(new Problem(
                            ProxyServer.TAKEN,
                            at + " cannot be listened on (" + done.cause().getMessage() + ").",
                            "Another program may have it, or its port is below 1024: choose another, or stop the other"
                                    + " program."));
        });
    }
}
