package phalanx.lab.chaos;

import java.util.SplittableRandom;
import phalanx.lab.LabDns;
import phalanx.lab.Marketplace;
import phalanx.run.Outcome;

/** The name of the bank cannot be resolved: the name server fails, or is silent. */
record DnsFailure() implements Fault {
    @Override
    public String name() {
        return "dns-failure";
    }

    @Override
    public String says() {
        return "The name server fails, or is silent, so that the bank cannot be found.";
    }

    @Override
    public Outcome<Made> make(Marketplace lab, SplittableRandom random) {
        LabDns.Mood mood = random.nextBoolean() ? LabDns.Mood.SERVFAIL : LabDns.Mood.SILENT;
        lab.dns().mood(mood);
        return Outcome.ok(new Made("dns", mood.toString(), () -> {
            lab.dns().mood(LabDns.Mood.WELL);
            return Outcome.ok("dns");
        }));
    }
}
