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

    private static void carry(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
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

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
