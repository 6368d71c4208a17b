package phalanx.inspect;

import java.util.ArrayList;
import java.util.List;

/** What the readers of content completed in the frame in hand, for who asks frame by frame. Cleared with every frame; one thread. */
final class FrameEvents {
    /** A frame cannot hold more messages than this; what claims so is hostile. */
    private static final int MOST = 1000;

    private final List<HttpMessage> http = new ArrayList<>();
    private final List<DnsMessage> dns = new ArrayList<>();
    private final List<Integer> tlsRecords = new ArrayList<>();
    private final List<Integer> tlsHandshakes = new ArrayList<>();
    private final List<Integer> tlsAlerts = new ArrayList<>();
    private final List<String> serverNames = new ArrayList<>();
    private long httpNanos = -1;
    private long dnsNanos = -1;
    private boolean quic;
    private boolean tls;

    /**
     * An HTTP message that is complete.
     *
     * @param method empty for a response
     * @param code 0 for a request
     * @param headers the lines behind the start line
     */
    record HttpMessage(String method, String target, int code, List<String> headers) {
        HttpMessage {
            headers = List.copyOf(headers);
        }

        /** The value of a header field, empty without one. @param name in small letters */
        String header(String name) {
            for (String line : headers) {
                if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }
    }

    void clear() {
        http.clear();
        dns.clear();
        tlsRecords.clear();
        tlsHandshakes.clear();
        tlsAlerts.clear();
        serverNames.clear();
        httpNanos = -1;
        dnsNanos = -1;
        quic = false;
        tls = false;
    }

    private static <T> void add(List<T> list, T one) {
        if (list.size() < MOST) {
            list.add(one);
        }
    }

    void http(HttpMessage message) {
        add(http, message);
    }

    void httpTime(long nanos) {
        httpNanos = nanos;
    }

    /**
     * A DNS message, long enough for its header.
     *
     * @param port that says which DNS it is
     */
    record DnsMessage(byte[] bytes, int port) {}

    void dns(DnsMessage message) {
        add(dns, message);
    }

    List<DnsMessage> dns() {
        return dns;
    }

    void dnsTime(long nanos) {
        dnsNanos = nanos;
    }

    void tlsBytes() {
        tls = true;
    }

    /** Whether a TLS record begins or ends in the frame. */
    boolean tls() {
        return tls;
    }

    void tlsRecord(int type) {
        add(tlsRecords, type);
    }

    void tlsHandshake(int type) {
        add(tlsHandshakes, type);
    }

    void tlsAlert(int description) {
        add(tlsAlerts, description);
    }

    void serverName(String name) {
        if (!name.isEmpty()) {
            add(serverNames, name);
        }
    }

    void quicInitial() {
        quic = true;
    }

    List<HttpMessage> http() {
        return http;
    }

    List<Integer> tlsRecords() {
        return tlsRecords;
    }

    List<Integer> tlsHandshakes() {
        return tlsHandshakes;
    }

    List<Integer> tlsAlerts() {
        return tlsAlerts;
    }

    List<String> serverNames() {
        return serverNames;
    }

    /** Response time that ended in this frame, -1 for none. */
    long httpNanos() {
        return httpNanos;
    }

    /** Response time that ended in this frame, -1 for none. */
    long dnsNanos() {
        return dnsNanos;
    }

    boolean quic() {
        return quic;
    }
}
