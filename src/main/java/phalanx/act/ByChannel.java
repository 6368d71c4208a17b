package phalanx.act;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Remedies by whoever can carry them out: the proxy, Git. What has nobody is refused in the dry run. Any thread.
 *
 * @param proxy empty where no proxy runs in this program
 * @param git empty where no repository was named
 * @param hooks empty where none was declared
 */
public record ByChannel(Optional<Remedies> proxy, Optional<Remedies> git, Optional<Remedies> hooks)
        implements Remedies {
    private static final Set<Remedy.Kind> PROXY =
            EnumSet.of(Remedy.Kind.WEIGHT, Remedy.Kind.DRAIN, Remedy.Kind.MARK_DOWN, Remedy.Kind.BAN);

    private Optional<Remedies> channel(Remedy remedy) {
        return remedy.kind() == Remedy.Kind.HOOK ? hooks : PROXY.contains(remedy.kind()) ? proxy : git;
    }

    private static String nobody(Remedy remedy) {
        if (remedy.kind() == Remedy.Kind.HOOK) {
            return "No hook was declared.";
        }
        return PROXY.contains(remedy.kind())
                ? "No proxy runs in this program."
                : "No repository of configuration was named.";
    }

    @Override
    public Duration patience(Remedy remedy) {
        return channel(remedy).map(one -> one.patience(remedy)).orElse(Duration.ZERO);
    }

    @Override
    public DryRun dryRun(Remedy remedy) {
        return channel(remedy).map(one -> one.dryRun(remedy)).orElseGet(() -> DryRun.refused(nobody(remedy)));
    }

    @Override
    public Carried carryOut(Remedy remedy, String proposal) {
        return channel(remedy)
                .map(one -> one.carryOut(remedy, proposal))
                .orElseGet(() -> Carried.failed(nobody(remedy)));
    }

    @Override
    public Carried stateOf(Remedy remedy, String proposal) {
        return channel(remedy)
                .map(one -> one.stateOf(remedy, proposal))
                .orElseGet(() -> new Carried(Effect.UNKNOWN, nobody(remedy), ""));
    }

    @Override
    public Carried takeBack(Remedy remedy, String proposal, String wayBack) {
        return channel(remedy)
                .map(one -> one.takeBack(remedy, proposal, wayBack))
                .orElseGet(() -> Carried.failed(nobody(remedy)));
    }
}
