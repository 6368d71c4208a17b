package phalanx.act.git;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Repository;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * A repository that is left alone for growing times when it fails again and again (Nygard, Release It, 2007: circuit breaker). Any thread.
 */
final class GuardedRepository implements AutoCloseable {
    private static final int FAILURES = 5;
    private static final System.Logger LOG = System.getLogger("phalanx.act");

    private final Repository repository;
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "repository",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(FAILURES)
                    .minimumNumberOfCalls(FAILURES)
                    .failureRateThreshold(100)
                    .permittedNumberOfCallsInHalfOpenState(1)
                    .waitIntervalFunctionInOpenState(
                            IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1)))
                    .build());

    GuardedRepository(Repository repository) {
        this.repository = repository;
        breaker.getEventPublisher().onStateTransition(change -> {
            switch (change.getStateTransition()) {
                case CLOSED_TO_OPEN ->
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "The repository fails; the agents leave it alone for a while.");
                case HALF_OPEN_TO_CLOSED -> LOG.log(System.Logger.Level.INFO, "The repository can be used again.");
                default -> {
                    // tried again
                }
            }
        });
    }

    static <T> Outcome<T> refused(String what) {
        return Outcome.failed(new Problem(
                ConfigRepository.REFUSED,
                what,
                "Look at the repository; its main branch stays as it was, and so does what is deployed."));
    }

    /** Work on the repository. */
    @FunctionalInterface
    interface Work<T> {
        Outcome<T> with(CommitReader commits) throws IOException;
    }

    /** Work that nothing else in the repository is done beside. */
    synchronized <T> Outcome<T> on(Work<T> work) {
        return beside(work);
    }

    /** Work that others need not wait for, such as that with another machine. */
    <T> Outcome<T> beside(Work<T> work) {
        if (!breaker.tryAcquirePermission()) {
            return refused("The repository could not be used several times in a row, and is left alone for a while.");
        }
        long from = System.nanoTime();
        try (CommitReader commits = new CommitReader(repository)) {
            Outcome<T> came = work.with(commits);
            breaker.onSuccess(System.nanoTime() - from, TimeUnit.NANOSECONDS);
            return came;
        } catch (IOException | RuntimeException e) { // JGit tells of damaged objects by both
            breaker.onError(System.nanoTime() - from, TimeUnit.NANOSECONDS, e);
            return refused("The repository could not be used (" + e.getMessage() + ").");
        }
    }

    @Override
    public synchronized void close() {
        repository.close();
    }
}
