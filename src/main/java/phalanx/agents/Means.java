package phalanx.agents;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What agents work with.
 *
 * @param bus carries what they say to each other, opened when they start
 * @param thrift empty where memory is no concern
 * @param outside what they may reach beyond their site
 */
public record Means(Supplier<Bus> bus, Optional<Thrift> thrift, Outside outside) {
    /** A bus within this program, all its memory, and nothing outside. */
    public static final Means OWN = new Means(Bus::inProcess, Optional.empty(), Outside.NOTHING);
}
