package phalanx.proxy.admin;

import java.util.List;
import java.util.Map;

/** What the admin port answers for somebody who is no part of the proxy. Any thread. */
public interface AdminExtension {
    /** Its lines in what {@code /} lists. */
    String help();

    /** Answers; away from the event loops, so that it may wait. */
    Answer answer(Order order);

    /**
     * What is asked.
     *
     * @param path its parts, the first being the one that this extension has
     * @param post whether it changes something
     * @param query what stands behind the question mark, decoded
     * @param authorization the field of that name, empty where there is none
     * @param lastEventId the field Last-Event-ID, empty where there is none
     */
    record Order(
            List<String> path,
            boolean post,
            Map<String, List<String>> query,
            String authorization,
            String lastEventId) {
        public Order {
            path = List.copyOf(path);
            query = Map.copyOf(query);
        }

        /** The first value of a parameter, empty where there is none. */
        public String value(String name) {
            return query.getOrDefault(name, List.of("")).getFirst();
        }
    }

    /** What is answered. */
    sealed interface Answer {
        /** A whole text. @param type as the field Content-Type has it */
        record Text(int status, String type, String body) implements Answer {}

        /** Events from behind a number on, until the client goes. */
        record Events(EventSource source, long after) implements Answer {}
    }
}
