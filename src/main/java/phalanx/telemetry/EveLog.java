package phalanx.telemetry;

/** Suricata's EVE: one object a line, of which the type says what happened (Suricata's manual, "Eve JSON Format"). */
final class EveLog {
    private EveLog() {}

    static void take(Fields record, Gathering into) throws Malformed {
        into.format("Suricata EVE");
        String type = record.shown("event_type");
        boolean trouble = switch (type) {
            case "alert", "anomaly" -> true;
            case "http" -> record.number("http.status") >= 500;
            case "dns" ->
                !record.get("dns.rcode").isEmpty() && !record.get("dns.rcode").equals("NOERROR");
            case "drop" -> true;
            default -> false;
        };
        String text = switch (type) {
            case "alert" -> ZeekLog.join(record, "alert.signature", "alert.category", "alert.action");
            case "http" -> ZeekLog.join(record, "http.http_method", "http.hostname", "http.url", "http.status");
            case "dns" -> ZeekLog.join(record, "dns.type", "dns.rrname", "dns.rrtype", "dns.rcode");
            case "tls" -> ZeekLog.join(record, "tls.version", "tls.sni", "tls.subject");
            case "flow" -> ZeekLog.join(record, "proto", "app_proto", "flow.state", "flow.reason");
            case "anomaly" -> ZeekLog.join(record, "anomaly.type", "anomaly.event");
            default -> ZeekLog.join(record, "proto", "app_proto");
        };
        if (type.equals("stats")) {
            return;
        }
        into.add(new Event(
                record.time("timestamp"),
                0,
                Event.Source.SURICATA,
                type,
                trouble ? Event.Weight.TROUBLE : Event.Weight.ORDINARY,
                record.endpoint("src_ip", "src_port"),
                record.endpoint("dest_ip", "dest_port"),
                record.shown(type.equals("tls") ? "tls.sni" : "http.hostname"),
                text,
                record.shown("flow_id")));
    }
}
