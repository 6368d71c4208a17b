package phalanx.proxy.record;

import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.Exchange;

/** A log of requests, one line each. Any thread. */
public record AccessLog(AccessLogSettings settings, LogFile file) {
    /** Logs an exchange that is over. */
    public void add(Exchange exchange) {
        boolean json = settings.escape() == AccessLogSettings.Escape.JSON;
        file.add(settings.line().fill(exchange, value -> json ? json(value) : octets(value)));
    }

    private static String octets(@Nullable String value) {
        return value == null || value.isEmpty() ? "-" : escape(value, false);
    }

    private static String json(@Nullable String value) {
        return value == null ? "" : escape(value, true);
    }

    private static String escape(String value, boolean json) {
        StringBuilder text = null;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean bad = c < 0x20 || c >= 0x7F || c == '"' || c == '\\';
            if (bad && text == null) {
                text = new StringBuilder(value.length() + 16).append(value, 0, i);
            }
            if (text == null) {
                continue;
            }
            if (!bad) {
                text.append(c);
            } else if (json) {
                text.append(c == '"' || c == '\\' ? "\\" + c : String.format("\\u%04x", (int) c));
            } else {
                text.append(String.format("\\x%02X", (int) c));
            }
        }
        return text == null ? value : text.toString();
    }
}
