package phalanx.telemetry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Logs of Zeek: connections, DNS, HTTP and TLS as such, others by their name. In columns under a {@code #fields} line, or an object a line.
 * After the log formats of Zeek's manual ("Zeek Log Formats and Inspection").
 */
final class ZeekLog {
    /** States of connections that did not come about or were torn down (Zeek's manual, conn.log, conn_state). */
    private static final Set<String> TROUBLED = Set.of("S0", "REJ", "RSTO", "RSTR", "RSTOS0", "RSTRH");

    private final Gathering into;
    private final Map<String, Integer> columns = new HashMap<>();
    private String separator = "\t";
    private String unset = "-";
    private String path = "";

    ZeekLog(Gathering into) {
        this.into = into;
    }

    /** A line of a log in columns. */
    void line(String line) throws Malformed {
        if (line.startsWith("#")) {
            header(line);
            return;
        }
        if (columns.isEmpty()) {
            throw new Malformed("there is no #fields line before it");
        }
        List<String> cells = Arrays.asList(line.split(separator, -1));
        take(path, field -> {
            Integer column = columns.get(field);
            String cell = column == null || column >= cells.size() ? "" : cells.get(column);
            return cell.equals(unset) || cell.equals("(empty)") ? "" : cell;
        });
    }

    private void header(String line) {
        if (line.startsWith("#separator ")) {
            String code = line.substring("#separator ".length()).strip();
            separator = code.matches("\\\\x[0-9A-Fa-f]{2}")
                    ? Pattern.quote(String.valueOf((char) Integer.parseInt(code.substring(2), 16)))
                    : "\t";
            return;
        }
        List<String> words = Arrays.asList(line.split(separator, -1));
        switch (words.getFirst()) {
            case "#path" -> path = words.get(words.size() - 1);
            case "#unset_field" -> unset = words.get(words.size() - 1);
            case "#fields" -> {
                columns.clear();
                for (int i = 1; i < words.size(); i++) {
                    columns.put(words.get(i), i - 1);
                }
            }
            default -> {}
        }
    }

    /** A record of a log in JSON, which says its path, or is told by its fields. */
    void object(Fields record) throws Malformed {
        String said = record.get("_path");
        take(
                !said.isEmpty()
                        ? said
                        : !record.get("conn_state").isEmpty()
                                ? "conn"
                                : !record.get("query").isEmpty()
                                        ? "dns"
                                        : !record.get("method").isEmpty()
                                                        || !record.get("status_code")
                                                                .isEmpty()
                                                ? "http"
                                                : !record.get("cipher").isEmpty() ? "ssl" : "",
                record);
    }

    private void take(String of, Fields record) throws Malformed {
        into.format(of.isEmpty() ? "Zeek" : "Zeek " + of);
        boolean trouble = switch (of) {
            case "conn" -> TROUBLED.contains(record.get("conn_state"));
            case "dns" -> record.number("rcode") > 0 || "T".equals(record.get("rejected"));
            case "http" -> record.number("status_code") >= 500;
            case "ssl" -> "F".equals(record.get("established")) || "false".equals(record.get("established"));
            case "weird", "notice" -> true;
            default -> false;
        };
        String text = switch (of) {
            case "conn" -> join(record, "proto", "service", "conn_state", "history");
            case "dns" -> join(record, "query", "qtype_name", "rcode_name");
            case "http" -> join(record, "method", "host", "uri", "status_code", "status_msg");
            case "ssl" -> join(record, "version", "server_name", "cipher", "last_alert");
            default -> join(record, "note", "name", "msg", "addl");
        };
        into.add(new Event(
                record.time("ts"),
                Math.max(record.seconds("duration"), record.seconds("rtt")),
                Event.Source.ZEEK,
                of.isEmpty() ? "log" : of.toLowerCase(Locale.ROOT),
                trouble ? Event.Weight.TROUBLE : Event.Weight.ORDINARY,
                record.endpoint("id.orig_h", "id.orig_p"),
                record.endpoint("id.resp_h", "id.resp_p"),
                of.equals("ssl") ? record.shown("server_name") : record.shown("host"),
                text,
                record.shown("uid")));
    }

    /** The fields that are there, one behind the other. */
    static String join(Fields record, String... fields) {
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            String said = record.shown(field);
            text.append(said.isEmpty() || text.isEmpty() ? "" : " ").append(said);
        }
        return text.toString();
    }
}
