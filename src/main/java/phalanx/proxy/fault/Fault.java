package phalanx.proxy.fault;

import java.time.Duration;
import java.util.Optional;
import phalanx.config.Values;

/**
 * One fault, made for a share of requests. Any thread.
 *
 * @param percent of requests, 0 to 100
 * @param text as it was written
 */
public record Fault(Kind kind, double percent, String text) {
    /** What is done. */
    public sealed interface Kind {
        /** Waits before the request goes on, up to {@code jitter} longer by chance. */
        record Delay(Duration time, Duration jitter) implements Kind {}

        /** Answers with a status in the server's place. */
        record Abort(int status) implements Kind {}

        /** Resets the client's connection, or its stream, in place of an answer. */
        record Reset() implements Kind {}

        /** Cuts the answer's body off behind so many octets. */
        record Truncate(long octets) implements Kind {}

        /** Changes one octet of the answer's body in every so many. */
        record Corrupt(long every) implements Kind {}

        /** Sends the answer's body no faster than so many octets a second. */
        record Throttle(long octetsPerSecond) implements Kind {}

        /** Sends the answer's head, and its body only after a while. */
        record SlowBody(Duration time) implements Kind {}
    }

    static final String FORM =
            "delay TIME [jitter=TIME], abort STATUS, reset, truncate SIZE, corrupt SIZE, throttle SIZE or slow_body TIME, each with [percent=N]";

    /** Reads {@code delay 200ms jitter=50ms percent=10} and the like; empty for what is none. */
    public static Optional<Fault> read(String text) {
        String[] words = text.strip().split("\\s+", -1);
        double percent = 100;
        Duration jitter = Duration.ZERO;
        String argument = "";
        for (int i = 1; i < words.length; i++) {
            if (words[i].startsWith("percent=")) {
                Optional<Double> share = Values.decimal(words[i].substring(8), 0, 100);
                if (share.isEmpty()) {
                    return Optional.empty();
                }
                percent = share.get();
            } else if (words[i].startsWith("jitter=") && words[0].equals("delay")) {
                Optional<Duration> time = Values.time(words[i].substring(7));
                if (time.isEmpty()) {
                    return Optional.empty();
                }
                jitter = time.get();
            } else if (i == 1) {
                argument = words[i];
            } else {
                return Optional.empty();
            }
        }
        double share = percent;
        Duration spread = jitter;
        Optional<? extends Kind> kind = switch (words[0]) {
            case "delay" -> Values.time(argument).map(t -> new Kind.Delay(t, spread));
            case "abort" -> Values.number(argument, 200, 599).map(s -> new Kind.Abort(s.intValue()));
            case "reset" -> argument.isEmpty() ? Optional.of(new Kind.Reset()) : Optional.empty();
            case "truncate" -> Values.bytes(argument).map(Kind.Truncate::new);
            case "corrupt" -> Values.bytes(argument).filter(n -> n > 0).map(Kind.Corrupt::new);
            case "throttle" -> Values.bytes(argument).filter(n -> n > 0).map(Kind.Throttle::new);
            case "slow_body" -> Values.time(argument).map(Kind.SlowBody::new);
            default -> Optional.empty();
        };
        return kind.map(k -> new Fault(k, share, text.strip()));
    }
}
