package phalanx.inspect;

import org.jspecify.annotations.Nullable;

/** What the two directions of one TLS connection have to tell each other. One thread. */
@SuppressWarnings("ReferenceEquality") // this reader, not an equal one
final class TlsConnection {
    private final TlsTraffic traffic;
    private @Nullable TlsReader client;
    private boolean clientChanged;
    private boolean serverChanged;
    private long helloAt;
    private long handshakeNanos = -1;

    TlsConnection(TlsTraffic traffic) {
        this.traffic = traffic;
    }

    void clientHello(ClientHello hello, TlsReader from, long now) {
        traffic.clientHello(hello);
        if (client == null) {
            client = from;
            helloAt = now;
        }
    }

    void serverHello(ServerHello hello) {
        traffic.serverHello(hello.version(), hello.protocol());
    }

    void bytes() {
        traffic.bytes();
    }

    void record(int type) {
        traffic.record(type);
    }

    void handshake(int type) {
        traffic.handshake(type);
    }

    void alert(int description) {
        traffic.alert(description);
    }

    /** With both sides' changes the handshake is over; in TLS 1.3 they are sent for middleboxes' sake (RFC 8446 appendix D.4). */
    void cipherChanged(TlsReader from, long now) {
        clientChanged |= from == client;
        serverChanged |= from != client;
        if (clientChanged && serverChanged) {
            over(now);
        }
    }

    /** Without such changes it is over when the client sends data. */
    void data(TlsReader from, long now) {
        if (from == client) {
            over(now);
        }
    }

    private void over(long now) {
        if (client != null && handshakeNanos < 0) {
            handshakeNanos = now - helloAt;
            traffic.handshakeTime(handshakeNanos);
        }
    }

    /** Between the client's hello and the end of the handshake. */
    boolean inHandshake() {
        return client != null && handshakeNanos < 0;
    }
}
