package phalanx.proxy.discover;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import phalanx.config.HostPort;
import phalanx.config.Values;
import phalanx.proxy.transport.Transport;
import phalanx.proxy.transport.Worker;
import phalanx.proxy.transport.Workers;

/**
 * Finds servers, again and again until it is closed. What it found last counts as long as it finds nothing else: a name server that is
 * down empties no upstream. On one event loop.
 */
public interface Discovery extends AutoCloseable {
    /** A server that was found. */
    record Found(HostPort name, InetSocketAddress address, int weight) {}

    @Override
    void close();

    /**
     * Starts one.
     *
     * @param found told of all servers at each change, on the event loop
     */
    static Discovery start(DiscoverySettings settings, Workers workers, Consumer<List<Found>> found) {
        Worker worker = workers.all().getFirst();
        Transport transport = workers.transport();
        return switch (settings) {
            case DiscoverySettings.Dns dns -> DnsDiscovery.addresses(dns.name(), worker, transport, found);
            case DiscoverySettings.Srv srv -> DnsDiscovery.service(srv.name(), worker, transport, found);
            case DiscoverySettings.File file ->
                new FileDiscovery(file.file(), worker, workers.disk().next(), found);
            case DiscoverySettings.Etcd etcd ->
                new EtcdDiscovery(etcd, worker, transport, workers.disk().next(), found);
        };
    }

    /** A server as a line or value names it, before its address is known. */
    record Named(HostPort name, int weight) {
        /** Reads {@code HOST:PORT [weight=N]}. */
        static Optional<Named> read(String line) {
            String[] words = line.strip().split("\\s+", -1);
            Optional<Long> weight = words.length == 1
                    ? Optional.of(1L)
                    : words.length == 2 && words[1].startsWith("weight=")
                            ? Values.number(words[1].substring(7), 0, 1_000_000)
                            : Optional.empty();
            return weight.flatMap(
                    w -> HostPort.read(words[0], HostPort.LOOPBACK, 80).map(name -> new Named(name, w.intValue())));
        }
    }
}
