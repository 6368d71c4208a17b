package phalanx.lab.chaos;

import java.util.List;
import java.util.SplittableRandom;
import phalanx.lab.Layout;
import phalanx.lab.Marketplace;
import phalanx.run.Outcome;

/** The way to one instance is bad: everything comes late, or connections are reset. */
record WayTrouble(String name, String says) implements Fault {
    @Override
    public Outcome<Made> make(Marketplace lab, SplittableRandom random) {
        String service = Layout.SERVICES.get(random.nextInt(Layout.SERVICES.size()));
        String instance = Layout.instances(service).get(random.nextInt(2));
        String fault = name.equals("network-delay")
                ? "delay " + random.nextInt(450, 900) + "ms jitter=" + random.nextInt(50, 200) + "ms"
                : "reset percent=" + random.nextInt(20, 60);
        lab.ways().trouble(instance, List.of(fault));
        return Outcome.ok(new Made(instance, fault, () -> {
            lab.ways().trouble(instance, List.of());
            return Outcome.ok(instance);
        }));
    }
}
