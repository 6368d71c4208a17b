package phalanx.proxy.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.transport.Worker;

/** What is counted of a whole proxy. Any thread; times are recorded on the event loops, each in a recorder of its own. */
public final class ProxyMetrics {
    private static final long LONGEST_MICROS = 3_600_000_000L;

    final LongAdder connections = new LongAdder();
    final LongAdder connectionsAccepted = new LongAdder();
    final LongAdder active = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder denied = new LongAdder();
    final LongAdder tooLong = new LongAdder();
    final LongAdder limited = new LongAdder();
    final LongAdder requestBytes = new LongAdder();
    final LongAdder responseBytes = new LongAdder();
    final LongAdder[] classes = new LongAdder[6];
    final LongAdder leaks = new LongAdder();
    final LongAdder clientGone = new LongAdder();
    private final LongAdder logLinesLost = new LongAdder();
    private final LongAdder spansDropped = new LongAdder();
    private final List<SingleWriterRecorder> recorders = new ArrayList<>();
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);

    public ProxyMetrics(int workers) {
        for (int i = 0; i < workers; i++) {
            recorders.add(new SingleWriterRecorder(LONGEST_MICROS, 3));
        }
        for (int i = 0; i < classes.length; i++) {
            classes[i] = new LongAdder();
        }
    }

    /** A connection was accepted (1) or has ended (-1). */
    public void connection(int change) {
        connections.add(change);
        if (change > 0) {
            connectionsAccepted.increment();
        }
    }

    /** A connection was closed unread. */
    public void dropped() {
        dropped.increment();
    }

    /** A message was refused before it became an exchange. */
    public void refused() {
        refused.increment();
    }

    /** Lines of logs left out because the disk could not keep up or refused them. */
    public LongAdder logLinesLost() {
        return logLinesLost;
    }

    /** Exchanges whose spans nobody took. */
    public LongAdder spansDropped() {
        return spansDropped;
    }

    /** An exchange begins. */
    public void begin() {
        active.increment();
    }

    /** Exchanges under way. */
    public long active() {
        return active.sum();
    }

    /** Client connections that are open. */
    public long connections() {
        return connections.sum();
    }

    /** An exchange is over. On its event loop. */
    public void over(Exchange exchange) {
        active.decrement();
        requests.increment();
        requestBytes.add(exchange.requestBytes());
        responseBytes.add(exchange.responseBytes());
        if (exchange.leaked()) {
            leaks.increment();
        }
        if (exchange.status() == 499) {
            clientGone.increment();
        } else {
            classes[Math.clamp(exchange.status() / 100, 0, 5)].increment();
        }
        Failure failure = exchange.failure();
        if (failure != null && failure.isDenied()) {
            (switch (failure.status()) {
                        case 429 -> limited;
                        case 413 -> tooLong;
                        default -> denied;
                    })
                    .increment();
        }
        Worker worker = exchange.worker();
        long micro = (exchange.times().end - exchange.times().start) / 1000;
        recorders.get(worker.index()).recordValue(Math.clamp(micro, 0, LONGEST_MICROS));
    }

    /** A copy of the times of all requests so far, in microseconds. */
    synchronized Histogram micros() {
        for (SingleWriterRecorder recorder : recorders) {
            micros.add(recorder.getIntervalHistogram());
        }
        return micros.copy();
    }
}
