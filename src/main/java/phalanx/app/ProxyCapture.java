package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import phalanx.capture.PcapngWriter;
import phalanx.capture.TcpFrames;
import phalanx.proxy.record.TrafficTap;
import phalanx.run.Jobs;

/**
 * Writes what a proxy sees as two captures, {@code client-side.pcapng} and {@code server-side.pcapng}. The event loops only copy; a thread
 * of its own writes. What it cannot keep up with becomes a gap in the sequence numbers, and is counted.
 */
final class ProxyCapture implements TrafficTap, AutoCloseable {
    private static final String COMMENT =
            "Written by Phalanx's proxy from inside: payload and its times are true, in plain text where TLS"
                    + " was spoken; handshakes, headers and ends of TCP are made up, and nothing tells of acknowledgments.";
    private static final long PATIENCE_MILLIS = 5000;
    private static final int MOST_WAITING = 65_536;
    private static final long MOST_WAITING_BYTES = 64L << 20;

    /** Something to be written; octets are null for what is not data. */
    private record Event(long nanos, Tapped connection, Kind kind, boolean fromInitiator, byte[] octets, long count) {}

    private enum Kind {
        OPEN,
        DATA,
        UNSEEN,
        CLOSE
    }

    private static final byte[] NOTHING = new byte[0];

    private final ArrayBlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong left = new AtomicLong();
    private final Map<Side, PcapngWriter> writers = new EnumMap<>(Side.class);
    private final Map<Side, TcpFrames> frames = new EnumMap<>(Side.class);
    private final long most;
    private final PrintWriter says;
    private final Thread writer;
    private volatile boolean closed;
    private volatile boolean full;

    /** @param most bytes of both files, after which nothing more is written */
    ProxyCapture(Path folder, long most, PrintWriter says) throws IOException {
        this.most = most;
        this.says = says;
        Files.createDirectories(folder);
        for (Side side : Side.values()) {
            if (Files.exists(folder.resolve(name(side)))) {
                throw new IOException("it holds captures already");
            }
        }
        for (Side side : Side.values()) {
            PcapngWriter out = new PcapngWriter(Files.newOutputStream(folder.resolve(name(side))), COMMENT);
            writers.put(side, out);
            frames.put(side, new TcpFrames(out, "proxy-" + name(side).replace(".pcapng", "")));
        }
        this.writer = Jobs.assistant("proxy capture", this::write);
    }

    private static String name(Side side) {
        return side == Side.CLIENT ? "client-side.pcapng" : "server-side.pcapng";
    }

    /** A connection that is seen. */
    private final class Tapped implements Connection {
        private final Side side;
        private final InetSocketAddress initiator;
        private final InetSocketAddress acceptor;
        private TcpFrames.@Nullable Connection written;

        Tapped(Side side, InetSocketAddress initiator, InetSocketAddress acceptor) {
            this.side = side;
            this.initiator = initiator;
            this.acceptor = acceptor;
        }

        @Override
        public void data(boolean fromInitiator, byte[] octets) {
            if (closed) { // the connection lives on
                return;
            }
            if (full || waitingBytes.get() + octets.length > MOST_WAITING_BYTES) {
                unseen(fromInitiator, octets.length);
                return;
            }
            waitingBytes.addAndGet(octets.length);
            offer(new Event(now(), this, Kind.DATA, fromInitiator, octets, octets.length));
        }

        @Override
        public void unseen(boolean fromInitiator, long count) {
            if (closed) {
                return;
            }
            left.addAndGet(count);
            offer(new Event(now(), this, Kind.UNSEEN, fromInitiator, NOTHING, count));
        }

        @Override
        public void closed() {
            offer(new Event(now(), this, Kind.CLOSE, false, NOTHING, 0));
        }
    }

    private void offer(Event event) {
        if (!waiting.offer(event)) {
            waitingBytes.addAndGet(-event.octets().length);
            left.addAndGet(event.octets().length);
        }
    }

    private static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public Connection opened(Side side, InetSocketAddress initiator, InetSocketAddress acceptor, long setupNanos) {
        Tapped connection = new Tapped(side, initiator, acceptor);
        offer(new Event(now(), connection, Kind.OPEN, true, NOTHING, setupNanos));
        return connection;
    }

    private void write() {
        try {
            while (!closed || !waiting.isEmpty()) {
                Event event = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (event != null) {
                    waitingBytes.addAndGet(-event.octets().length);
                    write(event);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            full = true;
            says.println("PHX-5007 The capture of the proxy's traffic ended: it cannot be written (" + e.getMessage()
                    + "). The proxy goes on; free the disk and start it again to capture more.");
        }
    }

    private void write(Event event) throws IOException {
        Tapped connection = event.connection();
        TcpFrames of = Objects.requireNonNull(frames.get(connection.side));
        if (full) {
            return;
        }
        if (frames.values().stream().mapToLong(TcpFrames::written).sum() > most) {
            full = true;
            says.println(
                    "PHX-5007 The capture of the proxy's traffic ended: it is as large as it may be. The proxy goes on.");
            return;
        }
        switch (event.kind()) {
            case OPEN ->
                connection.written = of.open(connection.initiator, connection.acceptor, event.nanos(), event.count());
            case DATA -> {
                if (connection.written != null) {
                    connection.written.data(
                            event.fromInitiator(), event.octets(), event.octets().length, event.nanos());
                }
            }
            case UNSEEN -> {
                if (connection.written != null) {
                    connection.written.unseen(event.fromInitiator(), event.count());
                }
            }
            case CLOSE -> {
                if (connection.written != null) {
                    connection.written.close(event.nanos());
                }
            }
        }
    }

    /** Whether nothing more is written: it is as large as it may be, or cannot be written. */
    boolean full() {
        return full;
    }

    /** Writes what waits, and ends the files. */
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            writer.join(PATIENCE_MILLIS);
            full = true; // what is still waiting is left out
            writer.join(PATIENCE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        IOException failure = null;
        for (PcapngWriter out : writers.values()) {
            try {
                out.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (left.get() > 0) {
            says.println("The captures lack " + left.get() + " bytes that could not be taken in time.");
        }
    }
}
