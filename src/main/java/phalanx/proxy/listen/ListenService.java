package phalanx.proxy.listen;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.HttpService;
import phalanx.proxy.record.TrafficTap;

/** What the connections of one listening address need to know. Any thread; answers may change by a reload. */
public interface ListenService extends HttpService {
    /** The certificate for a name asked for by SNI (null: none asked); empty where TLS is not spoken. */
    Optional<SslContext> tls(@Nullable String serverName);

    /** Whether a peer may say by a PROXY header whom it stands for. */
    boolean trustsProxyHeader(InetSocketAddress peer);

    /** Whether a connection is taken; else it is closed before anything of it is read. */
    boolean admits(InetSocketAddress peer);

    /** A connection was not taken. */
    void dropped();

    /** Who sees the octets of new connections, null for nobody. */
    @Nullable
    TrafficTap tap();

    /** Counts the connections of the process. */
    long nextConnection();

    /** A connection was accepted (1) or has ended (-1). */
    void connections(int change);
}
