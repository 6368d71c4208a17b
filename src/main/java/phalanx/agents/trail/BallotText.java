package phalanx.agents.trail;

import java.util.Locale;

/** Votes on a proposal, for people. Any thread. */
public final class BallotText {
    private BallotText() {}

    /** Some lines: what was proposed, who said what with which weight, the count, what became of it. */
    public static String of(IncidentRecord.Attempt attempt) {
        Proposal proposal = attempt.proposal();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s  %s %s, proposed by %s: %s at %s (%.2f)%n",
                proposal.id(),
                proposal.remedy().kind().word(),
                proposal.remedy().target(),
                proposal.by().word(),
                proposal.hypothesis().cause().word(),
                proposal.hypothesis().place(),
                proposal.hypothesis().confidence()));
        text.append(String.format(
                "  dry run: %s%n",
                attempt.dryRun().passed()
                        ? attempt.dryRun().says()
                        : "failed: " + attempt.dryRun().says()));
        for (Vote vote : attempt.votes()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-9s  %-4s  %.2f  %s%n",
                    vote.voter().word(),
                    vote.choice().name().toLowerCase(Locale.ROOT),
                    vote.trust(),
                    vote.reason()));
        }
        attempt.decisions().forEach(decided -> text.append(decision(decided)));
        if (attempt.acted() != null) {
            text.append(String.format("  %s%n", StepText.of(attempt.acted())));
        }
        if (attempt.verified() != null) {
            text.append(String.format("  %s%n", StepText.of(attempt.verified())));
        }
        if (attempt.takenBack() != null) {
            text.append(String.format("  %s%n", StepText.of(attempt.takenBack())));
        }
        return text.toString();
    }

    private static String decision(Message.Decided decided) {
        Tally tally = decided.tally();
        String counted = tally == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  %.0f %% of the trust for it (%.0f %% needed), %d answered (quorum %d)%s%n",
                        100 * tally.yes(),
                        100 * tally.needed(),
                        tally.answered(),
                        tally.quorum(),
                        tally.vetoed() == null
                                ? ""
                                : ", veto by " + tally.vetoed().word());
        return counted
                + String.format(
                        "  %s: %s%n",
                        decided.decision().name().toLowerCase(Locale.ROOT).replace('_', ' '), decided.reason());
    }
}
