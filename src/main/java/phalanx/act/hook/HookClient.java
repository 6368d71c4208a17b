package phalanx.act.hook;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import phalanx.run.Jobs;

/**
 * Sends a text to an address by POST (RFC 9112): resolves the name once, checks every address that it has, and connects to the one that was
 * checked. Follows nowhere else. Any thread.
 */
final class HookClient {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");

    private final SSLSocketFactory tls;
    private final Resolver resolver;

    /** Gives a name its addresses. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] of(String host) throws IOException;
    }

    /** @param tls that verifies certificates */
    HookClient(SSLSocketFactory tls, Resolver resolver) {
        this.tls = tls;
        this.resolver = resolver;
    }

    /** What came back. @param body of the first octets, without control characters */
    record Answer(int status, String body) {
        boolean well() {
            return status >= 200 && status < 300;
        }
    }

    /** It may not be asked, or nothing could be sent: nothing was done. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    /** Whether the address may be asked now. @throws Refused where not */
    InetAddress check(URI place, boolean privately, Duration limit) throws IOException {
        InetAddress[] all = resolved(place.getHost(), limit);
        for (InetAddress one : all) {
            boolean never = one.isMulticastAddress() || one.isAnyLocalAddress() || PublicAddress.metadata(one);
            if (never || !privately && !PublicAddress.isPublic(one)) {
                throw new Refused(place.getHost() + " is " + one.getHostAddress() + ", which "
                        + (never ? "is never asked." : "is no address of the internet; \"private\": true allows it."));
            }
        }
        return all[0];
    }

    private InetAddress[] resolved(String host, Duration limit) throws IOException {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return Jobs.within(limit, "hook name", () -> resolver.of(name));
        } catch (ExecutionException | TimeoutException _) {
            throw new Refused(host + " has no address.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Refused("The program ends.");
        }
    }

    /** Sends. @throws Refused where nothing was sent  @throws IOException where nobody knows what came of it */
    Answer post(URI place, boolean privately, String body, Duration limit) throws IOException {
        InetAddress checked = check(place, privately, limit);
        boolean secret = "https".equals(place.getScheme());
        int port = place.getPort() >= 0 ? place.getPort() : secret ? 443 : 80;
        try (Socket socket = new Socket()) {
            try {
                socket.connect(new InetSocketAddress(checked, port), (int) limit.toMillis());
            } catch (IOException e) {
                throw new Refused(place.getHost() + " cannot be reached (" + e.getMessage() + ").");
            }
            Thread end = Jobs.assistant("hook limit", () -> close(socket, limit));
            try (Socket line = secret ? secured(socket, place.getHost(), port) : socket) {
                line.getOutputStream().write(request(place, port, secret, body));
                line.getOutputStream().flush();
                return answer(line.getInputStream());
            } finally {
                end.interrupt();
            }
        }
    }

    private static void close(Socket socket, Duration limit) {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.toNanos());
            socket.close();
        } catch (InterruptedException _) {
            // it was in time
        } catch (IOException e) {
            System.getLogger("phalanx.act").log(System.Logger.Level.DEBUG, "a hook's line ended by itself", e);
        }
    }

    private Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocket line = (SSLSocket) tls.createSocket(plain, host, port, true);
        SSLParameters parameters = line.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        line.setSSLParameters(parameters);
        try {
            line.startHandshake();
        } catch (IOException e) {
            line.close();
            throw new Refused(
                    e.getCause() instanceof CertificateException
                            ? "The certificate of " + host + " is not accepted (" + e.getMessage() + ")."
                            : host + " does not speak TLS on port " + port + " (" + e.getMessage() + ").");
        }
        return line;
    }

    private static byte[] request(URI place, int port, boolean secret, String body) {
        String path = place.getRawPath() == null || place.getRawPath().isEmpty() ? "/" : place.getRawPath();
        String query = place.getRawQuery() == null ? "" : "?" + place.getRawQuery();
        String host = place.getHost() + (port == (secret ? 443 : 80) ? "" : ":" + port);
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        String head = String.format(
                Locale.ROOT,
                "POST %s%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
                path,
                query,
                host,
                octets.length);
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private static Answer answer(InputStream in) throws IOException {
        String text = new String(in.readNBytes(ChildCommand.MOST), StandardCharsets.UTF_8);
        Matcher status = STATUS.matcher(text.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw new IOException("no answer of HTTP came");
        }
        int body = text.indexOf("\r\n\r\n");
        return new Answer(
                Integer.parseInt(status.group(1)), ChildCommand.cleaned(body < 0 ? "" : text.substring(body + 4)));
    }
}
