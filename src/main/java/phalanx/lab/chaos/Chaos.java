package phalanx.lab.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import phalanx.lab.Marketplace;
import phalanx.run.NearestName;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Makes faults and takes them back. Any thread, one after another. */
public final class Chaos {
    /** There is no fault of that name. */
    public static final String UNKNOWN = "PHX-7003";

    private final Marketplace lab;
    private final List<Injection> injections = new ArrayList<>();

    public Chaos(Marketplace lab) {
        this.lab = lab;
    }

    /** A fault that was made and not taken back; a remedy may have healed it since. */
    public record Injection(String fault, long seed, Instant at, Fault.Made made) {}

    /** Makes a fault. @param seed says where, and how hard: the same seed, the same fault */
    public synchronized Outcome<Injection> inject(String name, long seed) {
        Optional<Fault> fault =
                FaultBook.ALL.stream().filter(one -> one.name().equals(name)).findFirst();
        if (fault.isEmpty()) {
            List<String> names = FaultBook.ALL.stream().map(Fault::name).toList();
            return Outcome.failed(new Problem(
                    UNKNOWN,
                    "There is no fault " + name + ".",
                    NearestName.to(name, names)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("There is: " + names.stream().collect(Collectors.joining(", ")) + ".")));
        }
        return fault.get().make(lab, new SplittableRandom(seed)).then(made -> {
            Injection injection = new Injection(name, seed, Instant.now(), made);
            injections.add(injection);
            return Outcome.ok(injection);
        });
    }

    public synchronized List<Injection> injections() {
        return List.copyOf(injections);
    }

    /** Takes all of them back, the newest first; the first problem is answered, and the others are taken back all the same. */
    public synchronized Outcome<Integer> clear() {
        Outcome<Integer> outcome = Outcome.ok(injections.size());
        for (Injection one : injections.reversed()) {
            if (one.made().undo().now() instanceof Outcome.Failed<String>(Problem problem)
                    && outcome instanceof Outcome.Ok<Integer>) {
                outcome = Outcome.failed(problem);
            }
        }
        injections.clear();
        return outcome;
    }
}
