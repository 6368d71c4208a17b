package phalanx.run;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Those who have connected and have not yet shown that they may. They are few, and fewer of one address; whoever comes when all places are
 * taken is let in, and who waits longest goes, so that the silent cannot keep others out. Any thread.
 */
public final class Entrance {
    /** Of an address of IPv6 those belong to one network, and so to one who can choose among them. */
    private static final int NETWORK_OCTETS = 8;

    private final int most;
    private final int mostOfOne;
    /** In the order in which they came. */
    private final Set<Visitor> waiting = new LinkedHashSet<>();

    /**
     * An empty one.
     *
     * @param most who wait at once
     * @param mostOfOne of them of one address
     */
    public Entrance(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Somebody who waits. Any thread. */
    public final class Visitor {
        private final String from;
        private final Runnable away;

        private Visitor(String from, Runnable away) {
            this.from = from;
            this.away = away;
        }

        /** Gives the place back: who waited goes on, or is gone. @return false when it was given to another one before */
        public boolean leave() {
            synchronized (waiting) {
                return waiting.remove(this);
            }
        }
    }

    /**
     * Lets somebody in.
     *
     * @param away sends it away; called at most once, on the thread of another one that comes, and not when {@link Visitor#leave} says true
     */
    public Visitor enter(InetAddress from, Runnable away) {
        Visitor comes = new Visitor(network(from), away);
        List<Visitor> gone = new ArrayList<>();
        synchronized (waiting) {
            waiting.add(comes);
            if (of(comes.from).size() > mostOfOne) {
                gone.add(of(comes.from).getFirst());
            } else if (waiting.size() > most) {
                gone.add(of(crowd()).getFirst());
            }
            gone.forEach(waiting::remove);
        }
        gone.forEach(visitor -> visitor.away.run());
        return comes;
    }

    private List<Visitor> of(String from) {
        return waiting.stream().filter(visitor -> visitor.from.equals(from)).toList();
    }

    /** The address that most wait of; of equal ones, who has waited longest. */
    private String crowd() {
        Map<String, Long> counts = waiting.stream()
                .map(visitor -> visitor.from)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        String crowd = "";
        long largest = 0;
        for (Visitor visitor : waiting) {
            long count = counts.getOrDefault(visitor.from, 0L);
            if (count > largest) {
                largest = count;
                crowd = visitor.from;
            }
        }
        return crowd;
    }

    private static String network(InetAddress from) {
        byte[] octets = from.getAddress();
        return HexFormat.of()
                .formatHex(
                        from instanceof Inet6Address && !from.isLinkLocalAddress()
                                ? Arrays.copyOf(octets, NETWORK_OCTETS)
                                : octets);
    }
}
