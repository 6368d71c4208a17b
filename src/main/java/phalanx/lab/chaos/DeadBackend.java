package phalanx.lab.chaos;

import java.util.SplittableRandom;
import phalanx.lab.Layout;
import phalanx.lab.Marketplace;
import phalanx.run.Outcome;

/** The process of one instance is gone, as after {@code kill -9}. */
record DeadBackend() implements Fault {
    @Override
    public String name() {
        return "dead-backend";
    }

    @Override
    public String says() {
        return "The process of one instance is gone.";
    }

    @Override
    public Outcome<Made> make(Marketplace lab, SplittableRandom random) {
        String service = Layout.SERVICES.get(random.nextInt(Layout.SERVICES.size()));
        String instance = Layout.instances(service).get(random.nextInt(2));
        lab.instance(instance).kill();
        return Outcome.ok(new Made(
                instance,
                "killed",
                () -> lab.instance(instance).alive() ? Outcome.ok(instance) : lab.restart(instance)));
    }
}
