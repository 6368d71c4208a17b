package phalanx.agents.bus;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import phalanx.run.ForeignText;

/** A broker that may be away: then it is asked again at growing intervals, and that is told, as is its return. Any thread. */
final class Broker {
    private static final System.Logger LOG = System.getLogger("phalanx.agents");
    private static final Duration FIRST = Duration.ofMillis(200), LONGEST = Duration.ofSeconds(10);
    private static final double TWICE = 2, HALF = 0.5;

    private final CircuitBreaker breaker;
    private volatile String why = "";

    Broker(String name) {
        // one failure opens it: a line is there or is not
        breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(1)
                        .minimumNumberOfCalls(1)
                        .failureRateThreshold(100)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST, TWICE, HALF, LONGEST))
                        .build());
        breaker.getEventPublisher().onStateTransition(change -> {
            switch (change.getStateTransition()) {
                case CLOSED_TO_OPEN ->
                    LOG.log(System.Logger.Level.WARNING, "The bus {0} is away ({1}); messages wait for it.", name, why);
                case HALF_OPEN_TO_CLOSED -> LOG.log(System.Logger.Level.INFO, "The bus {0} is there again.", name);
                default -> {
                    // asked again
                }
            }
        });
    }

    /** Waits until it may be asked. @return whether it answered */
    boolean ask(Runnable question) throws InterruptedException {
        while (!breaker.tryAcquirePermission()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        long from = System.nanoTime();
        try {
            question.run();
            breaker.onSuccess(System.nanoTime() - from, TimeUnit.NANOSECONDS);
            return true;
        } catch (RuntimeException e) { // as the libraries tell of lines that are cut
            why = ForeignText.name(told(e));
            breaker.onError(System.nanoTime() - from, TimeUnit.NANOSECONDS, e);
            return false;
        }
    }

    /** The failure and what it comes from: that a certificate is not accepted stands below that no line was made. */
    private static String told(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String says = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        String cause = String.valueOf(root.getMessage());
        return says.contains(cause) ? says : says + ", for " + cause;
    }

    boolean away() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }
}
