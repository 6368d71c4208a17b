package phalanx.inspect;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** TLS handshakes of all streams. One thread while it is filled. */
public final class TlsTraffic {
    private static final int MOST_NAMES = 10_000;

    private final Set<String> names = new LinkedHashSet<>();
    private final Map<String, Long> versions = new TreeMap<>();
    private final Map<String, Long> protocols = new TreeMap<>();
    private final Durations handshakeTimes = new Durations();
    private final @Nullable FrameEvents events;
    private long clientHellos;
    private long serverHellos;
    private long alerts;

    /** @param events told frame by frame what was completed, null when nobody asks */
    TlsTraffic(@Nullable FrameEvents events) {
        this.events = events;
    }

    void bytes() {
        if (events != null) {
            events.tlsBytes();
        }
    }

    void record(int type) {
        if (events != null) {
            events.tlsBytes();
            events.tlsRecord(type);
        }
    }

    void handshake(int type) {
        if (events != null) {
            events.tlsHandshake(type);
        }
    }

    void clientHello(ClientHello hello) {
        clientHellos++;
        if (events != null) {
            events.serverName(hello.serverName());
        }
        addName(names, hello.serverName());
    }

    static void addName(Set<String> names, String name) {
        if (!name.isEmpty() && names.size() < MOST_NAMES) {
            names.add(name);
        }
    }

    void serverHello(int version, String protocol) {
        serverHellos++;
        versions.merge(versionName(version), 1L, Long::sum);
        if (!protocol.isEmpty() && protocols.size() < MOST_NAMES) {
            protocols.merge(protocol, 1L, Long::sum);
        }
    }

    /** Version numbers of RFC 8446 section 4.2.1; others by their number. */
    private static String versionName(int version) {
        return switch (version) {
            case 0x0300 -> "SSL 3.0";
            case 0x0301 -> "TLS 1.0";
            case 0x0302 -> "TLS 1.1";
            case 0x0303 -> "TLS 1.2";
            case 0x0304 -> "TLS 1.3";
            default -> version >>> 8 == 0x7F ? "TLS 1.3 draft " + (version & 0xFF) : "unknown";
        };
    }

    void handshakeTime(long nanos) {
        handshakeTimes.add(nanos);
    }

    /** From the client's hello until both sides encrypt. */
    public Durations handshakeTimes() {
        return handshakeTimes;
    }

    void alert(int description) {
        alerts++;
        if (events != null) {
            events.tlsAlert(description);
        }
    }

    public long clientHellos() {
        return clientHellos;
    }

    public long serverHellos() {
        return serverHellos;
    }

    /** Alerts in clear text; encrypted ones cannot be told. */
    public long alerts() {
        return alerts;
    }

    /** Server names that clients asked for (RFC 6066 section 3). */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** Versions that servers chose. */
    public Map<String, Long> versions() {
        return Collections.unmodifiableMap(versions);
    }

    /** Application protocols that servers chose in clear text (RFC 7301). */
    public Map<String, Long> protocols() {
        return Collections.unmodifiableMap(protocols);
    }
}
