package phalanx.proxy.route;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import phalanx.config.Directive;
import phalanx.config.Section;
import phalanx.config.Word;

/**
 * How a request is passed to a server. Any thread.
 *
 * @param connect the longest wait for a connection (standard 5 s)
 * @param read the longest silence of the server (standard 60 s, as nginx)
 * @param send the longest time in which it takes nothing (standard 60 s, as nginx)
 * @param tries servers asked for one request, 0 for all of them (standard 0)
 * @param retryOnStatus statuses for which another server is asked, where asking twice does no harm
 */
public record ForwardSettings(Duration connect, Duration read, Duration send, int tries, List<Integer> retryOnStatus) {
    private static final String PLACES = "http server route";
    private static final Directive CONNECT =
            Directive.of(PLACES, "proxy_connect_timeout TIME", "5s", "The longest wait for a connection to a server.");
    private static final Directive READ =
            Directive.of(PLACES, "proxy_read_timeout TIME", "60s", "The longest silence of a server.");
    private static final Directive SEND = Directive.of(
            PLACES, "proxy_send_timeout TIME", "60s", "The longest time in which a server takes nothing of a request.");
    private static final Directive TRIES = Directive.of(
            PLACES, "proxy_next_upstream_tries NUMBER", "0", "Servers asked for one request; 0 for all of them.");
    private static final Directive NEXT = Directive.of(
            PLACES,
            "proxy_next_upstream error|http_502|http_503|http_504...",
            "error",
            "When another server is asked: error is a refused or dead connection; answers only where asking twice is safe.");

    public static final List<Directive> DIRECTIVES = List.of(CONNECT, READ, SEND, TRIES, NEXT);

    public static ForwardSettings from(Section section) {
        List<Integer> statuses = section.one(NEXT).stream()
                .flatMap(node -> node.arguments().stream())
                .filter(word -> !word.text().equals("error"))
                .mapMulti((Word word, Consumer<Integer> out) -> {
                    if (word.text().matches("http_(429|500|502|503|504)")) {
                        out.accept(Integer.parseInt(word.text().substring(5)));
                    } else {
                        section.refuse(
                                word.at(),
                                "proxy_next_upstream does not know \"" + word.text() + "\".",
                                "It takes: error http_429 http_500 http_502 http_503 http_504.");
                    }
                })
                .toList();
        return new ForwardSettings(
                section.time(CONNECT, Duration.ofSeconds(5)),
                section.time(READ, Duration.ofSeconds(60)),
                section.time(SEND, Duration.ofSeconds(60)),
                (int) section.number(TRIES, 0, 0, 1000),
                statuses);
    }
}
