package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.agents.cause.Cause;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.Signal;
import phalanx.casefile.Case;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.lab.Layout;
import phalanx.lab.Marketplace;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.chaos.Fault;
import phalanx.lab.chaos.FaultBook;
import phalanx.lab.load.LoadWindow;
import phalanx.run.Outcome;
import phalanx.telemetry.OtlpLimits;
import phalanx.telemetry.OtlpReceiver;

/**
 * The agents in the lab, which they know nothing of but what everybody sees: every fault with every seed. Prints what they found, what they
 * did, and how long each step took. {@code .ci/agents} runs it, the build does not.
 */
class LabRun {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    static final Map<String, Cause> TRUTH = Map.ofEntries(
            Map.entry("pool-exhausted", Cause.POOL_EXHAUSTED),
            Map.entry("slow-query", Cause.SLOW_QUERY),
            Map.entry("dependency-timeout", Cause.DEPENDENCY_TIMEOUT),
            Map.entry("http-500", Cause.SERVER_ERRORS),
            Map.entry("memory-leak", Cause.MEMORY_LEAK),
            Map.entry("cpu-burn", Cause.CPU_SATURATED),
            Map.entry("bad-deploy", Cause.BAD_DEPLOY),
            Map.entry("dead-backend", Cause.DEAD_BACKEND),
            Map.entry("retry-storm", Cause.RETRY_STORM),
            Map.entry("dns-failure", Cause.DNS_FAILURE),
            Map.entry("network-delay", Cause.NETWORK_DELAY),
            Map.entry("network-loss", Cause.NETWORK_LOSS));

    @TempDir
    Path folder;

    private final List<Message> steps = new CopyOnWriteArrayList<>();
    /** When each step was told. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    private int actions;
    private int takenBack;
    private int harmful;

    private Case kept() {
        CaseStore store = new CaseStore("lab", null);
        value(store.write(
                folder.resolve("case"),
                new CaseFile(CaseFile.VERSION, List.of(), List.of(), List.of(), Map.of(), null)));
        return value(store.open(folder.resolve("case")));
    }

    static TrustPolicy policy() {
        return TrustPolicy.parse("trust_policy.json", """
                {"schema": "phalanx.trust-policy/1", "environments": {"lab": {
                  "mode": "act", "cooldown_seconds": 1, "longest_cooldown_seconds": 8, "actions_per_hour": 10000, "respect_budget": false}}}""").value().orElseThrow();
    }

    static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome.toString());
    }

    @Test
    void each_fault_is_found_and_healed() throws Exception {
        long seeds = Long.getLong("phalanx.lab.seeds", 1);
        int rounds = Integer.getInteger("phalanx.lab.rounds", 1);
        List<String> only =
                Arrays.asList(System.getProperty("phalanx.lab.faults", "").split(",", -1));
        int healed = 0;
        int all = 0;
        List<String> wrong = new ArrayList<>();
        OtlpReceiver otlp =
                value(OtlpReceiver.start("127.0.0.1", 0, 0, folder.resolve("otlp.jsonl"), OtlpLimits.USUAL));
        try (Marketplace lab = value(Marketplace.start(new Marketplace.Settings(
                folder.resolve("lab"), 40, 1, "127.0.0.1:" + otlp.http().getPort())))) {
            Chaos chaos = new Chaos(lab);
            var read = Inventory.parse("inventory.json", lab.layout().inventory());
            Site site = new Site(
                    lab.proxy(),
                    folder.resolve("lab/repository.git"),
                    Layout.PROXY,
                    read.value()
                            .orElseThrow(() -> new AssertionError(read.faults().toString())),
                    List.of(
                            new Objective(Subject.EDGE, Measure.ERRORS, 0.01),
                            new Objective(Subject.EDGE, Measure.P99, 400)),
                    policy(),
                    "lab",
                    kept());
            Map<String, String> files =
                    lab.repository().at(lab.repository().head().orElseThrow()).files();
            try (Agents agents = value(Agents.start(site, Means.OWN, this::shown))) {
                otlp.store().tell(agents::take);
                Thread.sleep(20_000);
                well(lab);
                System.out.printf(
                        "%-20s %4s %-10s | %-40s %-40s | %6s %7s %6s %s%n",
                        "fault", "seed", "where", "found", "remedy", "detect", "decide", "healed", "ending");
                for (int round = 0; round < rounds; round++) {
                    for (Fault fault : FaultBook.ALL) {
                        for (long seed = 1;
                                seed <= seeds && (only.contains("") || only.contains(fault.name()));
                                seed++) {
                            all++;
                            healed += run(chaos, agents, fault.name(), seed, wrong) ? 1 : 0;
                            chaos.clear();
                            String begun = steps.stream()
                                    .filter(Message.Begun.class::isInstance)
                                    .map(step -> ((Message.Begun) step).proposal())
                                    .reduce((_, last) -> last)
                                    .orElse("lab");
                            takeBack(lab, files, begun);
                            Thread.sleep(8_000);
                            well(lab);
                        }
                    }
                }
            }
        } finally {
            otlp.close();
        }
        System.out.println(healed + " of " + all + " healed; " + actions + " actions, " + takenBack
                + " of them taken back, " + harmful + " made it worse; wrong cause: " + wrong);
        assertEquals(all, healed);
    }

    /** Waits until customers have been well for a while, a minute at most. */
    private static void well(Marketplace lab) throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            LoadWindow last = lab.load().window(6);
            if (last.errors() == 0 && last.p99Millis() < 400) {
                return;
            }
            Thread.sleep(1_000);
        }
    }

    private void shown(Message step) {
        told.put(step.key(), System.nanoTime());
        steps.add(step);
        if (Boolean.getBoolean("phalanx.lab.steps")) {
            System.out.println("   " + MessageJson.write(step));
        }
    }

    private boolean run(Chaos chaos, Agents agents, String fault, long seed, List<String> wrong) throws Exception {
        for (int i = 0; i < 60 && agents.busy(); i++) {
            Thread.sleep(1_000);
        }
        steps.clear();
        long from = System.nanoTime();
        Instant at = Instant.now();
        Chaos.Injection injection = value(chaos.inject(fault, seed));
        while (System.nanoTime() - from < LONGEST.toNanos() && steps.stream().noneMatch(step -> over(step))) {
            Thread.sleep(100);
        }
        actions += (int) steps.stream().filter(Message.Acted.class::isInstance).count();
        takenBack +=
                (int) steps.stream().filter(Message.TakenBack.class::isInstance).count();
        harmful += (int) steps.stream()
                .filter(step ->
                        step instanceof Message.Verified(var _, var _, var _, boolean healed, List<Figure> after)
                                && !healed
                                && worse(after))
                .count();
        String found = steps.stream()
                .filter(Message.Proposed.class::isInstance)
                .map(step -> ((Message.Proposed) step).proposal())
                .map(one -> one.by().word() + " " + one.hypothesis().cause().word() + "@"
                        + one.hypothesis().place()
                        + String.format(Locale.ROOT, " %.2f", one.hypothesis().confidence()))
                .collect(Collectors.joining(", "));
        String remedy = steps.stream()
                .filter(Message.Proposed.class::isInstance)
                .map(step -> ((Message.Proposed) step).proposal().remedy())
                .map(one -> one.kind().word() + " " + one.target())
                .collect(Collectors.joining(", "));
        String ending = steps.stream()
                .filter(LabRun::over)
                .map(step -> switch (step) {
                    case Message.Closed closed -> closed.ending() + "";
                    case Message.Escalated escalated -> escalated.says();
                    default -> "a person is asked";
                })
                .findFirst()
                .orElse("nothing");
        System.out.printf(
                "%-20s %4d %-10s | %-40s %-40s | %6.1f %7.3f %6.1f %s%n",
                fault,
                seed,
                injection.made().where(),
                found,
                remedy,
                seconds(at, Message.Signalled.class),
                between(Message.Signalled.class, Message.Decided.class),
                seconds(at, Message.Verified.class),
                ending);
        boolean right = steps.stream()
                .filter(Message.Proposed.class::isInstance)
                .map(step -> ((Message.Proposed) step).proposal().hypothesis().cause())
                .findFirst()
                .filter(cause -> cause == TRUTH.get(fault))
                .isPresent();
        if (!right) {
            wrong.add(fault + " " + seed);
        }
        boolean healed = ending.equals("HEALED");
        long until = System.nanoTime();
        while (agents.busy() && System.nanoTime() - until < 30e9) {
            chaos.clear();
            Thread.sleep(200);
        }
        return healed;
    }

    /** Than when it was noticed, by far. */
    private boolean worse(List<Figure> after) {
        List<Signal> noticed = steps.stream()
                .filter(Message.Signalled.class::isInstance)
                .flatMap(step -> ((Message.Signalled) step).signals().stream())
                .toList();
        for (int i = 0; i < Math.min(noticed.size(), after.size()); i++) {
            double before = noticed.get(i).figure().now();
            double now = after.get(i).now();
            if (noticed.get(i).measure() == Measure.ERRORS ? now > before + 0.3 : now > 4 * before) {
                return true;
            }
        }
        return false;
    }

    /** From the first step of a kind to the first of another, as they were told. */
    private double between(Class<? extends Message> from, Class<? extends Message> to) {
        double[] times = {Double.NaN, Double.NaN};
        for (Message step : steps) {
            if (Double.isNaN(times[0]) && from.isInstance(step)) {
                times[0] = Objects.requireNonNull(told.get(step.key())) / 1e9;
            }
            if (Double.isNaN(times[1]) && to.isInstance(step)) {
                times[1] = Objects.requireNonNull(told.get(step.key())) / 1e9;
            }
        }
        return times[1] - times[0];
    }

    private static boolean over(Message step) {
        return step instanceof Message.Closed
                || step instanceof Message.Escalated
                || step instanceof Message.Decided decided && decided.decision() == Message.Decision.ASKED;
    }

    private double seconds(Instant from, Class<? extends Message> type) {
        return steps.stream()
                .filter(type::isInstance)
                .reduce((first, last) -> type == Message.Verified.class ? last : first)
                .map(step -> Duration.between(from, step.at()).toMillis() / 1e3)
                .orElse(-1.0);
    }

    /** Puts all as it was, as if the agents had taken back what they did: a change by a person would be what broke the next thing. */
    static void takeBack(Marketplace lab, Map<String, String> files, String proposal) throws Exception {
        for (String service : Layout.SERVICES) {
            for (String instance : Layout.instances(service)) {
                lab.ways().server(instance).orElseThrow().health().drain(false);
                lab.ways().server(instance).orElseThrow().health().markDown(false);
            }
        }
        if (!lab.repository().at(lab.repository().head().orElseThrow()).files().equals(files)) {
            lab.repository()
                    .commit(
                            "lab",
                            "As it was\n\nPhalanx-Proposal: " + proposal + "-back",
                            _ -> new java.util.TreeMap<>(files));
        }
    }
}
