package phalanx.proxy.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phalanx.config.Directive;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;

/**
 * A {@code server} block of {@code stream}: octets passed on as they are. Any thread.
 *
 * @param udp whether datagrams are passed on in place of TCP
 * @param upstream to whose servers
 * @param connect the longest wait for a connection (standard 5 s)
 * @param idle the longest silence of both sides (standard 10 min, as nginx)
 */
public record StreamSettings(HostPort listen, boolean udp, Word upstream, Duration connect, Duration idle) {
    static final HostPort STANDARD_LISTEN = new HostPort(HostPort.LOOPBACK, 5000);
    public static final Directive STREAM =
            Directive.of("main", "stream { ... }", "", "What passes octets on without looking at them.");
    private static final Directive SERVER =
            Directive.of("stream", "server { ... }", "", "Where clients come in, and whose servers they get.");
    private static final Directive LISTEN = Directive.of(
            "stream/server",
            "listen PORT|HOST:PORT [udp]",
            "127.0.0.1:5000",
            "Where clients come in; a port alone is on the loopback.");
    private static final Directive UPSTREAM =
            Directive.of("stream/server", "upstream NAME", "", "The upstream whose servers clients get.");
    private static final Directive CONNECT = Directive.of(
            "stream stream/server",
            "proxy_connect_timeout TIME",
            "5s",
            "The longest wait for a connection to a server.");
    private static final Directive IDLE =
            Directive.of("stream stream/server", "proxy_timeout TIME", "10m", "The longest silence of both sides.");

    public static final List<Directive> DIRECTIVES = List.of(STREAM, SERVER, LISTEN, UPSTREAM, CONNECT, IDLE);

    /** Reads the block {@code stream}. */
    public static List<StreamSettings> from(Section main, Node node) {
        Section stream = main.inner(node);
        List<StreamSettings> all = new ArrayList<>();
        for (Node server : stream.all(SERVER)) {
            one(stream, server).ifPresent(all::add);
        }
        stream.all(CONNECT);
        stream.all(IDLE);
        stream.finish();
        return List.copyOf(all);
    }

    private static Optional<StreamSettings> one(Section stream, Node node) {
        Section section = stream.inner(node, "stream/server");
        Optional<Node> listen = section.own(LISTEN);
        boolean udp = false;
        if (listen.isPresent() && listen.get().arguments().size() == 2) {
            udp = listen.get().argument(1).equals("udp");
            if (!udp) {
                section.refuse(
                        listen.get().arguments().get(1).at(),
                        "listen does not know \"" + listen.get().argument(1) + "\".",
                        "Write: " + LISTEN.form());
            }
        }
        HostPort at = section.read(LISTEN, "a port or HOST:PORT", text -> HostPort.read(text, HostPort.LOOPBACK, -1))
                .orElse(STANDARD_LISTEN);
        Optional<Word> upstream = section.own(UPSTREAM).map(n -> n.arguments().getFirst());
        if (upstream.isEmpty()) {
            section.refuse(node.at(), "This server leads nowhere.", "Add: upstream NAME;");
        }
        Duration connect = section.time(CONNECT, Duration.ofSeconds(5));
        Duration idle = section.time(IDLE, Duration.ofMinutes(10));
        section.finish();
        boolean datagrams = udp;
        return upstream.map(name -> new StreamSettings(at, datagrams, name, connect, idle));
    }
}
