package phalanx.agents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.act.Carried;
import phalanx.act.DryRun;
import phalanx.act.GitRemedies;
import phalanx.act.Remedies;
import phalanx.act.Remedy;
import phalanx.act.git.ConfigRepository;
import phalanx.agents.bus.BrokerBus;
import phalanx.agents.bus.BusAddress;
import phalanx.agents.bus.BusSecrets;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Trust;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.CaseTrail;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Trail;
import phalanx.agents.trail.Vote;
import phalanx.casefile.Case;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.metrics.CallGraph;
import phalanx.run.InTurn;
import phalanx.run.Outcome;

/**
 * Agents in a process of their own that kills itself with SIGKILL at a point that is named, or is killed: a real case, a real repository, a
 * remedy that doubles a number, so that one carried out twice shows. Trouble lasts while the number is below what heals.
 */
final class KilledAgentsMain implements SwitchedScout, Investigator, Remedies, Memory, Trail {
    static final String FILE = "deploy/policy.json";

    /** Where it kills itself. */
    enum Point {
        APPROVED,
        BEGUN,
        CARRIED_OUT,
        VERIFYING,
        NEVER
    }

    private final Point point;
    private final int heals;
    private final ConfigRepository repository;
    private final GitRemedies git;
    private final CaseTrail trail;
    private volatile @Nullable Message last;

    private KilledAgentsMain(Point point, int heals, ConfigRepository repository, CaseTrail trail) {
        this.point = point;
        this.heals = heals;
        this.repository = repository;
        this.git = new GitRemedies(repository, "deploy/proxy.conf", repository);
        this.trail = trail;
    }

    /** @param arguments folder, where to kill itself, from what number on all is well, the bus or nothing */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Path kept = folder.resolve("case");
        CaseStore store = new CaseStore("test", null);
        if (!Files.exists(kept)) {
            value(store.write(kept, new CaseFile(CaseFile.VERSION, List.of(), List.of(), List.of(), Map.of(), null)));
        }
        try (Case file = value(store.open(kept));
                ConfigRepository repository = value(ConfigRepository.open(folder.resolve("repository.git")));
                InTurn workers = new InTurn("fixer");
                Bus bus = arguments[3].isEmpty()
                        ? Bus.inProcess()
                        : BrokerBus.open(
                                value(BusAddress.read(arguments[3])),
                                value(BusSecrets.of(Map.of(), folder.resolve("bus.key"))))) {
            new KilledAgentsMain(
                            Point.valueOf(arguments[1]),
                            Integer.parseInt(arguments[2]),
                            repository,
                            new CaseTrail(file))
                    .run(bus, workers);
        }
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new IllegalStateException(outcome.toString());
    }

    private void run(Bus bus, InTurn workers) throws InterruptedException {
        TrustPolicy policy = TrustPolicy.parse("p.json", """
                {"schema": "phalanx.trust-policy/1", "quorum": 2, "environments": {"lab":
                  {"mode": "act", "cooldown_seconds": 1, "longest_cooldown_seconds": 8}}}""").value().orElseThrow();
        List<Message> before = value(trail.steps());
        Trust trust = new Trust(policy);
        CaseTrail.trust(before).forEach(trust::learned);
        AgentLoop loop = new AgentLoop(
                new Crew(
                        this,
                        List.of(this),
                        List.of(
                                new ToldVoter(Role.SCOUT, () -> Vote.Choice.YES),
                                new ToldVoter(Role.CURATOR, () -> Vote.Choice.YES)),
                        this,
                        this),
                policy,
                new Guardrail(policy.environment("lab"), ZoneOffset.UTC),
                trust,
                bus,
                this,
                workers,
                step -> last = step,
                new Pace(seconds(3), seconds(2), seconds(2), seconds(3), seconds(2), seconds(6), seconds(60)));
        Instant now = before.isEmpty()
                ? Instant.parse("2026-11-23T10:00:00Z")
                : before.getLast().at().plusSeconds(5);
        loop.resume(before, now);
        loop.begin();
        System.out.println("ready");
        for (int i = 0; i < 400 && !(last instanceof Message.Closed || last instanceof Message.Escalated); i++) {
            now = now.plusMillis(250);
            loop.tick(new Observation(now, Map.of(), CallGraph.NONE, List.of()));
            if (last instanceof Message.Acted && point == Point.VERIFYING && trouble() == (heals > 8)) {
                die();
            }
            Thread.sleep(15);
        }
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static void die() {
        try {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            Thread.sleep(10_000);
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the configuration in force says. */
    static int number(ConfigRepository repository) {
        return Integer.parseInt(value(repository.read(FILE)).orElseThrow().replaceAll("[^0-9]", ""));
    }

    @Override
    public boolean trouble() {
        return number(repository) < heals;
    }

    @Override
    public Outcome<Boolean> keep(Message message) {
        Outcome<Boolean> kept = trail.keep(message);
        if (point == Point.APPROVED
                && message instanceof Message.Decided decided
                && decided.decision() == Message.Decision.APPROVED) {
            die();
        }
        return kept;
    }

    @Override
    public Role role() {
        return Role.BRAIN;
    }

    @Override
    public Look look(Incident.View incident, Observation seen) {
        Hypothesis hypothesis =
                new Hypothesis(Cause.POOL_EXHAUSTED, Subject.service("policy"), 0.95, List.of(), List.of());
        Remedy remedy = new Remedy.Enlarge(FILE, "/pool/size", 2);
        return new Look(
                List.of(hypothesis),
                incident.tried(hypothesis, remedy)
                        ? Optional.empty()
                        : Optional.of(new Suggestion(hypothesis, remedy, "")));
    }

    @Override
    public DryRun dryRun(Remedy remedy) {
        return git.dryRun(remedy);
    }

    @Override
    public Carried carryOut(Remedy remedy, String proposal) {
        if (point == Point.BEGUN) {
            die();
        }
        Carried carried = git.carryOut(remedy, proposal);
        if (point == Point.CARRIED_OUT) {
            die();
        }
        return carried;
    }

    @Override
    public Carried stateOf(Remedy remedy, String proposal) {
        return git.stateOf(remedy, proposal);
    }

    @Override
    public Carried takeBack(Remedy remedy, String proposal, String wayBack) {
        return git.takeBack(remedy, proposal, wayBack);
    }

    @Override
    public void outcome(Incident.View incident, Proposal proposal, boolean healed) {}
}
