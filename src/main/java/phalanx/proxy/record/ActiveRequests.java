package phalanx.proxy.record;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.transport.Worker;

/** The requests under way. Each is noted on its event loop; reading asks the loops, from any other thread. */
public final class ActiveRequests {
    private static final long PATIENCE_MILLIS = 1000;

    private final List<Worker> workers;
    private final List<Set<Exchange>> exchanges = new ArrayList<>();

    public ActiveRequests(List<Worker> workers) {
        this.workers = List.copyOf(workers);
        workers.forEach(_ -> exchanges.add(Collections.newSetFromMap(new IdentityHashMap<>())));
    }

    /** A request begins. */
    public void begin(Exchange exchange) {
        exchanges.get(exchange.worker().index()).add(exchange);
    }

    /** It is over. */
    public void end(Exchange exchange) {
        exchanges.get(exchange.worker().index()).remove(exchange);
    }

    /**
     * Those under way, the oldest first. Not from an event loop: waits for each, up to a second, and leaves out those of a loop that did
     * not answer.
     */
    public List<RequestRecord> now(int most) {
        List<Future<List<RequestRecord>>> asked = new ArrayList<>();
        for (Worker worker : workers) {
            Callable<List<RequestRecord>> read = () -> exchanges.get(worker.index()).stream()
                    .limit(most)
                    .map(RequestRecord::of)
                    .toList();
            asked.add(worker.loop().submit(read));
        }
        List<RequestRecord> found = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        for (Future<List<RequestRecord>> answer : asked) {
            try {
                found.addAll(answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return found;
            } catch (ExecutionException | TimeoutException _) {
                // a loop that is busy or has ended
            }
        }
        found.sort(Comparator.comparingLong(RequestRecord::startMillis));
        return found.size() > most ? found.subList(0, most) : found;
    }
}
