package phalanx.proxy.discover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phalanx.config.Directive;
import phalanx.config.HostPort;
import phalanx.config.Node;
import phalanx.config.Section;
import phalanx.config.Word;

/** A {@code discover} line. Any thread. */
public sealed interface DiscoverySettings {
    /** The addresses of a name (A and AAAA), asked again when they expire. */
    record Dns(HostPort name) implements DiscoverySettings {}

    /** The servers that a service names (SRV, RFC 2782), those of the lowest priority. */
    record Srv(String name) implements DiscoverySettings {}

    /** The lines of a file, {@code HOST:PORT [weight=N]}, read again when it changes. */
    record File(Path file) implements DiscoverySettings {}

    /** The values below a prefix of etcd (version 3), {@code HOST:PORT [weight=N]}, watched. */
    record Etcd(HostPort server, String prefix) implements DiscoverySettings {}

    Directive DISCOVER = Directive.of(
            "upstream",
            "discover dns|srv|file|etcd ARGUMENT...",
            "",
            "Servers found: dns NAME:PORT, srv NAME, file FILE, etcd HOST:PORT PREFIX; lines and values are HOST:PORT [weight=N].");

    List<Directive> DIRECTIVES = List.of(DISCOVER);

    /** @param folder what relative file names start from */
    static List<DiscoverySettings> from(Section section, Path folder) {
        List<DiscoverySettings> found = new ArrayList<>();
        for (Node node : section.all(DISCOVER)) {
            Optional<DiscoverySettings> one = one(node.arguments(), folder);
            if (one.isEmpty()) {
                section.refuse(
                        node.at(),
                        "This discover cannot be read.",
                        "Write: discover dns NAME:PORT; or srv NAME; or file FILE; or etcd HOST:PORT PREFIX;");
            }
            one.ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private static Optional<DiscoverySettings> one(List<Word> words, Path folder) {
        String kind = words.getFirst().text();
        String argument = words.size() > 1 ? words.get(1).text() : "";
        return switch (kind + " " + words.size()) {
            case "dns 2" -> HostPort.read(argument, HostPort.LOOPBACK, -1).map(Dns::new);
            case "srv 2" -> argument.matches("[A-Za-z0-9._-]+") ? Optional.of(new Srv(argument)) : Optional.empty();
            case "file 2" -> Optional.of(new File(folder.resolve(argument)));
            case "etcd 3" ->
                HostPort.read(argument, HostPort.LOOPBACK, 2379)
                        .map(server -> new Etcd(server, words.get(2).text()));
            default -> Optional.empty();
        };
    }
}
