package phalanx.inspect;

import org.jspecify.annotations.Nullable;
import phalanx.capture.FrameCursor;
import phalanx.decode.FrameView;

/** What was seen of the protocols above TCP and UDP in one capture. One thread while it is filled, then any. */
public final class Applications {
    private static final int SSDP_PORT = 1900;

    private final DnsTraffic dns;
    private final HttpTraffic http;
    private final TlsTraffic tls;
    private final QuicTraffic quic = new QuicTraffic();
    private final RtpStreams rtp = new RtpStreams();
    /** For what waits in streams: segments that came too soon, hellos that are not whole. */
    private static final long WAITING = 48L << 20;

    private final Allowance allowance = new Allowance(WAITING);
    private final NameLookups lookups;
    private final @Nullable FrameEvents events;

    /** @param events told frame by frame what was completed, null when nobody asks  @param lookups told of names that were looked up */
    Applications(@Nullable FrameEvents events, NameLookups lookups) {
        this.lookups = lookups;
        this.events = events;
        dns = new DnsTraffic(events);
        http = new HttpTraffic(events);
        tls = new TlsTraffic(events);
    }

    /** Takes the UDP datagram that the view stands at. */
    void datagram(FrameCursor cursor, FrameView view, int conversation) {
        int from = view.sourcePort();
        int to = view.destinationPort();
        int start = view.payload();
        int end = view.end();
        if (DnsTraffic.isPort(from) || DnsTraffic.isPort(to)) {
            int port = DnsTraffic.isPort(to) ? to : from;
            long asked = dns.message(view.bytes(), start, end, conversation, port, cursor.frame(), cursor.timeNanos());
            if (asked != RecentTimes.NONE) {
                lookups.answered(view, start, end, asked, cursor.timeNanos());
            }
        } else if (from == SSDP_PORT || to == SSDP_PORT) {
            HttpReader reader = new HttpReader(new HttpExchanges(http));
            reader.bytes(view.bytes(), start, end, cursor.frame(), cursor.timeNanos());
        } else if (QuicInitial.startsAt(view.bytes(), start, end)) {
            quic.initial(view.bytes(), start, end, conversation);
            if (events != null) {
                events.quicInitial();
            }
        } else if (RtpStreams.startsAt(view.bytes(), start, end)) {
            rtp.datagram(view.bytes(), start, conversation, to, cursor.frame(), cursor.timeNanos());
        }
    }

    Allowance allowance() {
        return allowance;
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

    public RtpStreams rtp() {
        return rtp;
    }

    public QuicTraffic quic() {
        return quic;
    }
}
