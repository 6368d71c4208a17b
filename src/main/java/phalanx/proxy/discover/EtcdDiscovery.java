package phalanx.proxy.discover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendListener;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.ResponseHead;
import phalanx.proxy.http.SingleRequest;
import phalanx.proxy.transport.Transport;
import phalanx.proxy.transport.Worker;

/**
 * Reads the values below a prefix of etcd and watches them (the JSON form of etcd's v3 API: {@code /v3/kv/range}, then {@code /v3/watch}
 * from the next revision on). A connection that ends is made again after a while, and everything is read anew. On its event loop.
 */
final class EtcdDiscovery implements Discovery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** A watch is silent for as long as nothing changes. */
    private static final Duration SILENCE = Duration.ofDays(365);

    private static final long AGAIN_SECONDS = 2;
    private static final int LARGEST = 4 << 20;
    private static final int MOST_KEYS = 10_000;

    private final DiscoverySettings.Etcd settings;
    private final Worker worker;
    private final Transport transport;
    private final EventExecutor names;
    private final InetSocketAddress address;
    private final Consumer<List<Found>> found;
    private final Map<String, String> values = new TreeMap<>();
    private @Nullable Channel open;
    private boolean closed;

    EtcdDiscovery(
            DiscoverySettings.Etcd settings,
            Worker worker,
            Transport transport,
            EventExecutor names,
            Consumer<List<Found>> found) {
        this.settings = settings;
        this.worker = worker;
        this.transport = transport;
        this.names = names;
        this.found = found;
        this.address = new InetSocketAddress(
                settings.server().host(), settings.server().port());
        worker.loop().execute(this::read);
    }

    private void read() {
        values.clear();
        post("/v3/kv/range", "{\"key\":\"" + from() + "\",\"range_end\":\"" + to() + "\"}", false);
    }

    private void watch(long revision) {
        post(
                "/v3/watch",
                "{\"create_request\":{\"key\":\"" + from() + "\",\"range_end\":\"" + to() + "\",\"start_revision\":"
                        + revision + "}}",
                true);
    }

    private String from() {
        return base64(settings.prefix().getBytes(StandardCharsets.UTF_8));
    }

    /** The first key behind all those with the prefix. */
    private String to() {
        byte[] end = settings.prefix().getBytes(StandardCharsets.UTF_8);
        for (int i = end.length - 1; i >= 0; i--) {
            if (end[i] != -1) {
                end[i]++;
                return base64(Arrays.copyOf(end, i + 1));
            }
        }
        return base64(new byte[1]);
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private void post(String path, String body, boolean watching) {
        if (closed) {
            return;
        }
        open = SingleRequest.post(settings.server(), path, body, CONNECT, watching ? SILENCE : CONNECT)
                .send(worker, transport, address, new Answer(watching));
    }

    private void again() {
        if (!closed) {
            worker.loop().schedule(this::read, AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void line(String line, boolean watching) throws JsonProcessingException {
        JsonNode root = JSON.readTree(line);
        if (!watching) {
            root.path("kvs").forEach(this::put);
            tell();
            watch(root.path("header").path("revision").asLong() + 1);
            return;
        }
        boolean changed = false;
        for (JsonNode event : root.path("result").path("events")) {
            if (event.path("type").asText().equals("DELETE")) {
                values.remove(event.path("kv").path("key").asText());
            } else {
                put(event.path("kv"));
            }
            changed = true;
        }
        if (changed) {
            tell();
        }
    }

    private void put(JsonNode pair) {
        if (values.size() < MOST_KEYS) {
            values.put(pair.path("key").asText(), pair.path("value").asText());
        }
    }

    /** Has the names looked up, which may block, away from the loop. */
    private void tell() {
        List<Named> named = values.values().stream()
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                .flatMap(text -> Named.read(text).stream())
                .toList();
        names.execute(() -> {
            List<Found> servers = named.stream()
                    .flatMap(one -> FileDiscovery.resolve(one).stream())
                    .toList();
            worker.loop().execute(() -> {
                if (!closed) {
                    found.accept(servers);
                }
            });
        });
    }

    /** What etcd answers: one document, or one a line for as long as it is watched. */
    private final class Answer implements BackendListener {
        private final boolean watching;
        private final ByteBuf text = Unpooled.buffer();
        private boolean failed;

        Answer(boolean watching) {
            this.watching = watching;
        }

        @Override
        public void head(ResponseHead head, boolean end) {
            failed = head.status() != 200;
        }

        @Override
        public void data(ByteBuf data) {
            text.writeBytes(data);
            data.release();
            failed |= text.readableBytes() > LARGEST;
            if (watching && !failed) {
                for (int end = text.bytesBefore((byte) '\n');
                        end >= 0 && !failed;
                        end = text.bytesBefore((byte) '\n')) {
                    take(text.readCharSequence(end + 1, StandardCharsets.UTF_8).toString());
                }
                text.discardReadBytes();
            }
        }

        private void take(String line) {
            try {
                line(line, watching);
            } catch (JsonProcessingException | IllegalArgumentException _) { // no JSON, or a value that is no base64
                failed = true;
            }
        }

        @Override
        public void end(@Nullable Fields trailer) {
            if (!watching && !failed) {
                take(text.toString(StandardCharsets.UTF_8));
            }
            if (watching || failed) {
                again();
            }
        }

        @Override
        public void failed(Failure failure) {
            again();
        }
    }

    @Override
    public void close() {
        worker.loop().execute(() -> {
            closed = true;
            if (open != null) {
                open.close();
            }
        });
    }
}
