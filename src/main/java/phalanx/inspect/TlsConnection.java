package phalanx.inspect;

import org.jspecify.annotations.Nullable;

/** What the two directions of one TLS connection have to tell each other. One thread. */
final class TlsConnection {
    private final TlsTraffic traffic;
    private @Nullable TlsReader client;
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

    void alert() {
        traffic.alert();
    }

    /** The client changes to encryption with its last handshake message, in TLS 1.3 also for middleboxes' sake (RFC 8446 appendix D.4). */
    void cipherChanged(TlsReader from, long now) {
        if (from == client && handshakeNanos < 0) {
            handshakeNanos = now - helloAt;
        }
    }

    /** From the client's hello to its change to encryption, -1 when not both were seen. */
    long handshakeNanos() {
        return handshakeNanos;
    }
}
