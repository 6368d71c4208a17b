package phalanx.capture.remote;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * A line between a Phalanx that records and an agent: TLS 1.3 on a blocking socket, for there is one peer a line, and what it does not take must
 * hold up who sends. One thread receives; any may send.
 */
final class HopLine implements Closeable {
    /** The certificate is not the one that was named. */
    static final String OTHER_CERTIFICATE = "PHX-1618";
    /** The other side did not let us in, or was not understood. */
    static final String REFUSED = "PHX-1617";

    static final int CONNECT_MILLIS = 10_000;
    /** Who says nothing for so long is gone: signs of life come once a second. */
    static final int SILENT_MILLIS = 10_000;

    private static final int BUFFER = 1 << 16;

    private final Socket raw;
    private final DataInputStream in;
    private final DataOutputStream out;

    private HopLine(Socket raw, SSLSocket socket) throws IOException {
        this.raw = raw;
        raw.setTcpNoDelay(true);
        raw.setSoTimeout(SILENT_MILLIS);
        socket.startHandshake();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    }

    /** The side that was connected to. */
    static HopLine accepted(Socket raw, SSLContext identity) throws IOException {
        SSLSocket socket = (SSLSocket) identity.getSocketFactory().createSocket(raw, null, true);
        socket.setUseClientMode(false);
        return new HopLine(raw, socket);
    }

    /**
     * Connects, looks at the certificate and shows the token.
     *
     * @param hop that is pushed, empty for one that records
     */
    static Outcome<HopLine> connect(String place, String host, int port, AgentAccess access, String hop) {
        Pinned pinned = new Pinned(access);
        Socket raw = new Socket();
        try {
            raw.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {pinned}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, true);
            HopLine line = new HopLine(raw, socket);
            HopToken token = access.token();
            line.send(new Message.Hello(Message.VERSION, token == null ? "" : token.secret(), hop));
            return switch (line.receive(Message.MOST_BEFORE_TOKEN)) {
                case Message.Welcome(int version) when version == Message.VERSION -> Outcome.ok(line);
                case Message.Refused(String what, String remedy) -> {
                    line.close();
                    yield Outcome.failed(new Problem(
                            REFUSED, place + " refuses: " + ForeignText.name(what), ForeignText.name(remedy)));
                }
                default -> {
                    line.close();
                    yield Outcome.failed(otherVersion(place));
                }
            };
        } catch (IOException | GeneralSecurityException e) {
            close(raw);
            String print = pinned.refused;
            return Outcome.failed(
                    print == null
                            ? new Problem(
                                    RemoteProblems.UNREACHABLE,
                                    place + " cannot be reached ("
                                            + Objects.requireNonNullElse(
                                                    e.getMessage(), e.getClass().getSimpleName())
                                            + ").",
                                    "Check name, port and firewall, and that phalanx agent runs there; nothing was captured there.")
                            : new Problem(
                                    OTHER_CERTIFICATE,
                                    place + " shows a certificate (" + print + ") that was not named.",
                                    "Compare it with what was printed there at the start. If it is the same: --fingerprint "
                                            + print + "."));
        }
    }

    static Problem otherVersion(String place) {
        return new Problem(
                REFUSED,
                place + " is not understood: it is no Phalanx of this version.",
                "Use the same version of Phalanx on both machines.");
    }

    /** Believes the certificates whose fingerprints were named, and nothing else about them. */
    private static final class Pinned extends X509ExtendedTrustManager {
        private final AgentAccess access;
        private @Nullable String refused;

        Pinned(AgentAccess access) {
            this.access = access;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            try {
                String print = HopIdentity.fingerprint(chain[0]);
                if (!access.fingerprints().contains(print)) {
                    refused = print;
                    throw new CertificateException("not named");
                }
            } catch (CertificateException e) {
                throw e;
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("nobody shows one");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("nobody shows one");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody shows one");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The next message. @param most octets that are believed  @throws IOException also when nothing came for ten seconds */
    Message receive(int most) throws IOException {
        return Message.read(in, most);
    }

    /** Sends at once. Waits while the other side takes nothing. */
    void send(Message message) throws IOException {
        write(message);
        flush();
    }

    /** Sends with what comes next, or with {@link #flush}. */
    synchronized void write(Message message) throws IOException {
        message.write(out);
    }

    synchronized void flush() throws IOException {
        out.flush();
    }

    boolean isClosed() {
        return raw.isClosed();
    }

    InetSocketAddress here() {
        return (InetSocketAddress) raw.getLocalSocketAddress();
    }

    InetSocketAddress there() {
        return (InetSocketAddress) raw.getRemoteSocketAddress();
    }

    /** The socket below: closing TLS in due form would wait for a peer that takes nothing. */
    @Override
    public void close() {
        close(raw);
    }

    private static void close(Socket raw) {
        try {
            raw.close();
        } catch (IOException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "a socket does not close", e);
        }
    }
}
