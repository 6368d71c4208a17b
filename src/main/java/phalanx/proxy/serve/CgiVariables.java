package phalanx.proxy.serve;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.Octets;
import phalanx.proxy.http.RequestHead;
import phalanx.proxy.http.Template;
import phalanx.proxy.http.Variables;
import phalanx.proxy.route.RequestPath;

/** A request as an application server is told of it (RFC 3875 section 4.1). Any thread. */
final class CgiVariables {
    /** A script and what follows it in the path. */
    private static final Pattern SCRIPT = Pattern.compile("(?s)^(.+?\\.php)(/.*)$");

    private CgiVariables() {}

    /**
     * The variables.
     *
     * @param root the folder of the documents; empty where there are none
     * @param index the script of a path that ends in a slash; empty for none
     * @param contentLength octets of the body
     */
    static Map<String, String> of(
            Exchange exchange, String root, String index, Map<String, Template> added, long contentLength) {
        RequestHead request = exchange.request();
        String path = RequestPath.normalized(request.path());
        String script = path == null ? "/" : Octets.of(path);
        String rest = "";
        Matcher matcher = SCRIPT.matcher(script);
        if (matcher.matches()) {
            script = matcher.group(1);
            rest = matcher.group(2);
        } else if (script.endsWith("/") && !index.isEmpty()) {
            script += Octets.of(index);
        }
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("GATEWAY_INTERFACE", "CGI/1.1");
        variables.put("SERVER_SOFTWARE", "phalanx");
        variables.put("QUERY_STRING", or(request.query()));
        variables.put("REQUEST_METHOD", request.method());
        variables.put("CONTENT_TYPE", or(request.fields().value(FieldName.CONTENT_TYPE)));
        variables.put("CONTENT_LENGTH", contentLength > 0 ? Long.toString(contentLength) : "");
        variables.put("REQUEST_URI", request.target());
        variables.put("DOCUMENT_URI", script);
        variables.put("SCRIPT_NAME", script);
        variables.put("PATH_INFO", root.isEmpty() ? script : rest);
        if (!root.isEmpty()) {
            variables.put("DOCUMENT_ROOT", Octets.of(root));
            variables.put("SCRIPT_FILENAME", Octets.of(root) + script);
        }
        variables.put("SERVER_PROTOCOL", request.protocol());
        variables.put("REQUEST_SCHEME", request.scheme());
        if (request.scheme().equals("https")) {
            variables.put("HTTPS", "on");
        }
        variables.put("REMOTE_ADDR", Variables.text(exchange.clientAddress()));
        variables.put("REMOTE_PORT", Integer.toString(exchange.clientAddress().getPort()));
        variables.put("SERVER_ADDR", Variables.text(exchange.connection().local()));
        variables.put(
                "SERVER_PORT", Integer.toString(exchange.connection().local().getPort()));
        variables.put("SERVER_NAME", request.host());
        variables.put("REDIRECT_STATUS", "200"); // php-cgi refuses to run without it
        fields(request, variables);
        if (!exchange.id().isEmpty()) {
            variables.put("HTTP_X_REQUEST_ID", exchange.id());
        }
        added.forEach((name, value) -> variables.put(name, value.fill(exchange)));
        return variables;
    }

    /** Header fields. A name with an underscore is left out: it would pass for one with a hyphen. */
    private static void fields(RequestHead request, Map<String, String> variables) {
        Fields fields = request.fields().forwarded();
        if (!request.authority().isEmpty()) { // the host it was routed by
            fields.set(FieldName.HOST, request.authority());
        }
        // without Proxy, which would become HTTP_PROXY (httpoxy)
        for (int i = 0; i < fields.count(); i++) {
            String name = fields.name(i);
            if (fields.known(i) == FieldName.CONTENT_TYPE || name.indexOf('_') >= 0) {
                continue;
            }
            String variable = "HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            String separator = fields.known(i) == FieldName.COOKIE ? "; " : ", ";
            variables.merge(variable, fields.value(i), (before, more) -> before + separator + more);
        }
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
