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
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
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
                Socket near = listening.accept();
                if (refusing) {
                    near.close();
                    continue;
                }
                open.add(near);
                Socket far = connect(near);
                lines.incrementAndGet();
                open.add(far);
                Thread.ofPlatform().daemon().start(() -> carry(near, far));
                Thread.ofPlatform().daemon().start(() -> carry(far, near));
            } catch (IOException _) {
                continue; // closed, or nobody there
            }
        }
    }

    private Socket connect(Socket near) throws IOException {
        try {
            return new Socket("127.0.0.1", to);
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
            open.remove(socket);
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
