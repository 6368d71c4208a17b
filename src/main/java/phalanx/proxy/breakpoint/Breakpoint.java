package phalanx.proxy.breakpoint;

import java.util.Optional;
import phalanx.proxy.http.RequestHead;

/**
 * Where exchanges stop. Any thread.
 *
 * @param when whether on the way to the server or on the way back
 * @param method the method, {@code *} for any
 * @param path a path; with a {@code *} at its end, all that begin so
 */
public record Breakpoint(When when, String method, String path) {
    public static final String FORM = "request|response METHOD|* PATH, a * at its end for all that begin so";

    /** Which way. */
    public enum When {
        REQUEST,
        RESPONSE
    }

    /** Reads what {@link #text} writes. */
    public static Optional<Breakpoint> read(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length != 3 || !words[2].startsWith("/") && !words[2].equals("*")) {
            return Optional.empty();
        }
        return switch (words[0]) {
            case "request" -> Optional.of(new Breakpoint(When.REQUEST, words[1], words[2]));
            case "response" -> Optional.of(new Breakpoint(When.RESPONSE, words[1], words[2]));
            default -> Optional.empty();
        };
    }

    /** As it is written. */
    public String text() {
        return (when == When.REQUEST ? "request " : "response ") + method + " " + path;
    }

    boolean matches(RequestHead head) {
        if (!method.equals("*") && !method.equals(head.method())) {
            return false;
        }
        return path.endsWith("*")
                ? head.path().startsWith(path.substring(0, path.length() - 1))
                : head.path().equals(path);
    }
}
