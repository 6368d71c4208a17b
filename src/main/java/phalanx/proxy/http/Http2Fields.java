package phalanx.proxy.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Heads between the form of HTTP/2 and ours (RFC 9113 section 8). What could mean two things once it is HTTP/1 is refused (section 10.3).
 * Any thread.
 */
final class Http2Fields {
    private Http2Fields() {}

    /** A request, or why it is refused. */
    record Read(@Nullable RequestHead head, @Nullable Refusal refusal) {
        static Read refused(String reason) {
            return new Read(null, Refusal.bad(reason));
        }
    }

    /** Reads a request's head. */
    static Read request(Http2Headers headers, boolean end, boolean secure, Http1Limits limits) {
        if (headers.size() > limits.headerFields() + 4) { // the pseudo-header fields do not count
            return new Read(null, new Refusal(431, "there are more than " + limits.headerFields() + " fields"));
        }
        CharSequence asked = headers.path();
        if (asked != null && asked.length() > limits.targetBytes()) {
            return new Read(
                    null, new Refusal(414, "the request target is longer than " + limits.targetBytes() + " bytes"));
        }
        CharSequence method = headers.method();
        CharSequence path = headers.path();
        CharSequence authority = headers.authority();
        CharSequence protocol = headers.get(Http2Headers.PseudoHeaderName.PROTOCOL.value());
        boolean tunnel = protocol != null && AsciiString.contentEquals(method, "CONNECT");
        if (tunnel && !AsciiString.contentEqualsIgnoreCase(protocol, "websocket")) {
            return new Read(null, new Refusal(501, "only the protocol websocket is gone over to"));
        }
        if (method == null || method.isEmpty() || !token(method) || method.length() > 32) {
            return Read.refused("there is no method");
        }
        if (AsciiString.contentEquals(method, "CONNECT") && !tunnel) {
            return new Read(null, new Refusal(405, "this is no forward proxy: it makes no tunnels by CONNECT"));
        }
        if (path == null
                || path.isEmpty()
                || !target(path)
                || path.charAt(0) != '/' && !AsciiString.contentEquals(path, "*")) {
            return Read.refused("the path is none");
        }
        Fields fields = new Fields();
        StringBuilder cookies = null;
        long length = -1;
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
            CharSequence name = header.getKey();
            if (name.isEmpty() || name.charAt(0) == ':') {
                continue;
            }
            if (!lowerCaseToken(name) || !value(header.getValue())) {
                return Read.refused("a field holds an octet that none may hold");
            }
            FieldName known = FieldName.of(name.toString());
            switch (known) {
                case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE -> {
                    return Read.refused("a field belongs to connections of HTTP/1");
                }
                case TE -> {
                    if (!AsciiString.contentEqualsIgnoreCase(header.getValue(), "trailers")) {
                        return Read.refused("TE asks for something other than trailers");
                    }
                    fields.add(name, header.getValue());
                }
                case COOKIE -> { // pieces are joined (RFC 9113 section 8.2.3)
                    cookies = cookies == null ? new StringBuilder() : cookies.append("; ");
                    cookies.append(header.getValue());
                }
                case HOST -> {
                    if (authority == null || authority.isEmpty()) {
                        authority = header.getValue();
                    } else if (!AsciiString.contentEqualsIgnoreCase(authority, header.getValue())) {
                        return Read.refused("Host and :authority name different hosts");
                    }
                }
                case CONTENT_LENGTH -> {
                    long given = length(header.getValue());
                    if (given < 0 || length >= 0) {
                        return Read.refused("the Content-Length is no plain number, or there are two");
                    }
                    length = given;
                }
                default -> fields.add(name, header.getValue());
            }
        }
        if (authority == null || !Authority.valid(authority.toString())) {
            return Read.refused("no host is named");
        }
        if (cookies != null) {
            fields.add(FieldName.COOKIE, cookies.toString());
        }
        if (end && length > 0) {
            return Read.refused("there is a Content-Length, and no body");
        }
        fields.add(FieldName.HOST, authority.toString());
        return new Read(
                new RequestHead(
                        tunnel ? "GET" : method.toString(),
                        path.toString(),
                        20,
                        secure ? "https" : "http",
                        authority.toString(),
                        fields,
                        tunnel || end ? 0 : length,
                        true,
                        tunnel ? protocol.toString() : null),
                null);
    }

    /** Reads a trailer; null when it holds what none may. */
    static @Nullable Fields trailer(Http2Headers headers) {
        return fields(headers, false);
    }

    /** Reads a response's head, of any status but 101; null when it is none. */
    static @Nullable ResponseHead response(Http2Headers headers) {
        CharSequence text = headers.status();
        long status = text == null || text.length() != 3 ? -1 : length(text);
        Fields fields = fields(headers, true);
        if (fields == null || status < 100 || status == 101 || status > 599) {
            return null;
        }
        String told = fields.value(FieldName.CONTENT_LENGTH);
        fields.remove(FieldName.CONTENT_LENGTH);
        return ResponseHead.of((int) status, fields, told == null ? -1 : length(told));
    }

    private static @Nullable Fields fields(Http2Headers headers, boolean status) {
        Fields fields = new Fields();
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
            CharSequence name = header.getKey();
            if (status && AsciiString.contentEquals(name, Http2Headers.PseudoHeaderName.STATUS.value())) {
                continue;
            }
            if (name.isEmpty() || !lowerCaseToken(name) || !value(header.getValue())) {
                return null;
            }
            fields.add(name, header.getValue());
        }
        return fields;
    }

    /** Writes a response's head. */
    static Http2Headers response(ResponseHead head, boolean tunnel) {
        DefaultHttp2Headers headers =
                new DefaultHttp2Headers(false, head.fields().count() + 3);
        headers.status(HttpResponseStatus.valueOf(tunnel && head.status() == 101 ? 200 : head.status())
                .codeAsText());
        write(head.fields(), headers);
        if (head.contentLength() >= 0 && !tunnel && head.status() >= 200 && head.status() != 204) {
            headers.add(FieldName.CONTENT_LENGTH.lowerCase(), new AsciiString(Long.toString(head.contentLength())));
        }
        return headers;
    }

    /** Writes a request's head. */
    static Http2Headers request(RequestHead head) {
        DefaultHttp2Headers headers =
                new DefaultHttp2Headers(false, head.fields().count() + 5);
        headers.method(head.method()).scheme(head.scheme()).path(head.target());
        String host = head.fields().value(FieldName.HOST);
        headers.authority(host == null ? head.authority() : host);
        write(head.fields(), headers);
        if (head.contentLength() > 0) {
            headers.add(FieldName.CONTENT_LENGTH.lowerCase(), new AsciiString(Long.toString(head.contentLength())));
        }
        return headers;
    }

    /** Writes fields but those that belong to connections. */
    static void write(Fields fields, Http2Headers out) {
        for (int i = 0; i < fields.count(); i++) {
            switch (fields.known(i)) {
                case CONNECTION,
                        KEEP_ALIVE,
                        PROXY_CONNECTION,
                        TRANSFER_ENCODING,
                        UPGRADE,
                        CONTENT_LENGTH,
                        HOST,
                        SEC_WEBSOCKET_ACCEPT -> {}
                default -> out.add(fields.lowerCaseName(i), fields.valueOctets(i));
            }
        }
    }

    private static boolean token(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (!HeadReader.isToken(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean lowerCaseToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z' || c > 0x7E || !HeadReader.isToken(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean value(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 && c != '\t' || c == 0x7F) {
                return false;
            }
        }
        return text.isEmpty() || !blank(text.charAt(0)) && !blank(text.charAt(text.length() - 1));
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean target(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c > 0x7E || c == '#') {
                return false;
            }
        }
        return true;
    }

    private static long length(CharSequence text) {
        if (text.isEmpty() || text.length() > 18) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
