package phalanx.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import phalanx.config.HostPort;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The addresses of names in a configuration. Asks the system's resolver: not for an event loop. */
final class Addresses {
    static final String UNKNOWN_HOST = "PHX-5003";

    private Addresses() {}

    /**
     * The address of a name, the first if there are several.
     *
     * @param where the place in the configuration, to begin the sentence with
     */
    static Outcome<InetSocketAddress> of(HostPort name, String where) {
        try {
            return Outcome.ok(new InetSocketAddress(InetAddress.getByName(name.host()), name.port()));
        } catch (UnknownHostException _) {
            return Outcome.failed(new Problem(
                    UNKNOWN_HOST,
                    where + "no address is known for " + name.host() + ".",
                    "Mend the name, or write an address."));
        }
    }
}
