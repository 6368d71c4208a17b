package phalanx.capture.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between two machines, and cuts their lines. */
final class Relay implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lines = new AtomicInteger();
    private volatile boolean refusing;
    private volatile boolean silent;
    private volatile int slowness;

    Relay(int to) throws IOException {
        this.to = to;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Lines so far. */
    int lines() {
        return lines.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                relay(listening.accept());
            } catch (IOException e) {
                System.getLogger("test").log(System.Logger.Level.DEBUG, "closed, or nobody there", e);
            }
        }
    }

    private void relay(Socket near) throws IOException {
        if (refusing) {
            near.close();
            return;
        }
        open.add(near);
        if (silent) {
            lines.incrementAndGet();
            return;
        }
        Socket far = connect(near);
        open.add(far);
        lines.incrementAndGet();
        Thread.ofPlatform().daemon().start(() -> carry(near, far));
        Thread.ofPlatform().daemon().start(() -> carry(far, near));
    }

    private Socket connect(Socket near) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), to);
        } catch (IOException e) {
            near.close();
            throw e;
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                out.write(some, 0, count);
                if (slowness > 0) {
                    Datagrams.sleep(slowness);
                }
            }
        } catch (IOException _) {
            return; // cut
        }
    }

    /** Ends all lines at once, whatever is on them. */
    void cut() throws IOException {
        for (Socket socket : open) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    /** Whether new lines are let through. */
    void refuse(boolean wanted) {
        refusing = wanted;
    }

    /** Whether new lines are taken and nothing is said on them. */
    void silence(boolean wanted) {
        silent = wanted;
    }

    /** @param millis of rest after at most 8 KiB, each way */
    void slow(int millis) {
        slowness = millis;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
