package phalanx.agents.trail;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.agents.observe.Measure;
import phalanx.run.ForeignText;

/** Steps as sentences: what the facts of a step say, and no word more. Any thread. */
public final class StepText {
    /** Hypotheses that are named. */
    private static final int NAMED = 3;
    /** Characters of a line. */
    private static final int LONGEST = 2_000;

    private StepText() {}

    /** One line, without time and author, fit for a terminal whatever names telemetry brought. */
    public static String of(Message step) {
        String line = ForeignText.line(said(step));
        return line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
    }

    private static String said(Message step) {
        return switch (step) {
            case Message.Signalled signalled ->
                signalled.incident() + ": "
                        + signalled.signals().stream()
                                .map(signal -> signal.subject() + " "
                                        + signal.measure().word() + " "
                                        + value(
                                                signal.measure(),
                                                signal.figure().now()) + ", limit "
                                        + value(signal.measure(), signal.limit()))
                                .collect(Collectors.joining("; "));
            case Message.Diagnosed diagnosed ->
                diagnosed.hypotheses().isEmpty()
                        ? "no cause that is known fits the figures"
                        : diagnosed.hypotheses().stream()
                                .limit(NAMED)
                                .map(one -> String.format(
                                        Locale.ROOT,
                                        "%s at %s %.2f",
                                        one.cause().word(),
                                        one.place(),
                                        one.confidence()))
                                .collect(Collectors.joining("; "));
            case Message.Proposed proposed -> {
                Proposal proposal = proposed.proposal();
                yield proposal.id() + " " + proposal.remedy().kind().word() + " "
                        + proposal.remedy().target()
                        + (proposal.precedent().isEmpty() ? "" : ", as in " + proposal.precedent())
                        + (proposed.dryRun().passed() ? ": " : ": the dry run fails: ")
                        + proposed.dryRun().says();
            }
            case Message.Voted voted -> vote(voted.vote());
            case Message.Decided decided ->
                decided.decision().name().toLowerCase(Locale.ROOT).replace('_', ' ') + tally(decided.tally()) + ": "
                        + decided.reason();
            case Message.Begun begun -> "carries out " + begun.proposal();
            case Message.Acted acted -> acted.effect().name().toLowerCase(Locale.ROOT) + ": " + acted.says();
            case Message.Verified verified ->
                verified.healed() ? "measured: all is well again" : "measured: it did not help";
            case Message.TakenBack back -> (back.done() ? "taken back: " : "could not be taken back: ") + back.says();
            case Message.Learned learned ->
                learned.trust().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(one -> String.format(
                                Locale.ROOT, "%s %.2f", one.getKey().word(), one.getValue()))
                        .collect(Collectors.joining(", ", "trust: ", ""));
            case Message.Reviewed reviewed ->
                reviewed.incident() + ": "
                        + reviewed.advice().stream()
                                .map(one -> one.id() + " " + one.title() + " ("
                                        + one.reasons().getFirst() + ")")
                                .collect(Collectors.joining(
                                        "; ", "", reviewed.advice().isEmpty() ? "" : ": "))
                        + reviewed.says();
            case Message.Escalated escalated -> "a person goes on: " + escalated.says();
            case Message.Filed filed -> filed.says();
            case Message.Closed closed -> closed.ending().name().toLowerCase(Locale.ROOT) + ": " + closed.says();
            case Message.Paused paused -> (paused.on() ? "paused by " : "resumed by ") + paused.who();
        };
    }

    private static String vote(Vote vote) {
        return String.format(
                Locale.ROOT,
                "%s (%.2f): %s",
                vote.choice().name().toLowerCase(Locale.ROOT),
                vote.trust(),
                vote.reason());
    }

    private static String tally(@Nullable Tally tally) {
        return tally == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %.0f %% of the trust for it, %.0f %% needed",
                        100 * tally.yes(),
                        100 * tally.needed());
    }

    /** A value with its unit. */
    public static String value(Measure measure, double value) {
        return value(Locale.ROOT, measure, value);
    }

    /** The same, its figure as a language writes it. */
    public static String value(Locale locale, Measure measure, double value) {
        return switch (measure.unit()) {
            case "share" -> String.format(locale, "%.1f %%", 100 * value);
            case "/s" -> String.format(locale, value < 10 ? "%.1f/s" : "%.0f/s", value);
            default -> String.format(locale, "%.0f %s", value, measure.unit());
        };
    }
}
