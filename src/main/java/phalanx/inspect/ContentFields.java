package phalanx.inspect;

import phalanx.decode.Bytes;
import phalanx.decode.filter.FieldValues;

/** The fields of what TCP and UDP carry, by what its readers completed in this frame. */
final class ContentFields {
    private static final int HEADER = 12;

    private final FrameEvents events;

    ContentFields(FrameEvents events) {
        this.events = events;
    }

    /** @param tcp whether the frame's transport is TCP */
    void values(String name, boolean tcp, FieldValues into) {
        if (name.startsWith("dns") || name.equals("mdns")) {
            for (FrameEvents.DnsMessage message : events.dns()) {
                dns(name, message, into);
            }
        } else if (name.startsWith("http")) {
            http(name, tcp, into);
        } else if (name.startsWith("tls")) {
            tls(name, into);
        } else if (name.equals("quic") && events.quic()) {
            into.add(1);
        }
    }

    private void dns(String name, FrameEvents.DnsMessage message, FieldValues into) {
        byte[] bytes = message.bytes();
        boolean multicast = message.port() == DnsTraffic.MULTICAST_PORT;
        int flags = Bytes.u16(bytes, 2);
        switch (name) {
            case "dns", "mdns" -> {
                if (multicast == name.equals("mdns")) {
                    into.add(bytes, 0, bytes.length);
                }
            }
            case "dns.id" -> into.add(Bytes.u16(bytes, 0));
            case "dns.flags.response" -> into.add((flags & 0x8000) != 0);
            case "dns.flags.truncated" -> into.add((flags & 0x0200) != 0);
            case "dns.flags.recdesired" -> into.add((flags & 0x0100) != 0);
            case "dns.flags.rcode" -> {
                if ((flags & 0x8000) != 0) {
                    into.add(flags & 0xF);
                }
            }
            case "dns.count.queries" -> into.add(Bytes.u16(bytes, 4));
            case "dns.count.answers" -> into.add(Bytes.u16(bytes, 6));
            case "dns.qry.name", "dns.qry.type" -> question(name, bytes, 0, bytes.length, into);
            case "dns.time" -> time(events.dnsNanos(), into);
            default -> {}
        }
    }

    private static void time(long nanos, FieldValues into) {
        if (nanos >= 0) {
            into.add(nanos);
        }
    }

    /** The questions (RFC 1035 section 4.1.2); names of questions are not compressed but may be, and end the reading then. */
    private static void question(String field, byte[] bytes, int start, int end, FieldValues into) {
        int questions = Math.min(64, Bytes.u16(bytes, start + 4));
        int at = start + HEADER;
        for (int i = 0; i < questions; i++) {
            StringBuilder name = new StringBuilder();
            int length;
            while (at < end && (length = Bytes.u8(bytes, at)) > 0) {
                if (length > 63 || at + 1 + length > end || name.length() > 255) {
                    return;
                }
                name.append(name.isEmpty() ? "" : ".");
                for (int j = 1; j <= length; j++) {
                    name.append((char) Bytes.u8(bytes, at + j));
                }
                at += 1 + length;
            }
            if (at + 5 > end) {
                return;
            }
            if (field.equals("dns.qry.name")) {
                into.add(name.isEmpty() ? "<Root>" : name.toString());
            } else {
                into.add(Bytes.u16(bytes, at + 1));
            }
            at += 5;
        }
    }

    private void http(String name, boolean tcp, FieldValues into) {
        if (name.equals("http.time")) {
            time(events.httpNanos(), into);
            return;
        }
        for (FrameEvents.HttpMessage message : events.http()) {
            boolean request = !message.method().isEmpty();
            switch (name) {
                case "http" -> present(tcp, into); // over UDP it is SSDP
                case "http.request" -> present(request, into);
                case "http.response" -> present(!request, into);
                case "http.request.method" -> text(message.method(), into);
                case "http.request.uri" -> text(message.target(), into);
                case "http.host" -> text(message.header("host"), into);
                case "http.user_agent" -> text(message.header("user-agent"), into);
                case "http.content_type" -> text(message.header("content-type"), into);
                case "http.response.code" -> {
                    if (!request) {
                        into.add(message.code());
                    }
                }
                default -> {}
            }
        }
    }

    private static void present(boolean there, FieldValues into) {
        if (there) {
            into.add(1);
        }
    }

    private static void text(String text, FieldValues into) {
        if (!text.isEmpty()) {
            into.add(text);
        }
    }

    private void tls(String name, FieldValues into) {
        switch (name) {
            case "tls" -> present(events.tls(), into);
            case "tls.record.content_type" -> events.tlsRecords().forEach(one -> into.add((long) one));
            case "tls.handshake.type" -> events.tlsHandshakes().forEach(one -> into.add((long) one));
            case "tls.alert_message.desc" -> events.tlsAlerts().forEach(one -> into.add((long) one));
            case "tls.handshake.extensions_server_name" -> events.serverNames().forEach(into::add);
            default -> {}
        }
    }
}
