package phalanx.run;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that is made anew in the background again and again, one at a time; of what is asked for meanwhile only the last is made. For
 * one asker: the thread that {@link Jobs} brings results back to.
 */
public final class Renewal<T> {
    private final Jobs jobs;
    private final String name;
    private final Consumer<Outcome<T>> done;
    private Jobs.Handle running = () -> {};
    private boolean underWay;
    private @Nullable Function<Progress, Outcome<T>> wanted;
    private int asked;

    /** @param name of the jobs  @param done told of each result but those that were given up */
    public Renewal(Jobs jobs, String name, Consumer<Outcome<T>> done) {
        this.jobs = jobs;
        this.name = name;
        this.done = done;
    }

    /** Makes it, giving up what is under way. */
    public void now(Function<Progress, Outcome<T>> work) {
        giveUp();
        start(work);
    }

    /** Makes it behind what is under way, in place of what else waits for that: however often it is asked for, something gets done. */
    public void next(Function<Progress, Outcome<T>> work) {
        if (underWay) {
            wanted = work;
        } else {
            start(work);
        }
    }

    /** Wants nothing of what was asked for any more. */
    public void giveUp() {
        running.cancel();
        asked++;
        underWay = false;
        wanted = null;
    }

    private void start(Function<Progress, Outcome<T>> work) {
        int ask = ++asked;
        underWay = true;
        running = jobs.<T>start(name, work, _ -> {}, outcome -> {
            if (ask == asked) {
                underWay = false;
                Function<Progress, Outcome<T>> more = wanted;
                wanted = null;
                done.accept(outcome);
                if (more != null && !underWay) {
                    start(more);
                }
            }
        });
    }
}
