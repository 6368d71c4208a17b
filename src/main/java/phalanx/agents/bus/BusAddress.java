package phalanx.agents.bus;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Where a bus is: {@code kafka://HOST:PORT/TOPIC} or {@code redis://HOST:PORT/STREAM}, {@code kafkas} and {@code rediss} over TLS. Plain
 * only to this machine: who can write to the bus can make the agents act. Immutable, any thread.
 *
 * @param name of the topic or stream, which one loop alone uses
 * @param login how Kafka checks the password, as RFC 4422 names it
 */
public record BusAddress(Kind kind, String host, int port, String name, boolean tls, String login) {
    /** The bus cannot be used. */
    public static final String REFUSED = "PHX-1904";

    private static final List<String> LOGINS = List.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");

    /** Whose broker it is. */
    public enum Kind {
        KAFKA(9092),
        REDIS(6379);

        private final int port;

        Kind(int port) {
            this.port = port;
        }
    }

    /** Reads it. @return failed with {@link #REFUSED} */
    public static Outcome<BusAddress> read(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException _) {
            return refused("The bus is written as no address.");
        }
        if (uri.getRawUserInfo() != null) {
            return refused(
                    "The address of the bus holds a name or a password, which everybody on this machine can read.");
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
        Optional<Kind> kind = switch (scheme) {
            case "kafka", "kafkas" -> Optional.of(Kind.KAFKA);
            case "redis", "rediss" -> Optional.of(Kind.REDIS);
            default -> Optional.empty();
        };
        String host = Optional.ofNullable(uri.getHost()).orElse("");
        String name = Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("^/", "");
        String login = Optional.ofNullable(uri.getRawQuery())
                .map(query -> query.replaceFirst("^login=", "").toUpperCase(Locale.ROOT))
                .orElse(LOGINS.getFirst());
        if (kind.isEmpty() || host.isEmpty() || !name.matches("[A-Za-z0-9._-]{1,200}") || !LOGINS.contains(login)) {
            return refused("The bus is written as no address that is understood.");
        }
        boolean tls = scheme.equals("kafkas") || scheme.equals("rediss");
        if (!tls && !host.matches("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]")) {
            return refused("The bus is on another machine, and the line to it is not protected.");
        }
        int port = uri.getPort() < 0 ? kind.get().port : uri.getPort();
        return Outcome.ok(new BusAddress(kind.get(), host, port, name, tls, login));
    }

    static <T> Outcome<T> refused(String what) {
        return Outcome.failed(new Problem(
                REFUSED,
                what,
                "Write kafka://127.0.0.1:9092/TOPIC or redis://127.0.0.1:6379/STREAM, kafkas:// or rediss:// for TLS; the password comes from"
                        + " PHALANX_BUS_PASSWORD or the file that PHALANX_BUS_PASSWORD_FILE names, certificates of an authority of your own"
                        + " from the file that PHALANX_BUS_CA names."));
    }

    String server() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + (tls ? "s" : "") + "://" + server() + "/" + name;
    }
}
