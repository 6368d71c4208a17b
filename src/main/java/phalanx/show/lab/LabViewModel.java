package phalanx.show.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import phalanx.agents.Steering;
import phalanx.lab.LabStatus;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.load.LoadWindow;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Told;
import phalanx.show.Words;

/** The lab of the desk. Screen thread; what takes long is done elsewhere, one order at a time. */
public final class LabViewModel {
    /** Seconds that charts show. */
    static final int SECONDS = 120;

    private static final Words WORDS = Words.of("lab");

    private final Jobs jobs;
    private final ReadOnlyObjectWrapper<@Nullable LabRun> running = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Steering> agents = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Picture> picture = new ReadOnlyObjectWrapper<>(Picture.NOTHING);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private LabRun.@Nullable Starter starter;
    private boolean looking;
    private boolean closed;

    /**
     * The lab at a moment.
     *
     * @param status null while none runs
     * @param seconds of what customers got, oldest first
     * @param broken what was broken here and not taken back
     */
    public record Picture(@Nullable LabStatus status, List<LoadWindow> seconds, List<Chaos.Injection> broken) {
        static final Picture NOTHING = new Picture(null, List.of(), List.of());

        public Picture {
            seconds = List.copyOf(seconds);
            broken = List.copyOf(broken);
        }

        Picture and(LabStatus next, List<Chaos.Injection> injections) {
            List<LoadWindow> more = new ArrayList<>(seconds);
            more.add(next.lastSecond());
            return new Picture(next, more.subList(Math.max(0, more.size() - SECONDS), more.size()), injections);
        }
    }

    public LabViewModel(Jobs jobs) {
        this.jobs = jobs;
        message.set(WORDS.get("nothing"));
    }

    /** Names who starts labs; before the first is started. */
    public void starts(LabRun.Starter by) {
        starter = by;
    }

    /** The lab at work, null while none is. */
    public ReadOnlyObjectProperty<@Nullable LabRun> running() {
        return running.getReadOnlyProperty();
    }

    /** Its agents, null while none watch it. */
    public ReadOnlyObjectProperty<@Nullable Steering> agents() {
        return agents.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Picture> picture() {
        return picture.getReadOnlyProperty();
    }

    /** Whether an order is being carried out. */
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** What happened last, in one line. */
    public ReadOnlyStringProperty message() {
        return message.getReadOnlyProperty();
    }

    private <T> void order(String name, Supplier<Outcome<T>> work, Consumer<T> done) {
        if (busy.get()) {
            return;
        }
        busy.set(true);
        jobs.<T>start(name, _ -> work.get(), _ -> {}, outcome -> {
            busy.set(false);
            switch (outcome) {
                case Outcome.Ok<T>(T value) -> done.accept(value);
                case Outcome.Failed<T>(Problem problem) ->
                    message.set(Told.problem(problem).toString());
            }
        });
    }

    /** Starts a lab, and agents that watch it where that is wanted. */
    public void start(boolean watched) {
        LabRun.Starter by = starter;
        if (by == null || running.get() != null) {
            return;
        }
        message.set(WORDS.get("starting"));
        order("start the lab", by::start, lab -> {
            if (closed) {
                end(lab);
                return;
            }
            running.set(lab);
            message.set(WORDS.get("serving"));
            look();
            if (watched) {
                watch(true);
            }
        });
    }

    /** Ends the lab and its agents. */
    public void stop() {
        LabRun lab = running.get();
        if (lab == null || busy.get()) {
            return;
        }
        forget();
        message.set(WORDS.get("stopping"));
        order(
                "stop the lab",
                () -> {
                    lab.close();
                    return Outcome.ok(true);
                },
                _ -> message.set(WORDS.get("stopped")));
    }

    private void forget() {
        agents.set(null);
        running.set(null);
        picture.set(Picture.NOTHING);
    }

    /** Has agents watch, or ends them. */
    public void watch(boolean wanted) {
        LabRun lab = running.get();
        if (lab == null || wanted == (agents.get() != null)) {
            return;
        }
        if (wanted) {
            message.set(WORDS.get("agents.starting"));
            order("start the agents", lab::startAgents, steering -> {
                agents.set(steering);
                message.set(WORDS.get("agents.on"));
            });
        } else {
            agents.set(null);
            order(
                    "stop the agents",
                    () -> {
                        lab.stopAgents();
                        return Outcome.ok(true);
                    },
                    _ -> message.set(WORDS.get("agents.off")));
        }
    }

    /** Breaks something, by chance where and how hard. */
    public void inject(String fault) {
        LabRun lab = running.get();
        if (lab != null) {
            long seed = new SplittableRandom().nextInt(1_000_000);
            order("break the lab", () -> lab.inject(fault, seed), made -> {
                message.set(WORDS.get("injected", made.fault(), made.made().where(), Long.toString(made.seed())));
                look();
            });
        }
    }

    /** Takes back all that was broken. */
    public void clear() {
        LabRun lab = running.get();
        if (lab != null) {
            order("mend the lab", lab::clear, count -> {
                message.set(WORDS.get("cleared", count));
                look();
            });
        }
    }

    /** Looks how it is; while that is being done, nothing. */
    public void look() {
        LabRun lab = running.get();
        if (lab == null || looking) {
            return;
        }
        looking = true;
        record Look(LabStatus status, List<Chaos.Injection> broken) {}
        jobs.<Look>start("look at the lab", _ -> Outcome.ok(new Look(lab.status(), lab.broken())), _ -> {}, outcome -> {
            looking = false;
            if (outcome instanceof Outcome.Ok<Look>(Look seen) && lab.equals(running.get())) {
                picture.set(picture.get().and(seen.status(), seen.broken()));
            }
        });
    }

    private void end(LabRun lab) {
        jobs.<Boolean>start(
                "stop the lab",
                _ -> {
                    lab.close();
                    return Outcome.ok(true);
                },
                _ -> {},
                _ -> {});
    }

    /** Ends the lab before the desk goes; waits for its processes. */
    public void close() {
        closed = true;
        Optional.ofNullable(running.get()).ifPresent(lab -> {
            forget();
            lab.close();
        });
    }
}
