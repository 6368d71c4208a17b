package phalanx.lab.chaos;

import java.util.List;
import java.util.SplittableRandom;
import phalanx.lab.Layout;
import phalanx.lab.Marketplace;
import phalanx.lab.ServiceProcess;
import phalanx.run.Outcome;

/**
 * Trouble inside one process.
 *
 * @param kind what the process is told
 * @param services of which one instance gets it
 */
record ProcessTrouble(String name, String says, String kind, List<String> services) implements Fault {
    private static final double LEAST = 0.3, MOST = 0.9;

    @Override
    public Outcome<Made> make(Marketplace lab, SplittableRandom random) {
        String service = services.get(random.nextInt(services.size()));
        String instance =
                Layout.SERVICES.contains(service) ? Layout.instances(service).get(random.nextInt(2)) : Layout.BANK;
        double share = random.nextDouble(LEAST, MOST);
        ServiceProcess process = lab.instance(instance);
        return process.trouble(kind, share)
                .then(_ -> Outcome.ok(new Made(
                        instance,
                        kind.equals("fail") ? Math.round(share * 100) + " % of its requests" : kind,
                        () -> undo(lab, process))));
    }

    /** A process that has run out of memory, or is gone, is started anew. */
    private Outcome<String> undo(Marketplace lab, ServiceProcess process) {
        return kind.equals("leak") || !process.alive() || process.untrouble() instanceof Outcome.Failed<String>
                ? lab.restart(process.name())
                : Outcome.ok(process.name());
    }
}
