package phalanx.lab.chaos;

import java.util.SplittableRandom;
import phalanx.lab.Layout;
import phalanx.lab.Marketplace;
import phalanx.lab.ServiceProcess;
import phalanx.lab.load.Retries;
import phalanx.run.Jobs;
import phalanx.run.Outcome;

/**
 * The bank answers nobody for some seconds, and customers send again at once what failed: the trouble is soon over, the load that it
 * made is not (Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021).
 */
record RetryStorm() implements Fault {
    @Override
    public String name() {
        return "retry-storm";
    }

    @Override
    public String says() {
        return "A short trouble of the bank, and customers who send everything again at once.";
    }

    @Override
    public Outcome<Made> make(Marketplace lab, SplittableRandom random) {
        int millis = random.nextInt(7_000, 10_000);
        ServiceProcess bank = lab.instance(Layout.BANK);
        lab.load().retries(Retries.STORM);
        return bank.trouble("hang", 1).then(_ -> {
            Jobs.assistant("lab trigger", () -> {
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                bank.untrouble();
            });
            return Outcome.ok(new Made("customers", "trigger of " + millis + " ms", () -> {
                lab.load().retries(Retries.NONE);
                return bank.untrouble();
            }));
        });
    }
}
