package phalanx.lab.deploy;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Makes the lab what the branch says, within a quarter of a second of a push: checks a commit whole, then applies what changed. What
 * cannot be used changes nothing, and is told. Any thread.
 */
public final class Deployment implements AutoCloseable {
    private static final long LOOK_EVERY_MILLIS = 150;

    private final LabRepository repository;
    private final List<String> services;
    private final Target target;
    private final Thread watch;
    private final AtomicReference<State> state;
    private Desired applied;
    private volatile boolean over;

    /** What is deployed to. Calls come one after another, on the deployment's thread; what fails is told as a problem. */
    public interface Target {
        /** What is wrong with a configuration of the proxy; empty when it can be used. */
        Optional<Problem> check(String proxy);

        /** Takes a configuration of the proxy into force, or nothing of it. */
        Optional<Problem> proxy(String text);

        /** Has a service's instances be like this, of this commit. */
        Optional<Problem> settings(String service, ServiceSettings settings, String commit);

        /** Starts an instance anew. */
        Optional<Problem> restart(String instance);

        /** Makes the indexes of a service's databases anew. */
        Optional<Problem> indexes(String service);
    }

    /**
     * How far it is.
     *
     * @param seen the newest commit that was looked at
     * @param applied the commit in force
     * @param refused why the commit seen is not in force, empty when it is
     */
    public record State(String seen, String applied, Optional<Problem> refused) {}

    /** A commit, understood. */
    public record Desired(String commit, Map<String, ServiceSettings> services, String proxy) {
        public Desired {
            services = Map.copyOf(services);
        }

        public ServiceSettings of(String service) {
            return Objects.requireNonNull(services.get(service));
        }
    }

    /** Watches from now on. @param applied what is in force */
    public Deployment(LabRepository repository, Desired applied, Target target) {
        this.repository = repository;
        this.services = List.copyOf(applied.services().keySet());
        this.applied = applied;
        this.target = target;
        this.state = new AtomicReference<>(new State(applied.commit(), applied.commit(), Optional.empty()));
        this.watch = Jobs.assistant("lab deployment", this::watch);
    }

    public State state() {
        return Objects.requireNonNull(state.get());
    }

    /** Understands a commit. */
    public static Outcome<Desired> desired(LabRepository.Snapshot snapshot, List<String> services) {
        Map<String, ServiceSettings> all = new LinkedHashMap<>();
        for (String service : services) {
            String path = "deploy/" + service + ".json";
            String text = snapshot.files().get(path);
            if (text == null) {
                return missing(path, snapshot.id());
            }
            switch (ServiceSettings.read(path, text)) {
                case Outcome.Ok<ServiceSettings>(ServiceSettings read) -> all.put(service, read);
                case Outcome.Failed<ServiceSettings>(Problem problem) -> {
                    return Outcome.failed(problem);
                }
            }
        }
        String proxy = snapshot.files().get("deploy/proxy.conf");
        return proxy == null
                ? missing("deploy/proxy.conf", snapshot.id())
                : Outcome.ok(new Desired(snapshot.id(), all, proxy));
    }

    private static Outcome<Desired> missing(String path, String commit) {
        return Outcome.failed(new Problem(
                ServiceSettings.REFUSED,
                path + " is not in commit " + commit.substring(0, 12) + ".",
                "What was deployed before stays in force; push a commit that has it."));
    }

    private void watch() {
        while (!over) {
            try {
                look();
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (IOException e) {
                refuse(
                        state().seen(),
                        new Problem(
                                ServiceSettings.REFUSED,
                                "The lab's repository " + repository.folder() + " cannot be read (" + e.getMessage()
                                        + ").",
                                "What was deployed before stays in force; see that the folder can be read."));
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void look() throws IOException {
        Optional<String> head = repository.head();
        if (head.isEmpty() || head.get().equals(state().seen())) {
            return;
        }
        switch (desired(repository.at(head.get()), services)) {
            case Outcome.Failed<Desired>(Problem problem) -> refuse(head.get(), problem);
            case Outcome.Ok<Desired>(Desired next) -> {
                Optional<Problem> wrong = calls(next).or(() -> target.check(next.proxy()));
                if (wrong.isPresent()) {
                    refuse(head.get(), wrong.get());
                } else {
                    apply(next);
                }
            }
        }
    }

    /** A service that lacks a call it cannot do without. */
    private Optional<Problem> calls(Desired next) {
        for (String service : services) {
            for (String called : applied.of(service).calls().keySet()) {
                if (next.of(service).call(called).isEmpty()) {
                    return Optional.of(new Problem(
                            ServiceSettings.REFUSED,
                            "deploy/" + service + ".json has no calls." + called + ".",
                            "What was deployed before stays in force; the service cannot do without it."));
                }
            }
        }
        return Optional.empty();
    }

    private void refuse(String commit, Problem why) {
        System.getLogger("phalanx.lab").log(System.Logger.Level.WARNING, why::toString);
        state.set(new State(commit, applied.commit(), Optional.of(why)));
    }

    /** The proxy first: it alone can still refuse. */
    private void apply(Desired next) {
        if (!next.proxy().equals(applied.proxy())) {
            Optional<Problem> refused = target.proxy(next.proxy());
            if (refused.isPresent()) {
                refuse(next.commit(), refused.get());
                return;
            }
        }
        Problem told = null;
        for (String service : services) {
            told = first(told, target.settings(service, next.of(service), next.commit()));
            if (next.of(service).schemaGeneration() > applied.of(service).schemaGeneration()) {
                told = first(told, target.indexes(service));
            }
        }
        Desired before = applied;
        applied = next;
        for (String service : services) {
            for (Map.Entry<String, Integer> one : next.of(service).generations().entrySet()) {
                if (one.getValue() > before.of(service).generations().getOrDefault(one.getKey(), 1)) {
                    told = first(told, target.restart(one.getKey()));
                }
            }
        }
        state.set(new State(next.commit(), next.commit(), Optional.ofNullable(told)));
    }

    private static @Nullable Problem first(@Nullable Problem before, Optional<Problem> now) {
        return before != null ? before : now.orElse(null);
    }

    @Override
    public void close() {
        over = true;
        watch.interrupt();
    }
}
