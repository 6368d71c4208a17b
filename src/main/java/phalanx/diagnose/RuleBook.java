package phalanx.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import phalanx.diagnose.connect.ResetInjectionRule;
import phalanx.diagnose.connect.SynFilteredRule;
import phalanx.diagnose.delay.HighLatencyRule;
import phalanx.diagnose.host.ServerSlowRule;
import phalanx.diagnose.host.ZeroWindowRule;
import phalanx.diagnose.loss.DuplicationRule;
import phalanx.diagnose.loss.LossRule;
import phalanx.diagnose.loss.ReorderingRule;
import phalanx.diagnose.path.AsymmetricPathRule;
import phalanx.diagnose.path.NatRule;
import phalanx.diagnose.recording.CaptureLossRule;
import phalanx.diagnose.recording.ClockStepRule;
import phalanx.diagnose.size.PmtudBlackHoleRule;
import phalanx.run.Progress;

/** All rules, and their answers in order of importance. */
public final class RuleBook {
    /** In the order in which they are told when they find nothing. */
    public static final List<Rule> RULES = List.of(
            new LossRule(),
            new PmtudBlackHoleRule(),
            new SynFilteredRule(),
            new ResetInjectionRule(),
            new ReorderingRule(),
            new DuplicationRule(),
            new HighLatencyRule(),
            new ServerSlowRule(),
            new ZeroWindowRule(),
            new NatRule(),
            new AsymmetricPathRule(),
            new CaptureLossRule(),
            new ClockStepRule());

    private RuleBook() {}

    /**
     * @param findings most important first
     * @param notRun rules that could not answer
     * @param healthy ids of the rules that looked and found nothing
     */
    public record Answers(List<Finding> findings, List<NotRun> notRun, List<String> healthy) {}

    /** A rule that could not answer, and why. */
    public record NotRun(String rule, String why) {}

    /** @throws Progress.Cancelled when the work was given up */
    public static Answers ask(Investigation investigation, Progress progress) {
        List<Finding> findings = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        List<String> healthy = new ArrayList<>();
        for (int i = 0; i < RULES.size(); i++) {
            Rule rule = RULES.get(i);
            progress.stopIfCancelled();
            progress.at("Checking " + rule.id(), i, RULES.size());
            switch (ask(rule, investigation)) {
                case Verdict.Found(var found) -> findings.addAll(found);
                case Verdict.NotApplicable(var why) -> notRun.add(new NotRun(rule.id(), why));
                case Verdict.Healthy() -> healthy.add(rule.id());
            }
        }
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Comparator.comparingDouble(Finding::harm).reversed())
                .thenComparingLong(Finding::startNanos)
                .thenComparing(Finding::kind));
        return new Answers(findings, notRun, healthy);
    }

    private static Verdict ask(Rule rule, Investigation investigation) {
        boolean anyPacket = investigation.journeys().size() > 0;
        boolean timed = investigation.measures().segments().stream()
                .anyMatch(segment -> segment.counts().delay().isPresent());
        return switch (rule.needs()) {
            case PACKETS -> anyPacket ? rule.judge(investigation) : new Verdict.NotApplicable("needs IP packets");
            case TWO_POINTS ->
                investigation.hasSegments()
                        ? rule.judge(investigation)
                        : new Verdict.NotApplicable("needs captures from two points of one path");
            case ROUND_TRIPS ->
                timed
                        ? rule.judge(investigation)
                        : new Verdict.NotApplicable("needs traffic both ways between two capture points");
        };
    }
}
