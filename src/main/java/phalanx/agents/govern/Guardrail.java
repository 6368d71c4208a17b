package phalanx.agents.govern;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import phalanx.act.DryRun;
import phalanx.act.Remedy;
import phalanx.agents.trail.Proposal;

/**
 * Whether a proposal keeps to the policy: the same answer for the same facts, always, and no model is asked. Immutable, any thread.
 *
 * @param environment the policy of where it would act
 */
public record Guardrail(EnvironmentPolicy environment, ZoneId zone) {
    /** What the policy says. */
    public sealed interface Ruling {
        /** The agents may carry it out if the vote accepts it. */
        record Allowed() implements Ruling {}

        /** A person decides. @param why one sentence */
        record AskHuman(String why) implements Ruling {}

        /** Nobody carries it out. @param rule one word  @param why one sentence */
        record Refused(String rule, String why) implements Ruling {}
    }

    /**
     * Judges a proposal.
     *
     * @param budgetSpent whether the error budget of the objective is spent: then only taking back is allowed
     */
    public Ruling judge(Proposal proposal, DryRun dryRun, Restraint restraint, boolean budgetSpent, Instant now) {
        Remedy remedy = proposal.remedy();
        Optional<Ruling.Refused> refused = refusal(proposal, dryRun, restraint, budgetSpent, now);
        if (refused.isPresent()) {
            return refused.get();
        }
        double confidence = proposal.hypothesis().confidence();
        if (environment.mode() == EnvironmentPolicy.Mode.ASK) {
            return new Ruling.AskHuman("The policy has every action approved by a person.");
        }
        if (environment.askHuman().contains(remedy.risk())) {
            return new Ruling.AskHuman("The policy has actions of this risk approved by a person ("
                    + remedy.risk().name().toLowerCase(Locale.ROOT) + ").");
        }
        if (!(confidence > environment.actAt())) {
            return new Ruling.AskHuman(String.format(
                    Locale.ROOT,
                    "The confidence is %.2f; above %.2f the agents act by themselves.",
                    confidence,
                    environment.actAt()));
        }
        return new Ruling.Allowed();
    }

    private Optional<Ruling.Refused> refusal(
            Proposal proposal, DryRun dryRun, Restraint restraint, boolean budgetSpent, Instant now) {
        Remedy remedy = proposal.remedy();
        ZonedDateTime local = now.atZone(zone);
        boolean takesBack = remedy instanceof Remedy.Revert;
        if (!environment.remedies().contains(remedy.kind())) {
            return refused(
                    "remedy", "The policy does not allow \"" + remedy.kind().word() + "\" here.");
        }
        if (!dryRun.passed()) {
            return refused("dry-run", failed(dryRun));
        }
        if (proposal.hypothesis().confidence() < environment.askAt()) {
            return refused(
                    "confidence",
                    String.format(
                            Locale.ROOT,
                            "The confidence is %.2f; below %.2f there is only a report.",
                            proposal.hypothesis().confidence(),
                            environment.askAt()));
        }
        Optional<String> tooFar = outOfUse(dryRun);
        if (tooFar.isPresent()) {
            return refused("blast-radius", tooFar.get());
        }
        if (!takesBack && environment.frozen(local)) {
            return refused("freeze", "Changes are frozen today; only taking back is allowed.");
        }
        if (!environment.open(local)) {
            return refused("window", "This is outside the times at which the policy allows changes.");
        }
        if (!takesBack && budgetSpent && environment.respectBudget()) {
            return refused("budget", "The error budget is spent; only taking back is allowed.");
        }
        return restraint.refusal(remedy.target(), now, environment).map(why -> new Ruling.Refused("restraint", why));
    }

    /** Why a remedy is not carried out that was tried at this very moment: it cannot be, or too much would be out of use. Any thread. */
    public Optional<String> outOfUse(DryRun now) {
        if (!now.passed()) {
            return Optional.of(failed(now));
        }
        return now.outOfUse() <= environment.mostOfUpstream()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%.0f %% of the upstream's servers would be out of use, %.0f %% may be.",
                        100 * now.outOfUse(),
                        100 * environment.mostOfUpstream()));
    }

    private static String failed(DryRun dryRun) {
        return "The dry run failed: " + dryRun.says();
    }

    private static Optional<Ruling.Refused> refused(String rule, String why) {
        return Optional.of(new Ruling.Refused(rule, why));
    }
}
