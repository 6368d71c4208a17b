package phalanx.proxy.admin;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.EventExecutorGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.Replies;

/**
 * A request to the admin API, taken apart. On its event loop, but for the work of {@link #away}.
 *
 * @param path its parts, the first being the one behind the first slash; an empty one for {@code /}
 * @param post whether it changes something
 * @param query what stands behind the question mark, decoded
 */
record AdminCall(Exchange exchange, List<String> path, boolean post, Map<String, List<String>> query) {
    private static final int MOST_PARAMETERS = 64;

    /** Takes a request apart; empty where it is badly encoded. */
    static Optional<AdminCall> of(Exchange exchange) {
        String path = exchange.request().path();
        try {
            return Optional.of(new AdminCall(
                    exchange,
                    List.of(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)),
                    exchange.request().method().equals("POST"),
                    new QueryStringDecoder(
                                    exchange.request().target(), StandardCharsets.UTF_8, true, MOST_PARAMETERS, true)
                            .parameters()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** A part of the path, empty where there are not so many. */
    String part(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    /** Whether the path has as many parts as given, and those are its parts; an empty one may be anything. */
    boolean at(String... parts) {
        if (parts.length != path.size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty() && !parts[i].equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The first value of a parameter. */
    Optional<String> value(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of a parameter. */
    List<String> all(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** As those see it who are no part of the proxy. */
    AdminExtension.Order order() {
        Fields fields = exchange.request().fields();
        return new AdminExtension.Order(
                path,
                post,
                query,
                Objects.requireNonNullElse(fields.value("Authorization"), ""),
                Objects.requireNonNullElse(fields.value("Last-Event-ID"), ""));
    }

    /** Answers with a sentence. */
    void say(int status, String sentence) {
        Replies.text(exchange, status, sentence + "\n");
    }

    /** Answers that this is done with another method (RFC 9110 section 15.5.6). */
    void otherMethod() {
        String allowed = post ? "GET" : "POST";
        exchange.editResponse(head -> head.fields().add(FieldName.ALLOW, allowed));
        say(405, "This answers " + allowed + ".");
    }

    void nothingHere() {
        say(404, "There is nothing here. / lists what there is.");
    }

    /** Does what takes long away from the event loop, and the answering on it. */
    void away(EventExecutorGroup slow, Supplier<Runnable> work) {
        slow.execute(() -> {
            Runnable answer;
            try {
                answer = work.get();
            } catch (RuntimeException | Error e) { // nobody may wait for an answer that never comes
                System.getLogger("phalanx.proxy").log(System.Logger.Level.WARNING, "The admin API failed", e);
                answer = () -> say(
                        500, "The proxy met a fault of its own: " + e.getClass().getSimpleName() + ".");
            }
            exchange.worker().loop().execute(answer);
        });
    }
}
