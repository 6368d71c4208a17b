package phalanx.capture.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import phalanx.run.Entrance;
import phalanx.run.ForeignText;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Waits for lines and hands on those that show the token. A thread a line, of which there are few; those that have not shown it yet have
 * places of their own and take none from the others.
 */
final class HopServer implements AutoCloseable {
    /** The address cannot be listened on. */
    static final String NOT_LISTENING = "PHX-1619";

    private static final long REST_NANOS = 100_000_000;
    private static final int MOST_LINES = 32;
    private static final int MOST_UNKNOWN = 32, MOST_UNKNOWN_OF_ONE = 16;
    /** Who is sent away needs a moment to go. */
    private static final int MOST_THREADS = MOST_LINES + 2 * MOST_UNKNOWN;

    private static final long TOKEN_WITHIN_MILLIS = 5_000, WRONG_TOKEN_MILLIS = 500;

    /** Who goes on with a line. */
    interface Handler {
        /** @param hop that is pushed, empty for one that records  @return why not, null when it may */
        Message.@Nullable Refused refuses(String hop);

        /** The line is closed when this returns. */
        void serve(HopLine line, String hop) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final SSLContext identity;
    private final HopToken token;
    private final Handler handler;
    private final Consumer<String> told;
    private final Semaphore free = new Semaphore(MOST_THREADS);
    private final Semaphore lines = new Semaphore(MOST_LINES);
    private final Entrance entrance = new Entrance(MOST_UNKNOWN, MOST_UNKNOWN_OF_ONE);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private HopServer(
            ServerSocket listening, SSLContext identity, HopToken token, Handler handler, Consumer<String> told) {
        this.listening = listening;
        this.identity = identity;
        this.token = token;
        this.handler = handler;
        this.told = told;
        Jobs.assistant("hop server", this::accept);
    }

    /** @param told a line for each refusal, without secrets */
    static Outcome<HopServer> listen(
            String host, int port, HopIdentity identity, HopToken token, Handler handler, Consumer<String> told) {
        try {
            SSLContext context = identity.context();
            return Outcome.ok(new HopServer(
                    new ServerSocket(port, MOST_THREADS, InetAddress.getByName(host)), context, token, handler, told));
        } catch (IOException | GeneralSecurityException e) {
            return Outcome.failed(new Problem(
                    NOT_LISTENING,
                    host + ":" + port + " cannot be listened on (" + e.getMessage() + ").",
                    "Another program may have it: choose another port, or stop the other program."));
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket raw = listening.accept();
                if (free.tryAcquire()) {
                    open.add(raw);
                    begin(raw);
                } else {
                    raw.close();
                }
            } catch (IOException e) {
                System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "nobody was accepted", e);
                LockSupport.parkNanos(REST_NANOS); // what lasts, as too many open files, is not asked again at once
            }
        }
    }

    private void begin(Socket raw) throws IOException {
        try {
            Jobs.assistant("hop line", () -> serve(raw));
        } catch (OutOfMemoryError e) {
            open.remove(raw);
            free.release();
            raw.close();
            System.getLogger("phalanx.capture").log(System.Logger.Level.WARNING, "there is no thread for a line", e);
        }
    }

    private void serve(Socket raw) {
        String from = raw.getInetAddress().getHostAddress();
        Thread self = Thread.currentThread();
        Entrance.Visitor visitor = entrance.enter(raw.getInetAddress(), () -> {
            self.interrupt();
            close(raw);
        });
        Thread guard = Jobs.assistant("hop line deadline", () -> closeLater(raw));
        try (raw) {
            HopLine line = HopLine.accepted(raw, identity);
            Message.Hello hello = hello(line, from, visitor);
            guard.interrupt();
            if (hello != null) {
                serve(line, hello, from);
            }
        } catch (IOException e) {
            if (!self.isInterrupted()) { // those who are sent away could be many
                told.accept(
                        from + ": " + ForeignText.name(Objects.requireNonNullElse(e.getMessage(), "the line ended")));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.ERROR, "a line failed", e);
            told.accept(
                    from + ": Phalanx met a fault of its own (" + e.getClass().getSimpleName() + ").");
        } finally {
            guard.interrupt();
            visitor.leave();
            open.remove(raw);
            free.release();
        }
    }

    private void serve(HopLine line, Message.Hello hello, String from) throws IOException, InterruptedException {
        if (!lines.tryAcquire()) {
            refuse(line, from, new Message.Refused("it has " + MOST_LINES + " lines already.", "End one of them."));
            return;
        }
        try {
            Message.Refused no = handler.refuses(hello.hop());
            if (no != null) {
                refuse(line, from, no);
                return;
            }
            line.send(new Message.Welcome(Message.VERSION)); // who speaks another version says so there
            if (hello.version() == Message.VERSION) {
                handler.serve(line, hello.hop());
            }
        } finally {
            lines.release();
        }
    }

    private void refuse(HopLine line, String from, Message.Refused no) throws IOException {
        told.accept(from + ": " + no.what());
        line.send(no);
    }

    private static void closeLater(Socket raw) {
        try {
            Thread.sleep(TOKEN_WITHIN_MILLIS);
            close(raw);
        } catch (InterruptedException _) {
            return; // the token was right
        }
    }

    private static void close(Socket raw) {
        try {
            raw.close();
        } catch (IOException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "a socket does not close", e);
        }
    }

    /** @return null when the token is wrong */
    private Message.@Nullable Hello hello(HopLine line, String from, Entrance.Visitor visitor)
            throws IOException, InterruptedException {
        if (!(line.receive(Message.MOST_BEFORE_TOKEN) instanceof Message.Hello hello)) {
            throw new IOException("it did not say who it is");
        }
        if (!token.is(hello.token())) {
            told.accept(from + ": wrong token");
            Thread.sleep(WRONG_TOKEN_MILLIS); // who tries many has to wait
            line.send(new Message.Refused(
                    "the token is wrong.", "Use the token that both machines share: --token-file."));
            return null;
        }
        if (!visitor.leave()) {
            throw new IOException("too many came at once");
        }
        return hello;
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket raw : open) {
                raw.close();
            }
        } catch (IOException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "a socket does not close", e);
        }
    }
}
