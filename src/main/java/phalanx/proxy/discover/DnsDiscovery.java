package phalanx.proxy.discover;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.config.HostPort;
import phalanx.proxy.transport.Transport;
import phalanx.proxy.transport.Worker;

/** Asks DNS for addresses or a service, and again when the answer expires: not before a second, and within five minutes. On its loop. */
final class DnsDiscovery implements Discovery {
    private static final long SOONEST_SECONDS = 1;
    private static final long LATEST_SECONDS = 300;
    /** After an answer that cannot be used. */
    private static final long AGAIN_SECONDS = 5;

    private final Worker worker;
    private final Consumer<List<Found>> found;
    private final DnsNameResolver resolver;
    private final String name;
    private final int port;
    private @Nullable ScheduledFuture<?> next;
    private boolean closed;

    /** One round of questions: an answer for each, and when the first of them expires. */
    private static final class Round {
        private final List<Found> servers = new ArrayList<>();
        private long seconds = LATEST_SECONDS;
        private int open;
        private boolean failed;
    }

    private DnsDiscovery(String name, int port, Worker worker, Transport transport, Consumer<List<Found>> found) {
        this.name = name;
        this.port = port;
        this.worker = worker;
        this.found = found;
        this.resolver = new DnsNameResolverBuilder(worker.loop())
                .datagramChannelType(transport.datagramChannel())
                .queryTimeoutMillis(3000)
                .maxQueriesPerResolve(8)
                .build();
        worker.loop().execute(this::ask);
    }

    /** The addresses of a name. */
    static DnsDiscovery addresses(HostPort name, Worker worker, Transport transport, Consumer<List<Found>> found) {
        return new DnsDiscovery(name.host(), name.port(), worker, transport, found);
    }

    /** The servers of a service. */
    static DnsDiscovery service(String name, Worker worker, Transport transport, Consumer<List<Found>> found) {
        return new DnsDiscovery(name, -1, worker, transport, found);
    }

    private void ask() {
        if (closed) {
            return;
        }
        Round round = new Round();
        if (port >= 0) {
            round.open = 2;
            question(round, name, DnsRecordType.A, records -> addresses(round, records, port, 1));
            question(round, name, DnsRecordType.AAAA, records -> addresses(round, records, port, 1));
        } else {
            round.open = 1;
            question(round, name, DnsRecordType.SRV, records -> services(round, records));
        }
    }

    private void question(Round round, String of, DnsRecordType type, Consumer<List<DnsRecord>> reader) {
        resolver.resolveAll(new DefaultDnsQuestion(of, type)).addListener((Future<List<DnsRecord>> done) -> {
            if (done.isSuccess()) {
                List<DnsRecord> records = done.getNow();
                try {
                    for (DnsRecord record : records) {
                        round.seconds = Math.min(round.seconds, record.timeToLive());
                    }
                    reader.accept(records);
                } finally {
                    records.forEach(ReferenceCountUtil::release);
                }
            } else if (!type.equals(DnsRecordType.AAAA)) { // most names have no IPv6 address, which is no failure
                round.failed = true;
            }
            round.open--;
            if (round.open == 0) {
                over(round);
            }
        });
    }

    private void over(Round round) {
        if (closed) {
            return;
        }
        if (!round.servers.isEmpty()) {
            found.accept(List.copyOf(round.servers));
        }
        long wait = round.servers.isEmpty() || round.failed
                ? AGAIN_SECONDS
                : Math.clamp(round.seconds, SOONEST_SECONDS, LATEST_SECONDS);
        next = worker.loop().schedule(this::ask, wait, TimeUnit.SECONDS);
    }

    private static void addresses(Round round, List<DnsRecord> records, int toPort, int weight) {
        for (DnsRecord record : records) {
            if (record instanceof DnsRawRecord raw
                    && (record.type().equals(DnsRecordType.A) || record.type().equals(DnsRecordType.AAAA))) {
                byte[] octets = new byte[raw.content().readableBytes()];
                raw.content().getBytes(raw.content().readerIndex(), octets);
                try {
                    InetAddress address = InetAddress.getByAddress(octets);
                    HostPort shown = new HostPort(address.getHostAddress(), toPort);
                    round.servers.add(new Found(shown, new InetSocketAddress(address, toPort), weight));
                } catch (UnknownHostException _) {
                    // neither 4 nor 16 octets
                }
            }
        }
    }

    /** A target of SRV (RFC 2782). */
    private record Target(int weight, int port, String host) {}

    private void services(Round round, List<DnsRecord> records) {
        Map<Integer, List<Target>> byPriority = new HashMap<>();
        for (DnsRecord record : records) {
            if (record instanceof DnsRawRecord raw && record.type().equals(DnsRecordType.SRV)) {
                ByteBuf content = raw.content().duplicate();
                if (content.readableBytes() > 6) {
                    int priority = content.readUnsignedShort();
                    int weight = content.readUnsignedShort();
                    int targetPort = content.readUnsignedShort();
                    String host = DefaultDnsRecordDecoder.decodeName(content);
                    byPriority
                            .computeIfAbsent(priority, _ -> new ArrayList<>())
                            .add(new Target(Math.max(1, weight), targetPort, host));
                }
            }
        }
        byPriority.keySet().stream().min(Integer::compare).ifPresent(lowest -> {
            for (Target target : byPriority.getOrDefault(lowest, List.of())) {
                for (DnsRecordType type : List.of(DnsRecordType.A, DnsRecordType.AAAA)) {
                    round.open++;
                    question(
                            round,
                            target.host(),
                            type,
                            answers -> addresses(round, answers, target.port(), target.weight()));
                }
            }
        });
    }

    @Override
    public void close() {
        worker.loop().execute(() -> {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
            resolver.close();
        });
    }
}
