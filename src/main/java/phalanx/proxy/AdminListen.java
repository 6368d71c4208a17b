package phalanx.proxy;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.ClientConnection;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.HttpSettings;
import phalanx.proxy.http.Refusal;
import phalanx.proxy.listen.ListenService;
import phalanx.proxy.record.TrafficTap;

/** The address of the admin API: HTTP in plain text, nothing counted. Any thread. */
record AdminListen(Exchange.Handler handler, AtomicBoolean draining) implements ListenService {
    @Override
    public HttpSettings settings() {
        return HttpSettings.STANDARD;
    }

    @Override
    public int generation() {
        return 0;
    }

    @Override
    public void refused(ClientConnection connection, Refusal refusal) {}

    @Override
    public Optional<SslContext> tls(@Nullable String serverName) {
        return Optional.empty();
    }

    @Override
    public boolean trustsProxyHeader(InetSocketAddress peer) {
        return false;
    }

    @Override
    public boolean admits(InetSocketAddress peer) {
        return true;
    }

    @Override
    public void dropped() {}

    @Override
    public @Nullable TrafficTap tap() {
        return null;
    }

    @Override
    public long nextConnection() {
        return 0;
    }

    @Override
    public void connections(int change) {}
}
