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
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.HttpSettings;
import phalanx.proxy.http.Refusal;
import phalanx.proxy.listen.ListenService;
import phalanx.proxy.listen.TlsSettings;
import phalanx.proxy.record.TrafficTap;

/** One listening address and the sites that answer there. Any thread; a reload replaces the sites whole. */
final class ListenState implements ListenService, Exchange.Handler {
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    private final AtomicBoolean draining;
    private final ProxyMetrics metrics;
    private final Tapping tapping;
    private volatile List<Site> sites;

    ListenState(List<Site> sites, AtomicBoolean draining, ProxyMetrics metrics, Tapping tapping) {
        this.tapping = tapping;
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

    /** The site that a host belongs to. */
    Site named(String host) {
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
        Site site = named(exchange.request().host());
        boolean wantsCertificate = site.settings()
                .tls()
                .map(tls -> tls.verify() != TlsSettings.Verify.OFF)
                .orElse(false);
        if (wantsCertificate && !site.equals(secured(exchange.connection().tls()))) {
            // The connection was let in by another site's rules, or by none (RFC 9110 section 15.5.20).
            exchange.failed(Failure.client(
                    421, "This site asks for client certificates: connect to it by TLS under its own name."));
            return;
        }
        site.handle(exchange);
    }

    /** The site whose rules a TLS connection was let in by; null for one in plain text. */
    private @Nullable Site secured(ClientConnection.@Nullable Tls tls) {
        return tls == null ? null : bySni(tls.serverName());
    }

    private Site bySni(@Nullable String serverName) {
        if (serverName != null) {
            Site own = named(serverName.toLowerCase(Locale.ROOT));
            if (own.tls().isPresent()) {
                return own;
            }
        }
        Site standard = standard();
        return standard.tls().isPresent()
                ? standard
                : sites.stream()
                        .filter(site -> site.tls().isPresent())
                        .findFirst()
                        .orElse(standard);
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
    public int generation() {
        return tapping.generation();
    }

    @Override
    public void refused(ClientConnection connection, Refusal refusal) {
        metrics.refused();
    }

    @Override
    public Optional<SslContext> tls(@Nullable String serverName) {
        return bySni(serverName).tls();
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

    /** Whether one of the servers would hear it: which of them is meant is known later. Who brings other people's requests is always heard. */
    @Override
    public boolean admits(InetSocketAddress peer) {
        for (Site site : sites) {
            if (site.gate().admits(peer.getAddress())) {
                return true;
            }
        }
        return trustsProxyHeader(peer);
    }

    @Override
    public void dropped() {
        metrics.dropped();
    }

    @Override
    public @Nullable TrafficTap tap() {
        return tapping.tap();
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
