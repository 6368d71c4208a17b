package phalanx.inspect;

import phalanx.capture.FrameCursor;
import phalanx.decode.FrameView;

/** What was seen of the protocols above TCP and UDP in one capture. One thread while it is filled, then any. */
public final class Applications {
    private static final int SSDP_PORT = 1900;

    private final DnsTraffic dns = new DnsTraffic();
    private final HttpTraffic http = new HttpTraffic();
    private final TlsTraffic tls = new TlsTraffic();
    private final QuicTraffic quic = new QuicTraffic();

    /** Takes the UDP datagram that the view stands at. */
    void datagram(FrameCursor cursor, FrameView view, int conversation) {
        int from = view.sourcePort();
        int to = view.destinationPort();
        int start = view.payload();
        int end = view.end();
        if (DnsTraffic.isPort(from) || DnsTraffic.isPort(to)) {
            int port = DnsTraffic.isPort(to) ? to : from;
            dns.message(view.bytes(), start, end, conversation, port, cursor.frame(), cursor.timeNanos());
        } else if (from == SSDP_PORT || to == SSDP_PORT) {
            HttpReader reader = new HttpReader(new HttpExchanges(http));
            reader.bytes(view.bytes(), start, end, cursor.frame(), cursor.timeNanos());
        } else if (QuicInitial.startsAt(view.bytes(), start, end)) {
            quic.initial(view.bytes(), start, end, conversation);
        }
    }

    public DnsTraffic dns() {
        return dns;
    }

    public HttpTraffic http() {
        return http;
    }

    public TlsTraffic tls() {
        return tls;
    }

    public QuicTraffic quic() {
        return quic;
    }
}
