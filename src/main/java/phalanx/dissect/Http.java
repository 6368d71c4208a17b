package phalanx.dissect;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of an HTTP/1 message that begins in this segment (RFC 9112 sections 2 to 5). */
final class Http {
    private static final Pattern REQUEST = Pattern.compile("([A-Z][A-Z-]{1,19}) (\\S{1,8000}) (HTTP/1\\.\\d)");
    private static final Pattern RESPONSE = Pattern.compile("(HTTP/1\\.\\d) (\\d{3})(?: (.*))?");
    private static final int LONGEST_LINE = 8192;

    private Http() {}

    static boolean startsAt(Slice in) {
        String line = line(in, 0);
        return REQUEST.matcher(line).matches() || RESPONSE.matcher(line).matches();
    }

    /** Without its end; what has none yet is the rest. */
    private static String line(Slice in, int at) {
        int octets = octets(in, at);
        return in.text(at, octets, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Octets of a line, its end included. */
    private static int octets(Slice in, int at) {
        int most = Math.min(in.length() - at, LONGEST_LINE);
        for (int i = 0; i < most; i++) {
            if (in.u8(at + i) == '\n') {
                return i + 1;
            }
        }
        return Math.max(0, most);
    }

    static void dissect(Slice in, Layers layers) {
        Branch http = layers.begin("Hypertext Transfer Protocol", "http", in);
        String first = line(in, 0);
        http.says(first);
        start(http, first, octets(in, 0));
        int at = octets(in, 0);
        while (at < in.length()) {
            int octets = octets(in, at);
            String line = line(in, at);
            if (line.isEmpty()) {
                http.part("End of head", "", at, octets);
                at += octets;
                http.ends(at);
                if (at < in.length()) {
                    Slice body = in.from(at);
                    layers.begin("Body", "", body).says(body.wireLength() + " bytes of it in this segment");
                }
                return;
            }
            int colon = line.indexOf(':');
            if (colon <= 0) {
                http.part("Not a header field", "", at, octets).says(line);
                at += octets;
                continue;
            }
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1).strip();
            http.field(name, filterName(name), at, octets, value, Branch.quoted(value));
            at += octets;
        }
        http.remark(Expert.NOTE, "The head goes on in other segments");
    }

    private static void start(Branch http, String line, int octets) {
        Matcher request = REQUEST.matcher(line);
        Matcher response = RESPONSE.matcher(line);
        Branch start = http.part(line, "", 0, octets);
        if (request.matches()) {
            group(start, request, 1, "Request method", "http.request.method");
            group(start, request, 2, "Request URI", "http.request.uri");
            group(start, request, 3, "Request version", "http.request.version");
        } else if (response.matches()) {
            group(start, response, 1, "Response version", "http.response.version");
            start.field(
                    "Status code", "http.response.code", response.start(2), 3, response.group(2), response.group(2));
            if (response.group(3) != null && !response.group(3).isEmpty()) {
                group(start, response, 3, "Response phrase", "http.response.phrase");
            }
        }
    }

    private static void group(Branch start, Matcher of, int group, String label, String name) {
        start.text(label, name, of.start(group), of.end(group) - of.start(group), of.group(group));
    }

    private static String filterName(String header) {
        return switch (header.toLowerCase(Locale.ROOT)) {
            case "host" -> "http.host";
            case "user-agent" -> "http.user_agent";
            case "content-type" -> "http.content_type";
            case "content-length" -> "http.content_length_header";
            case "server" -> "http.server";
            case "location" -> "http.location";
            case "cookie" -> "http.cookie";
            case "set-cookie" -> "http.set_cookie";
            case "referer" -> "http.referer";
            case "connection" -> "http.connection";
            case "transfer-encoding" -> "http.transfer_encoding";
            case "content-encoding" -> "http.content_encoding";
            case "accept" -> "http.accept";
            case "accept-encoding" -> "http.accept_encoding";
            case "accept-language" -> "http.accept_language";
            case "date" -> "http.date";
            case "cache-control" -> "http.cache_control";
            default -> "";
        };
    }
}
