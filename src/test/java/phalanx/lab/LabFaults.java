package phalanx.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.chaos.Fault;
import phalanx.lab.chaos.FaultBook;
import phalanx.lab.load.Objective;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Every fault with every seed, and what heals it: {@code .ci/lab-faults} runs it, the build does not. Prints how long each took to break
 * the objective, and how long its remedy took to have it kept over three whole seconds.
 */
class LabFaults {
    private static final Duration HURTS_WITHIN = Duration.ofSeconds(12), HEALS_WITHIN = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @Test
    void each_fault_breaks_the_objective_and_its_remedy_has_it_kept_again() throws Exception {
        long seeds = Long.getLong("phalanx.lab.seeds", 3);
        List<String> only =
                Arrays.asList(System.getProperty("phalanx.lab.faults", "").split(",", -1));
        List<String> failed = new ArrayList<>();
        try (Marketplace lab = started(folder, "")) {
            Map<String, String> files =
                    lab.repository().at(lab.repository().head().orElseThrow()).files();
            Chaos chaos = new Chaos(lab);
            Remedies remedies = new Remedies(lab);
            System.out.printf(
                    "%-20s %4s %-10s %-32s %8s %8s  %s%n",
                    "fault", "seed", "where", "how", "hurt s", "heal s", "remedy");
            for (Fault fault : FaultBook.ALL) {
                for (long seed = 1; seed <= seeds && (only.contains("") || only.contains(fault.name())); seed++) {
                    until(lab, true, HEALS_WITHIN);
                    Chaos.Injection injection = injected(chaos, fault.name(), seed);
                    double hurt = until(lab, false, HURTS_WITHIN);
                    Thread.sleep(fault.name().equals("retry-storm") ? 16_000 : 3000);
                    if (Objective.USUAL.kept(lab.load().window(2))) {
                        hurt = -1; // it was chance, or it went by itself
                    }
                    double heal = -1;
                    String remedy = "";
                    if (hurt >= 0) {
                        remedy = remedies.heal(injection);
                        heal = until(lab, true, HEALS_WITHIN);
                    }
                    System.out.printf(
                            "%-20s %4d %-10s %-32.32s %8.1f %8.1f  %s%n",
                            fault.name(),
                            seed,
                            injection.made().where(),
                            injection.made().detail(),
                            hurt,
                            heal,
                            remedy);
                    if (hurt < 0 || heal < 0) {
                        failed.add(fault.name() + " " + seed);
                    }
                    chaos.clear();
                    remedies.takeBack(files);
                }
            }
        }
        assertEquals(List.of(), failed);
    }

    static Marketplace started(Path folder, String collector) {
        return switch (Marketplace.start(
                new Marketplace.Settings(folder, Marketplace.Settings.USUAL_RATE, 1, collector))) {
            case Outcome.Ok<Marketplace>(Marketplace lab) -> lab;
            case Outcome.Failed<Marketplace>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    static Chaos.Injection injected(Chaos chaos, String fault, long seed) {
        return switch (chaos.inject(fault, seed)) {
            case Outcome.Ok<Chaos.Injection>(Chaos.Injection injection) -> injection;
            case Outcome.Failed<Chaos.Injection>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    /** Waits until the objective is kept over three seconds, or broken in the last one. @return seconds; -1 when it did not come */
    static double until(Marketplace lab, boolean kept, Duration longest) throws InterruptedException {
        long from = System.nanoTime();
        while (System.nanoTime() - from < longest.toNanos()) {
            Thread.sleep(100);
            if (Objective.USUAL.kept(lab.load().window(kept ? 3 : 1)) == kept) {
                return (System.nanoTime() - from) / 1e9;
            }
        }
        return -1;
    }
}
