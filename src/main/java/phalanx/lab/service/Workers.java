package phalanx.lab.service;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import phalanx.run.Jobs;

/** A fixed number of threads and a queue of limited length before them, first come, first served. Any thread. */
final class Workers {
    private final BlockingQueue<Runnable> waiting;

    /** @param queue how many may wait */
    Workers(int threads, int queue) {
        waiting = new ArrayBlockingQueue<>(queue);
        for (int i = 1; i <= threads; i++) {
            Jobs.assistant("worker-" + i, this::serve);
        }
    }

    /** False when too many wait. @param work catches what it throws */
    boolean offer(Runnable work) {
        return waiting.offer(work);
    }

    private void serve() {
        try {
            while (true) {
                waiting.take().run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
