package phalanx.inspect;

import org.jspecify.annotations.Nullable;
import phalanx.decode.FrameView;
import phalanx.net.TcpFlags;

/** What a TCP stream carries, found out by its bytes and followed while it is of a kind that is known. One a stream, one thread. */
final class StreamContent {
    /** Segments that are looked at before a stream counts as unknown. */
    private static final int TRIES = 24;

    /** The kinds of content that are followed. */
    enum Kind {
        UNDECIDED,
        HTTP,
        HTTP2,
        TLS,
        DNS,
        UNKNOWN
    }

    private Kind kind = Kind.UNDECIDED;
    private int tries;
    private @Nullable ByteStream fromA;
    private @Nullable ByteStream fromB;
    private @Nullable HttpExchanges exchanges;
    private @Nullable TlsConnection tls;

    /** Whether a TLS handshake has begun and is not over. */
    boolean inTlsHandshake() {
        return tls != null && tls.inHandshake();
    }

    /** Takes the segment that the view stands at; its stream's analysis has been done. */
    void segment(Applications all, TcpStream stream, boolean a, FrameView view, long frame, long now) {
        int length = view.payloadLength();
        int control = view.tcp().flags();
        int start = view.payload();
        int end = view.end();
        if (length > 0) {
            if (kind == Kind.UNDECIDED && start < end) {
                decide(view.bytes(), start, end, stream);
            }
            int sequence = view.tcp().sequence() + ((control & TcpFlags.SYN) != 0 ? 1 : 0);
            boolean known = kind != Kind.UNDECIDED && kind != Kind.UNKNOWN;
            ByteStream bytes = known ? bytes(all, stream, a, sequence, length) : null;
            if (bytes != null && bytes.interested()) {
                bytes.segment(sequence, length, view.bytes(), start, end, frame, now);
            }
        }
        ByteStream other = a ? fromB : fromA;
        if (other != null && (control & TcpFlags.ACK) != 0) {
            other.acknowledged(view.tcp().acknowledgment());
        }
        ByteStream own = a ? fromA : fromB;
        if (own != null && (control & (TcpFlags.FIN | TcpFlags.RST)) != 0) {
            own.end(frame, now);
        }
    }

    private void decide(byte[] bytes, int start, int end, TcpStream stream) {
        if (stream.aPort == DnsTraffic.PORT || stream.bPort == DnsTraffic.PORT) {
            kind = Kind.DNS;
        } else if (Http2Reader.startsAt(bytes, start, end)) {
            kind = Kind.HTTP2;
        } else if (HttpStart.at(bytes, start, end)) {
            kind = Kind.HTTP;
        } else if (TlsReader.startsAt(bytes, start, end)) {
            kind = Kind.TLS;
        } else if (++tries > TRIES) {
            kind = Kind.UNKNOWN;
        }
    }

    /** A side's first data begins behind its SYN, whichever segment of it comes first; later on it is read from where it is. */
    private ByteStream bytes(Applications all, TcpStream stream, boolean a, int sequence, int length) {
        ByteStream known = a ? fromA : fromB;
        if (known != null) {
            return known;
        }
        StreamSide side = stream.side(a);
        boolean first = side.syn() > 0 && side.payload() <= length;
        ByteStream fresh = new ByteStream(reader(all, stream), first ? side.base + 1 : sequence, all.allowance());
        if (a) {
            fromA = fresh;
        } else {
            fromB = fresh;
        }
        return fresh;
    }

    private ByteStream.Reader reader(Applications all, TcpStream stream) {
        return switch (kind) {
            case HTTP -> {
                HttpExchanges both = exchanges == null ? new HttpExchanges(all.http()) : exchanges;
                exchanges = both;
                yield new HttpReader(both);
            }
            case TLS -> {
                TlsConnection both = tls == null ? new TlsConnection(all.tls()) : tls;
                tls = both;
                yield new TlsReader(both, all.allowance());
            }
            case HTTP2 -> new Http2Reader(all.http());
            case DNS -> new DnsReader(all.dns(), stream.number());
            case UNDECIDED, UNKNOWN -> throw new IllegalStateException("no reader of " + kind);
        };
    }
}
