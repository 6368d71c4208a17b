package phalanx.agents.bus;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Redis Streams (redis.io, "Redis Streams", consumer groups). What was given to a reader and not acknowledged is claimed with each new line,
 * so that a killed program loses none. With {@code appendonly yes} a killed Redis keeps what it answered for.
 */
final class RedisLines implements Lines {
    private static final String GROUP = "phalanx-agents", READER = "phalanx", FIELD = "message";
    /** Messages kept in the stream, about: those of some hundreds of incidents. */
    private static final long KEPT = 10_000;

    private static final int CONNECT_MILLIS = 2_000, ANSWER_MILLIS = 5_000, BLOCK_MILLIS = 500, AT_ONCE = 100;

    private final HostAndPort server;
    private final String stream;
    private final JedisClientConfig config;
    private final Line to = new Line();
    private final Line from = new Line();

    RedisLines(BusAddress address, BusSecrets secrets) {
        server = new HostAndPort(address.host(), address.port());
        stream = address.name();
        DefaultJedisClientConfig.Builder made = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(ANSWER_MILLIS)
                .blockingSocketTimeoutMillis(ANSWER_MILLIS)
                .clientName(READER)
                .resp2();
        if (address.tls()) {
            SslOptions.Builder by = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL); // certificate and name
            if (!secrets.authorities().isEmpty()) {
                byte[] trusted = BusAuthorities.keyStore(secrets.authorities());
                by.trustStoreType("PKCS12").truststore(() -> new ByteArrayInputStream(trusted), new char[0]);
            }
            made.sslOptions(by.build());
        }
        if (!secrets.user().isEmpty()) {
            made.user(secrets.user());
        }
        if (!secrets.password().isEmpty()) {
            made.password(secrets.password());
        }
        config = made.build();
    }

    /** Work on a connection. */
    @FunctionalInterface
    private interface Work {
        void on(Jedis redis);
    }

    /** A connection that is made anew after it was cut. One thread. */
    private final class Line {
        private @Nullable Jedis jedis;

        void use(Work first, Work work) {
            try {
                Jedis connected = jedis;
                if (connected == null) {
                    connected = new Jedis(server, config);
                    jedis = connected;
                    first.on(connected);
                }
                work.on(connected);
            } catch (JedisException e) {
                end();
                throw e;
            }
        }

        void end() {
            Jedis connected = jedis;
            jedis = null;
            if (connected != null) {
                try {
                    connected.close();
                } catch (JedisException _) {
                    // it was cut
                }
            }
        }
    }

    @Override
    public void send(String incident, String text) {
        to.use(
                _ -> {},
                redis -> redis.xadd(
                        stream,
                        XAddParams.xAddParams().maxLen(KEPT).approximateTrimming(),
                        Map.of("incident", incident, FIELD, text)));
    }

    @Override
    public void receive(Consumer<String> taken) {
        from.use(redis -> claim(redis, taken), redis -> {
            var came = redis.xreadGroup(
                    GROUP,
                    READER,
                    XReadGroupParams.xReadGroupParams().count(AT_ONCE).block(BLOCK_MILLIS),
                    Map.of(stream, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
            if (came != null) {
                came.forEach(one -> take(redis, one.getValue(), taken));
            }
        });
    }

    /** What was given to a reader that is gone. */
    private void claim(Jedis redis, Consumer<String> taken) {
        try {
            redis.xgroupCreate(stream, GROUP, new StreamEntryID(0, 0), true);
        } catch (JedisDataException e) {
            if (!String.valueOf(e.getMessage()).startsWith("BUSYGROUP")) { // it is there
                throw e;
            }
        }
        StreamEntryID next = new StreamEntryID(0, 0);
        do {
            var claimed = redis.xautoclaim(
                    stream,
                    GROUP,
                    READER,
                    0,
                    next,
                    XAutoClaimParams.xAutoClaimParams().count(AT_ONCE));
            take(redis, claimed.getValue(), taken);
            next = claimed.getKey();
        } while (!next.equals(new StreamEntryID(0, 0)));
    }

    private void take(Jedis redis, List<StreamEntry> entries, Consumer<String> taken) {
        for (StreamEntry entry : entries) {
            Map<String, String> fields = entry.getFields();
            taken.accept(fields == null ? "" : fields.getOrDefault(FIELD, ""));
            redis.xack(stream, GROUP, entry.getID());
        }
    }

    @Override
    public void endSending() {
        to.end();
    }

    @Override
    public void endReceiving() {
        from.end();
    }
}
