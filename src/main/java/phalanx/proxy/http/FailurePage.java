package phalanx.proxy.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client is told of a failure, in the form that it would rather have (RFC 9110 section 12.5.1). Any thread. */
enum FailurePage {
    /** For who names no form, as command lines do. */
    TEXT("text/plain; charset=utf-8"),
    HTML("text/html; charset=utf-8"),
    /** RFC 9457. */
    PROBLEM("application/problem+json");

    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:12vh auto;padding:0 1.5rem}"
                    + "h1{font-size:1.5rem}dt{float:left;clear:left;width:6rem;opacity:.7}dd{margin-left:6rem;overflow-wrap:anywhere}";

    private final String type;

    FailurePage(String type) {
        this.type = type;
    }

    /** Its Content-Type. */
    String type() {
        return type;
    }

    /** The form for an Accept field's value, null where there is none; what it names itself goes before what it only allows. */
    static FailurePage preferred(@Nullable String accept) {
        if (accept == null) {
            return TEXT;
        }
        double html = 0;
        double json = 0;
        double text = 0;
        for (String item : accept.toLowerCase(Locale.ROOT).split(",", 50)) {
            int end = item.indexOf(';');
            String named = (end < 0 ? item : item.substring(0, end)).strip();
            double weight = weight(item);
            switch (named) {
                case "text/html", "application/xhtml+xml" -> html = Math.max(html, weight);
                case "application/json", "application/problem+json" -> json = Math.max(json, weight);
                case "text/plain" -> text = Math.max(text, weight);
                default -> {}
            }
        }
        if (json > html && json > text) {
            return PROBLEM;
        }
        return html > 0 && html >= text ? HTML : TEXT;
    }

    private static double weight(String item) {
        int at = item.indexOf("q=");
        if (at < 0) {
            return 1;
        }
        String digits = item.substring(at + 2).strip();
        boolean plain = digits.length() <= 5
                && !digits.isEmpty()
                && digits.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        return plain && digits.indexOf('.') == digits.lastIndexOf('.') && !digits.equals(".")
                ? Double.parseDouble(digits)
                : 1;
    }

    /** @param id the request's, empty for none */
    String body(Failure failure, String id) {
        String title = StatusLines.reason(failure.status());
        String side = switch (failure.side()) {
            case CLIENT -> "client";
            case UPSTREAM -> "upstream";
            case PROXY -> "this proxy";
        };
        return switch (this) {
            case TEXT ->
                failure.status() + " " + title + "\n\n" + failure.what() + "\nSide that failed: " + side
                        + (id.isEmpty() ? "" : "\nRequest: " + id) + "\n";
            case HTML ->
                "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + failure.status() + " "
                        + title
                        + "</title><meta name=\"viewport\" content=\"width=device-width\">"
                        + "<meta name=\"color-scheme\" content=\"light dark\"><style>" + STYLE
                        + "</style></head><body><main><h1>" + failure.status() + " " + title + "</h1><p>"
                        + escaped(failure.what()) + "</p><dl><dt>Failed side</dt><dd>" + side + "</dd>"
                        + (id.isEmpty() ? "" : "<dt>Request</dt><dd><code>" + escaped(id) + "</code></dd>")
                        + "</dl></main></body></html>\n";
            case PROBLEM -> {
                ObjectNode problem = JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", failure.status())
                        .put("detail", failure.what())
                        .put("side", side);
                if (!id.isEmpty()) {
                    problem.put("request", id);
                }
                yield problem + "\n";
            }
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
