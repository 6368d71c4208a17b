package phalanx.proxy;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.admin.ProxyMetrics;
import phalanx.proxy.http.ClientConnection;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.HttpSettings;
import phalanx.proxy.http.Refusal;
import phalanx.proxy.listen.ListenService;

/** One listening address and the sites that answer there. Any thread; a reload replaces the sites whole. */
final class ListenState implements ListenService, Exchange.Handler {
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    private final AtomicBoolean draining;
    private final ProxyMetrics metrics;
    private volatile List<Site> sites;

    ListenState(List<Site> sites, AtomicBoolean draining, ProxyMetrics metrics) {
        this.sites = sites;
        this.draining = draining;
        this.metrics = metrics;
    }

    void sites(List<Site> now) {
        sites = now;
    }

    List<Site> sites() {
        return sites;
    }

    private Site standard() {
        List<Site> all = sites;
        for (Site site : all) {
            if (site.settings().standard()) {
                return site;
            }
        }
        return all.getFirst();
    }

    private Site named(String host) {
        List<Site> all = sites;
        if (all.size() == 1) {
            return all.getFirst();
        }
        Site wildcard = null;
        int longest = 0;
        for (Site site : all) {
            for (String name : site.settings().names()) {
                if (name.equals(host)) {
                    return site;
                }
                if (name.startsWith("*.") && host.endsWith(name.substring(1)) && name.length() > longest) {
                    longest = name.length();
                    wildcard = site;
                }
            }
        }
        return wildcard == null ? standard() : wildcard;
    }

    @Override
    public void handle(Exchange exchange) {
        named(exchange.request().host()).handle(exchange);
    }

    @Override
    public HttpSettings settings() {
        return standard().settings().http();
    }

    @Override
    public Exchange.Handler handler() {
        return this;
    }

    @Override
    public AtomicBoolean draining() {
        return draining;
    }

    @Override
    public void refused(ClientConnection connection, Refusal refusal) {
        metrics.refused();
    }

    @Override
    public Optional<SslContext> tls(@Nullable String serverName) {
        if (serverName != null) {
            Optional<SslContext> own =
                    named(serverName.toLowerCase(Locale.ROOT)).tls();
            if (own.isPresent()) {
                return own;
            }
        }
        return standard()
                .tls()
                .or(() -> sites.stream().flatMap(site -> site.tls().stream()).findFirst());
    }

    @Override
    public boolean trustsProxyHeader(InetSocketAddress peer) {
        for (Site site : sites) {
            SiteSettings settings = site.settings();
            boolean trusted = settings.trust().trusted().isEmpty()
                    ? peer.getAddress().isLoopbackAddress()
                    : settings.trust().trusts(peer.getAddress());
            if (settings.proxyHeaders() && trusted) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long nextConnection() {
        return CONNECTIONS.incrementAndGet();
    }

    @Override
    public void connections(int change) {
        metrics.connection(change);
    }
}
