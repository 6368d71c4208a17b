package phalanx.proxy.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.config.Directive;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;
import phalanx.proxy.http.Template;

/**
 * A route that leads to an application server. Any thread.
 *
 * @param address resolved
 * @param root the folder of the documents as the server sees it; empty where it needs none
 * @param index the script of a path that ends in a slash
 * @param added variables of the user's own
 */
public record CgiSettings(
        Protocol protocol,
        HostPort name,
        InetSocketAddress address,
        String root,
        String index,
        Map<String, Template> added) {
    /** What it speaks. */
    public enum Protocol {
        FASTCGI,
        UWSGI
    }

    private static final Directive FASTCGI_PASS = Directive.of(
            "route", "fastcgi_pass HOST:PORT", "", "The FastCGI server that requests go to, such as php-fpm.");
    private static final Directive UWSGI_PASS =
            Directive.of("route", "uwsgi_pass HOST:PORT", "", "The uwsgi server that requests go to.");
    private static final Directive INDEX = Directive.of(
            "http server route", "fastcgi_index NAME", "index.php", "The script of a path that ends in a slash.");
    private static final Directive FASTCGI_PARAM = Directive.of(
            "http server route", "fastcgi_param NAME VALUE", "", "A variable that the FastCGI server gets.");
    private static final Directive UWSGI_PARAM =
            Directive.of("http server route", "uwsgi_param NAME VALUE", "", "A variable that the uwsgi server gets.");

    public static final List<Directive> DIRECTIVES =
            List.of(FASTCGI_PASS, UWSGI_PASS, INDEX, FASTCGI_PARAM, UWSGI_PARAM);

    /** Reads a route's block; empty where it leads elsewhere. */
    public static Optional<CgiSettings> from(Section section, String root) {
        Optional<CgiSettings> fastCgi = one(section, FASTCGI_PASS, FASTCGI_PARAM, Protocol.FASTCGI, root);
        Optional<CgiSettings> uwsgi = one(section, UWSGI_PASS, UWSGI_PARAM, Protocol.UWSGI, root);
        return fastCgi.or(() -> uwsgi);
    }

    private static Optional<CgiSettings> one(
            Section section, Directive pass, Directive param, Protocol protocol, String root) {
        Map<String, Template> added = new LinkedHashMap<>();
        for (Node node : section.nearest(param)) {
            added.put(
                    node.argument(0),
                    Template.from(section, param, node.arguments().get(1)));
        }
        String index = section.text(INDEX).orElse("index.php");
        Optional<Word> word = section.own(pass).map(node -> node.arguments().getFirst());
        Optional<HostPort> name =
                word.flatMap(w -> section.read(pass, w, "HOST:PORT", t -> HostPort.read(t, HostPort.LOOPBACK, -1)));
        return name.flatMap(n -> {
            try {
                InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(n.host()), n.port());
                return Optional.of(new CgiSettings(protocol, n, address, root, index, Map.copyOf(added)));
            } catch (UnknownHostException _) {
                section.refuse(
                        word.get().at(),
                        "No address is known for " + n.host() + ".",
                        "Mend the name, or write an address.");
                return Optional.empty();
            }
        });
    }
}
