package phalanx.inspect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests of one connection that wait for their responses, which come in the same order (RFC 9112 section 9.3.2). One thread. */
final class HttpExchanges {
    private static final int MOST_WAITING = 256;

    /** Events of UPnP (GENA, SSDP) in HTTP's form: counted, but nobody waits for their answer. */
    private static final Set<String> NOTIFICATIONS = Set.of("NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", "M-SEARCH");

    private final HttpTraffic traffic;
    private final Deque<Request> waiting = new ArrayDeque<>(2);
    private boolean interim;

    private record Request(String method, long completeAt) {}

    HttpExchanges(HttpTraffic traffic) {
        this.traffic = traffic;
    }

    /** Who is told of whole messages, null when nobody asks. */
    @Nullable
    FrameEvents events() {
        return traffic.events();
    }

    /** The head of a request was read. */
    void request() {
        traffic.request();
    }

    void requestComplete(String method, long now) {
        if (waiting.size() < MOST_WAITING) {
            waiting.addLast(new Request(method, now));
        }
    }

    /** The head of a response was read. */
    void response(int code) {
        traffic.response(code);
    }

    /** Whether the next response has no body, as HEAD asked for none. */
    boolean answersHead() {
        return !waiting.isEmpty() && waiting.getFirst().method.equals("HEAD");
    }

    /** The responses in between were not captured: what is read next answers the last request. */
    void responsesLost() {
        while (waiting.size() > 1) {
            waiting.removeFirst();
        }
        interim = false;
    }

    /** An interim response (RFC 9110 section 15.2) is the answer that was waited for; the final one follows it by itself. */
    void responseComplete(int code, boolean whole, long frame, long now) {
        boolean follows = interim;
        boolean answers = !follows && !waiting.isEmpty();
        interim = code / 100 == 1 && (answers || follows);
        if (answers) {
            Request request = waiting.removeFirst();
            if (!NOTIFICATIONS.contains(request.method)) {
                traffic.time(whole, frame, now - request.completeAt);
            }
        }
    }
}
