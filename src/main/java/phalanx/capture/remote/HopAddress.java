package phalanx.capture.remote;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Where a capture point is, as people write it: {@code eth0}, {@code ssh://admin@web1:2222/eth0}, {@code agent://lb1:7373/eth1},
 * {@code push}. Immutable, any thread.
 */
public sealed interface HopAddress {
    /** It is not understood. */
    String WRONG = "PHX-1610";
    /** Where ssh listens (RFC 4253 section 4.1). */
    int SSH_PORT = 22;
    /** Where agents listen unless told otherwise. */
    int AGENT_PORT = 7373;

    /** An interface of this machine. */
    record Local(String device) implements HopAddress {
        @Override
        public String toString() {
            return device;
        }
    }

    /**
     * A machine that is reached by ssh.
     *
     * @param user empty for the one of this process
     * @param device its interface, empty where a machine is meant
     */
    record Ssh(String user, String host, int port, String device) implements HopAddress {
        @Override
        public String toString() {
            return "ssh://" + (user.isEmpty() ? "" : user + "@") + place(host, port, SSH_PORT, device);
        }
    }

    /** A machine on which a Phalanx waits as an agent. @param device its interface, empty where a machine is meant */
    record Agent(String host, int port, String device) implements HopAddress {
        @Override
        public String toString() {
            return "agent://" + place(host, port, AGENT_PORT, device);
        }
    }

    /** A machine whose agent comes here, and chooses the interface itself. */
    record Pushed() implements HopAddress {
        @Override
        public String toString() {
            return PUSH;
        }
    }

    /** The word for {@link Pushed}. */
    String PUSH = "push";

    /** The interface; empty where a machine is meant, or the agent chooses. */
    default String device() {
        return switch (this) {
            case Local(String device) -> device;
            case Ssh ssh -> ssh.device();
            case Agent agent -> agent.device();
            case Pushed _ -> "";
        };
    }

    /** Whether the interface is another machine's. */
    default boolean remote() {
        return !(this instanceof Local);
    }

    /** A capture point: an interface must be named. */
    static Outcome<HopAddress> parse(String text) {
        return machine(text)
                .then(address -> address.device().isEmpty() && !(address instanceof Pushed)
                        ? wrong(text, "names no interface")
                        : Outcome.ok(address));
    }

    /** A capture point or the machine alone, of which the interfaces are to be listed. */
    static Outcome<HopAddress> machine(String text) {
        if (text.equals(PUSH)) {
            return Outcome.ok(new Pushed());
        }
        int sign = text.indexOf("://");
        if (sign < 0) {
            return text.isBlank() ? wrong(text, "is empty") : Outcome.ok(new Local(text));
        }
        String scheme = text.substring(0, sign).toLowerCase(Locale.ROOT);
        if (!scheme.equals("ssh") && !scheme.equals("agent")) {
            return wrong(text, "begins with neither ssh:// nor agent://");
        }
        return Written.parse(text, text.substring(sign + 3), scheme.equals("ssh"));
    }

    private static String place(String host, int port, int usual, String device) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]")
                + (port == usual ? "" : ":" + port)
                + (device.isEmpty() ? "" : "/" + device);
    }

    private static Outcome<HopAddress> wrong(String text, String why) {
        return Outcome.failed(
                new Problem(
                        WRONG,
                        "\"" + ForeignText.name(text) + "\" is no address of a capture point: it " + why + ".",
                        "Write an interface of this machine (eth0), ssh://USER@HOST:PORT/INTERFACE, agent://HOST:PORT/INTERFACE, or push."));
    }

    /** {@code USER@HOST:PORT/INTERFACE}. Each part is what can be a name and nothing else: they become words of command lines. */
    final class Written {
        private static final Pattern PARTS = Pattern.compile(
                "(?:(?<user>[^@/]*)@)?(?:\\[(?<six>[^]/@]*)]|(?<host>[^:/@\\[\\]]*))(?::(?<port>[^/@:]*))?(?:/(?<device>.*))?",
                Pattern.DOTALL);
        private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\\\+-]{0,63}");
        private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");
        private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]{1,15})?");
        /** What may name an interface on the command line of another machine; no word that a tool takes for an option. */
        private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,63}");

        private Written() {}

        private static Outcome<HopAddress> parse(String whole, String text, boolean ssh) {
            Matcher parts = PARTS.matcher(text);
            if (!parts.matches()) {
                return wrong(whole, "is not of the form USER@HOST:PORT/INTERFACE");
            }
            String user = or(parts.group("user"), "");
            if (user.indexOf(':') >= 0) {
                return wrong(hidden(whole), "holds a password, which does not belong there");
            }
            if (parts.group("user") != null && (!ssh || !USER.matcher(user).matches())) {
                return wrong(whole, ssh ? "has a user that is no user's name" : "has a user, and an agent knows none");
            }
            String host = or(parts.group("six"), or(parts.group("host"), ""));
            if (!(parts.group("six") != null ? SIX : HOST).matcher(host).matches()) {
                return wrong(whole, "has a host that is no name or address");
            }
            int port = port(parts.group("port"), ssh ? SSH_PORT : AGENT_PORT);
            if (port < 0) {
                return wrong(whole, "has a port that is no number from 1 to 65535");
            }
            String device = or(parts.group("device"), "");
            if (!device.isEmpty() && !mayBe(device)) {
                return wrong(whole, "has an interface that can be none");
            }
            return Outcome.ok(ssh ? new Ssh(user, host, port, device) : new Agent(host, port, device));
        }

        /** Whether an interface can be called so. */
        static boolean mayBe(String device) {
            return DEVICE.matcher(device).matches();
        }

        private static String hidden(String whole) {
            return whole.replaceFirst("(://[^:@]*):[^@]*@", "$1:...@");
        }

        private static String or(@Nullable String text, String other) {
            return text == null ? other : text;
        }

        private static int port(@Nullable String text, int usual) {
            if (text == null) {
                return usual;
            }
            if (!text.matches("\\d{1,5}")) {
                return -1;
            }
            int port = Integer.parseInt(text);
            return port < 1 || port > 65_535 ? -1 : port;
        }
    }
}
