package phalanx.diagnose.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import phalanx.diagnose.Fact;
import phalanx.diagnose.Finding;
import phalanx.diagnose.Finding.RuledOut;
import phalanx.diagnose.Investigation;
import phalanx.diagnose.LossSorter;
import phalanx.diagnose.SegmentRule;
import phalanx.diagnose.Severity;
import phalanx.measure.SegmentTraffic;

/**
 * Loss that strikes any packet between two points, told apart by its pattern: full queue (the packets around a lost one waited as
 * long as any), a policer (what passes keeps to one rate), bursts (many in a row), or chance.
 */
public final class LossRule extends SegmentRule {
    /** A queue counts as full when the neighbours of most lost packets waited at least this part of the longest wait. */
    private static final double FULL = 0.6;

    /** Waits shorter than this are scheduling noise, no queue. */
    private static final long LEAST_WAIT_NANOS = 4_000_000;

    /** So many lost in a row are a burst; at 5 % loss by chance, four in a row come once in 160,000 packets. */
    private static final int BURST = 4;

    @Override
    public String id() {
        return "loss";
    }

    @Override
    public List<String> kinds() {
        return List.of("random_loss", "burst_loss", "congestion_loss", "policing_loss");
    }

    @Override
    protected Optional<Finding> judge(Investigation investigation, SegmentTraffic segment) {
        int[] lost = investigation.lost(segment, LossSorter.Reason.ANY_PACKET);
        if (lost.length > 0) {
            return Optional.of(finding(investigation, segment, lost));
        }
        return Optional.empty();
    }

    private Finding finding(Investigation investigation, SegmentTraffic segment, int[] lost) {
        Waits waits = Waits.around(investigation, segment, lost);
        long[] runs = Runs.of(investigation, segment, lost);
        long inBursts = Arrays.stream(runs).filter(run -> run >= BURST).sum();
        long longest = Arrays.stream(runs).max().orElse(0);
        boolean queueFull =
                waits.known() && waits.longest() >= LEAST_WAIT_NANOS && waits.typicalAtLoss() >= FULL * waits.longest();
        boolean bursts = 2 * inBursts >= lost.length;
        Optional<Policer> policer = queueFull ? Optional.empty() : Policer.of(investigation, segment, lost);
        String kind = queueFull
                ? "congestion_loss"
                : policer.isPresent() ? "policing_loss" : bursts ? "burst_loss" : "random_loss";
        List<RuledOut> ruledOut = new ArrayList<>();
        ruledOut.add(new RuledOut("capture_loss", "no capture point behind this segment saw the packets either"));
        if (waits.known() && !queueFull) {
            ruledOut.add(new RuledOut(
                    "congestion_loss",
                    "packets around the losses waited %.1f ms, the longest wait was %.1f ms"
                            .formatted(waits.typicalAtLoss() / 1e6, waits.longest() / 1e6)));
        }
        if (policer.isPresent()) {
            ruledOut.add(new RuledOut("random_loss", "packets are dropped only where that rate was used up"));
        } else if (!bursts) {
            ruledOut.add(new RuledOut("burst_loss", "at most " + longest + " in a row were lost"));
        }
        ruledOut.add(new RuledOut("pmtud_blackhole", "packets as large as the lost ones passed"));
        long sent = segment.counts().seenAtFrom();
        boolean few = lost.length < investigation.thresholds().fewestLosses();
        double confidence = few ? 0.5 : Math.min(0.98, 0.75 + 0.02 * lost.length + (waits.known() ? 0.05 : 0));
        int from = segment.counts().from();
        return investigation
                .finding(id(), kind)
                .severity(
                        few ? Severity.INFO : lost.length * 20L >= sent ? Severity.CRITICAL : Severity.WARNING,
                        confidence)
                .on(segment)
                .packets(lost)
                .fact("lost", new Fact.Share(lost.length, sent))
                .fact("runs", new Fact.Count(runs.length))
                .fact("longest", new Fact.Count(longest))
                .fact("waitAtLoss", new Fact.Nanos(waits.typicalAtLoss()))
                .fact(
                        "rate",
                        new Fact.Text(policer.map(p -> "%.1f Mbit/s".formatted(p.bitsPerSecond() / 1e6))
                                .orElse("")))
                .fact(
                        "emptyAtDrops",
                        new Fact.Text(policer.map(p -> p.emptyAtDrops() + " of " + p.drops())
                                .orElse("")))
                .fact("longestWait", new Fact.Nanos(waits.longest()))
                .evidence(from, lost, "the last sight of each lost packet")
                .ruledOut(ruledOut)
                .harm(lost.length)
                .build();
    }
}
