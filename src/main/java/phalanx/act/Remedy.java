package phalanx.act;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What can be done, and nothing else: a closed list. A remedy names its target by what configuration and telemetry call it; nothing in it
 * is run, opened or interpreted. Immutable, any thread.
 */
public sealed interface Remedy {
    /** Which of the closed list it is, one word as it stands in policies: {@code drain}. */
    Kind kind();

    /** What is changed: one action at a time on each target. */
    String target();

    /** How much it can spoil. */
    default Risk risk() {
        return kind().risk();
    }

    /** The closed list. */
    enum Kind {
        WEIGHT("weight", Risk.LOW),
        DRAIN("drain", Risk.LOW),
        MARK_DOWN("mark-down", Risk.LOW),
        BALANCER("balancer", Risk.MEDIUM),
        RATE_LIMIT("rate-limit", Risk.MEDIUM),
        BAN("ban", Risk.MEDIUM),
        CIRCUIT_BREAKER("circuit-breaker", Risk.MEDIUM),
        TIME_LIMIT("time-limit", Risk.MEDIUM),
        CONFIGURE("configure", Risk.MEDIUM),
        ENLARGE("enlarge", Risk.MEDIUM),
        REVERT("revert", Risk.MEDIUM),
        RESTART("restart", Risk.MEDIUM),
        HOOK("hook", Risk.HIGH);

        private final String word;
        private final Risk risk;

        Kind(String word, Risk risk) {
            this.word = word;
            this.risk = risk;
        }

        /** As it is written in policies and logs. */
        public String word() {
            return word;
        }

        /** The kind of a word, empty for none that is known. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word.equals(word))
                    .findFirst();
        }

        /** How much a remedy of this kind can spoil. */
        public Risk risk() {
            return risk;
        }
    }

    /** Gives a server of an upstream another share of the requests. @param weight at least 0 */
    record Weight(String upstream, String server, int weight) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.WEIGHT;
        }

        @Override
        public String target() {
            return upstream + "/" + server;
        }
    }

    /** Gives a server no new requests; those under way end. */
    record Drain(String upstream, String server) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.DRAIN;
        }

        @Override
        public String target() {
            return upstream + "/" + server;
        }
    }

    /** Takes a server that does not answer out of its upstream. */
    record MarkDown(String upstream, String server) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.MARK_DOWN;
        }

        @Override
        public String target() {
            return upstream + "/" + server;
        }
    }

    /** Chooses the servers of an upstream in another way. @param algorithm as the configuration writes it */
    record Balancer(String upstream, String algorithm) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.BALANCER;
        }

        @Override
        public String target() {
            return upstream;
        }
    }

    /** Takes no more than so many requests a second at an address, of all clients, and refuses the rest. @param listen as the configuration writes it */
    record RateLimit(String listen, int requestsPerSecond) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.RATE_LIMIT;
        }

        @Override
        public String target() {
            return "listen " + listen;
        }
    }

    /**
     * Lets a client in no more, for a while.
     *
     * @param client its address, of IPv6 the first 64 bits, {@code /64} behind them
     * @param time an hour at most: what is longer is cut
     */
    record Ban(String client, Duration time) implements Remedy {
        private static final Duration LONGEST = Duration.ofHours(1);

        public Ban {
            time = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        }

        @Override
        public Kind kind() {
            return Kind.BAN;
        }

        @Override
        public String target() {
            return "client " + client;
        }
    }

    /** Asks a server no more after so many failures in a row, for a while. @param open seconds at first */
    record CircuitBreaker(String upstream, int failures, Duration open) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.CIRCUIT_BREAKER;
        }

        @Override
        public String target() {
            return upstream;
        }
    }

    /** Waits no longer than this for an answer at a route. */
    record TimeLimit(String route, Duration time) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.TIME_LIMIT;
        }

        @Override
        public String target() {
            return "route " + route;
        }
    }

    /**
     * Gives values in a configuration file of the repository other contents, by a merge request.
     *
     * @param file within the repository
     * @param changes JSON pointers (RFC 6901) and the values they get
     */
    record Configure(String file, List<Change> changes) implements Remedy {
        /** One value. @param value as JSON writes it */
        public record Change(String pointer, String value) {}

        public Configure {
            changes = List.copyOf(changes);
        }

        @Override
        public Kind kind() {
            return Kind.CONFIGURE;
        }

        @Override
        public String target() {
            return file;
        }
    }

    /** Makes a whole number in a configuration file so many times as large, by a merge request. @param times 2 to 10 */
    record Enlarge(String file, String pointer, int times) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.ENLARGE;
        }

        @Override
        public String target() {
            return file;
        }
    }

    /** Takes a commit back, by a merge request. @param commit its hash in full  @param file that it changed, the first of several */
    record Revert(String commit, String file) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.REVERT;
        }

        @Override
        public String target() {
            return file;
        }
    }

    /** Has an instance started anew, by a merge request that counts its generation on. @param pointer to the generation in the file */
    record Restart(String file, String instance, String pointer) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.RESTART;
        }

        @Override
        public String target() {
            return instance;
        }
    }

    /**
     * Runs one of the commands, or asks one of the addresses, that the user declared by name; off unless declared.
     *
     * @param instance empty where it is about a whole service
     * @param server of the proxy that the instance is; empty where it is none
     */
    record Hook(String name, String service, String instance, String server) implements Remedy {
        @Override
        public Kind kind() {
            return Kind.HOOK;
        }

        @Override
        public String target() {
            return instance.isEmpty() ? service : instance;
        }
    }
}
