package phalanx.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phalanx.diagnose.connect.AcceptQueueRule;
import phalanx.diagnose.connect.ConnectionRejectedRule;
import phalanx.diagnose.connect.IdleTimeoutRule;
import phalanx.diagnose.connect.PortClosedRule;
import phalanx.diagnose.connect.ResetInjectionRule;
import phalanx.diagnose.connect.ScanRule;
import phalanx.diagnose.connect.SilentServiceRule;
import phalanx.diagnose.connect.SynFilteredRule;
import phalanx.diagnose.delay.BufferbloatRule;
import phalanx.diagnose.delay.HighLatencyRule;
import phalanx.diagnose.delay.JitterRule;
import phalanx.diagnose.delay.LatencyStepRule;
import phalanx.diagnose.host.DnsErrorRule;
import phalanx.diagnose.host.DnsSlowRule;
import phalanx.diagnose.host.DnsTimeoutRule;
import phalanx.diagnose.host.ServerSlowRule;
import phalanx.diagnose.host.ZeroWindowRule;
import phalanx.diagnose.loss.CorruptionRule;
import phalanx.diagnose.loss.DuplicationRule;
import phalanx.diagnose.loss.LinkOutageRule;
import phalanx.diagnose.loss.LossOutsideRule;
import phalanx.diagnose.loss.LossRule;
import phalanx.diagnose.loss.ReorderingRule;
import phalanx.diagnose.path.AsymmetricPathRule;
import phalanx.diagnose.path.DscpRule;
import phalanx.diagnose.path.EcnBleachedRule;
import phalanx.diagnose.path.EcnMarkedRule;
import phalanx.diagnose.path.NatRule;
import phalanx.diagnose.path.RoutingLoopRule;
import phalanx.diagnose.path.VlanRule;
import phalanx.diagnose.recording.CaptureLossRule;
import phalanx.diagnose.recording.ClockStepRule;
import phalanx.diagnose.recording.SnaplenRule;
import phalanx.diagnose.size.FragmentFilteredRule;
import phalanx.diagnose.size.IcmpFilteredRule;
import phalanx.diagnose.size.MssClampedRule;
import phalanx.diagnose.size.PathMtuReducedRule;
import phalanx.diagnose.size.PmtudBlackHoleRule;
import phalanx.run.Progress;

/** All rules, and their answers in order of importance. */
public final class RuleBook {
    /** In the order in which they are told when they find nothing. */
    public static final List<Rule> RULES = List.of(
            new LossRule(),
            new LossOutsideRule(),
            new CorruptionRule(),
            new LinkOutageRule(),
            new ReorderingRule(),
            new DuplicationRule(),
            new PmtudBlackHoleRule(),
            new IcmpFilteredRule(),
            new FragmentFilteredRule(),
            new PathMtuReducedRule(),
            new MssClampedRule(),
            new SynFilteredRule(),
            new SilentServiceRule(),
            new ConnectionRejectedRule(),
            new PortClosedRule(),
            new ScanRule(),
            new AcceptQueueRule(),
            new ResetInjectionRule(),
            new IdleTimeoutRule(),
            new HighLatencyRule(),
            new BufferbloatRule(),
            new JitterRule(),
            new LatencyStepRule(),
            new ServerSlowRule(),
            new ZeroWindowRule(),
            new DnsSlowRule(),
            new DnsTimeoutRule(),
            new DnsErrorRule(),
            new RoutingLoopRule(),
            new EcnMarkedRule(),
            new EcnBleachedRule(),
            new DscpRule(),
            new NatRule(),
            new AsymmetricPathRule(),
            new VlanRule(),
            new CaptureLossRule(),
            new SnaplenRule(),
            new ClockStepRule());

    private RuleBook() {}

    /**
     * @param findings most important first
     * @param notRun rules that could not answer
     * @param healthy ids of the rules that looked and found nothing
     * @param asked how many rules were asked in all
     */
    public record Answers(List<Finding> findings, List<NotRun> notRun, List<String> healthy, int asked) {}

    /**
     * A rule that could not answer, and why.
     *
     * @param lacks what would have to be captured for it, null when only the rule itself knows
     */
    public record NotRun(String rule, String why, Rule.@Nullable Needs lacks) {}

    /**
     * Asks all of them.
     *
     * @param rules {@link #RULES}, and those of the user
     * @throws Progress.Cancelled when the work was given up
     */
    public static Answers ask(Investigation investigation, List<Rule> rules, Progress progress) {
        List<Finding> findings = new ArrayList<>();
        List<NotRun> notRun = new ArrayList<>();
        List<String> healthy = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            progress.stopIfCancelled();
            progress.at("Checking " + rule.id(), i, rules.size());
            String lacking = lacking(rule.needs(), investigation);
            if (lacking != null) {
                notRun.add(new NotRun(rule.id(), lacking, rule.needs()));
                continue;
            }
            switch (rule.judge(investigation)) {
                case Verdict.Found(var found) -> findings.addAll(found);
                case Verdict.NotApplicable(var why) -> notRun.add(new NotRun(rule.id(), why, null));
                case Verdict.Healthy() -> healthy.add(rule.id());
            }
        }
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Comparator.comparingDouble(Finding::harm).reversed())
                .thenComparingLong(Finding::startNanos)
                .thenComparing(Finding::kind));
        return new Answers(findings, notRun, healthy, rules.size());
    }

    /** What a rule cannot do without and does not have, null when it can be asked. */
    private static @Nullable String lacking(Rule.Needs needs, Investigation investigation) {
        return switch (needs) {
            case PACKETS -> investigation.journeys().size() > 0 ? null : "needs IP packets";
            case TWO_POINTS -> investigation.hasSegments() ? null : "needs captures from two points of one path";
            case ROUND_TRIPS ->
                investigation.measures().segments().stream()
                                .anyMatch(segment -> segment.counts().delay().isPresent())
                        ? null
                        : "needs traffic both ways between two capture points";
        };
    }
}
