package phalanx.lab.chaos;

import java.util.SplittableRandom;
import phalanx.lab.Marketplace;
import phalanx.run.Outcome;

/** One kind of fault. Immutable, any thread. */
public interface Fault {
    /** What it is injected by: {@code pool-exhausted}. */
    String name();

    /** One sentence. */
    String says();

    /** Makes it. @param random says where, and how hard */
    Outcome<Made> make(Marketplace lab, SplittableRandom random);

    /**
     * It is there.
     *
     * @param where the instance, the service or the customers
     * @param detail how hard, for people
     */
    record Made(String where, String detail, Undo undo) {}

    /** Takes it back. */
    interface Undo {
        Outcome<String> now();
    }
}
