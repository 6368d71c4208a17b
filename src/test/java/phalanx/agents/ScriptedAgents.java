package phalanx.agents;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.act.Remedy;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Evidence;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.CaseTrail;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Role;
import phalanx.casefile.Case;

/** A loop as it is told, for tests of what people see of it. */
public final class ScriptedAgents {
    private static final String DIFFERENCE = """
            --- a/deploy/policy.json
            +++ b/deploy/policy.json
            @@ -2,5 +2,5 @@
               "pool": {
            -    "size": 4,
            +    "size": 8,
                 "waitMillis": 500
               },
            """;

    private static final String REVIEW = Message.Reviewed.PREFIX + "20261123-093000";

    private String proposed = "";
    private final Scripted script;
    private final Steering steering;
    private final ReentrantLock turn = new ReentrantLock();

    /** @param mode of the policy: {@code act}, {@code ask}  @param kept where steps are kept, null for nowhere */
    public ScriptedAgents(String mode, @Nullable Case kept) {
        String environment = "{\"mode\": \"" + mode + "\"}";
        script = new Scripted(environment);
        TrustPolicy policy = TrustPolicy.parse(
                        "p.json",
                        "{\"schema\": \"phalanx.trust-policy/1\", \"quorum\": 2, \"trust\": {"
                                + "\"scout\": {\"start\": 0.6}, \"cag\": {\"start\": 0.6}, \"brain\": {\"start\": 0.7},"
                                + "\"curator\": {\"start\": 0.5}}, \"environments\": {\"lab\": " + environment + "}}")
                .value()
                .orElseThrow();
        script.effect.dryRun = new DryRun(
                true,
                "The pool of policy becomes 8 connections, by a merge request.",
                DIFFERENCE,
                "Revert the commit of the merge request.",
                0);
        if (kept != null) {
            script.disk = new CaseTrail(kept);
        }
        steering = new Steering(script.loop, this::answer, policy, "lab", List.of(), () -> script.now);
        script.watcher = steering::happened;
    }

    /** How people see them. */
    public Steering steering() {
        return steering;
    }

    /** A review proposes something. */
    public void review() {
        proposed = REVIEW + "/1";
        script.loop.on(new Message.Reviewed(
                script.now,
                REVIEW,
                List.of(new Message.Advice(
                        proposed,
                        "policy: more connections to its database",
                        "deploy/policy.json",
                        List.of("The pool of policy has 4 connections.", "INC-7: a larger one helped."),
                        DIFFERENCE,
                        "branch phalanx/" + proposed)),
                "1 proposed, which wait for a person."));
    }

    private boolean answer(String proposal, boolean yes, String who, String reason) {
        if (!proposal.equals(proposed)) {
            return false;
        }
        proposed = "";
        Message.Decision decision = yes ? Message.Decision.APPROVED : Message.Decision.REJECTED;
        script.loop.on(
                new Message.Decided(script.now, REVIEW, proposal, Role.HUMAN, decision, who + ": " + reason, null));
        return true;
    }

    /** What the agents come to: a pool that is exhausted, and twice as many connections. */
    public void suggests(double confidence) {
        Hypothesis pool = new Hypothesis(
                Cause.POOL_EXHAUSTED,
                Subject.service("policy"),
                confidence,
                List.of(
                        new Evidence(Subject.service("policy"), Measure.POOL_WAITING, new Figure(17, 0, 0.5), 3.4),
                        new Evidence(Subject.service("policy"), Measure.POOL_USED, new Figure(1, 0.31, 0.1), 2.2),
                        new Evidence(Subject.EDGE, Measure.P99, new Figure(1840, 62, 10), 1.1),
                        new Evidence(
                                Subject.instance("policy-1", "policy"), Measure.CPU, new Figure(0.2, 0.22, 0.2), -0.4)),
                List.of(Measure.GC));
        Remedy remedy = new Remedy.Enlarge("deploy/policy.json", "/pool/size", 2);
        script.suggestions.add(new Investigator.Suggestion(pool, remedy, ""));
        script.heals = remedy::equals;
    }

    /** From now on errors are above their objective, or not any more. */
    public void trouble(boolean there) {
        script.trouble = there;
    }

    /** The remedy will not help. */
    public void helpless() {
        script.heals = remedy -> false;
    }

    /** The Fixer will not be able to. */
    public void failing() {
        script.effect.carryOut = Effect.FAILED;
    }

    /** Time goes by, a second at a time, and messages arrive. */
    public void pass(int seconds) {
        turn.lock();
        try {
            script.pass(seconds);
        } finally {
            turn.unlock();
        }
    }

    /** A step of the agents, made up. */
    public void tell(int number) {
        steering.happened(new Message.Escalated(Instant.EPOCH, "INC-" + number, "x".repeat(2_000) + " " + number));
    }

    /** An incident of the errors at the edge, and the vote on its remedy. */
    public void incident() {
        trouble(true);
        pass(2);
    }
}
