package phalanx.topology;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import phalanx.net.IpAddress;

/**
 * Gathers hosts into subnets until few enough are left to be drawn: by /24 and /64, coarser when that is not enough. A subnet that
 * is opened shows its parts: again subnets when it has too many hosts. Immutable, any thread.
 */
public final class Subnets implements UnaryOperator<Station> {
    private static final List<Integer> V4_BITS = List.of(0, 8, 16, 24, 28, 32);
    private static final List<Integer> V6_BITS = List.of(0, 32, 48, 64, 96, 112, 120, 128);
    /** Where gathering begins, as the sizes that networks are usually given. */
    private static final int USUAL = 3;

    private final Map<Station, Station> gathered;

    private Subnets(Map<Station, Station> gathered) {
        this.gathered = Map.copyOf(gathered);
    }

    /**
     * @param hosts hosts and services; others stay as they are
     * @param opened ids of subnets to be shown by their parts
     * @param most nodes that may be drawn without gathering, and parts of a subnet
     */
    public static Subnets of(Collection<Station> hosts, Set<String> opened, int most) {
        Map<Station, Station> gathered = new HashMap<>();
        if (hosts.size() > most) {
            int level = USUAL;
            while (level > 0 && subnets(hosts, level) > most) {
                level--;
            }
            for (Map.Entry<IpPrefix, Set<Station>> block : blocks(hosts, level).entrySet()) {
                gather(block.getKey(), block.getValue(), level, opened, most, gathered);
            }
        }
        return new Subnets(gathered);
    }

    private static void gather(
            IpPrefix prefix,
            Set<Station> hosts,
            int level,
            Set<String> opened,
            int most,
            Map<Station, Station> gathered) {
        Station.Subnet subnet = new Station.Subnet(prefix);
        if (hosts.size() == 1) {
            return;
        }
        if (!opened.contains(subnet.id())) {
            hosts.forEach(host -> gathered.put(host, subnet));
        } else if (hosts.size() > most && level + 1 < V4_BITS.size()) {
            blocks(hosts, level + 1).forEach((part, in) -> gather(part, in, level + 1, opened, most, gathered));
        }
    }

    private static long subnets(Collection<Station> hosts, int level) {
        return hosts.stream().map(host -> block(host, level)).distinct().count();
    }

    private static Map<IpPrefix, Set<Station>> blocks(Collection<Station> hosts, int level) {
        Map<IpPrefix, Set<Station>> blocks = new HashMap<>();
        hosts.forEach(host ->
                blocks.computeIfAbsent(block(host, level), _ -> new HashSet<>()).add(host));
        return blocks;
    }

    private static IpPrefix block(Station host, int level) {
        IpAddress address = address(host);
        List<Integer> bits = address.version() == 4 ? V4_BITS : V6_BITS;
        return IpPrefix.of(address, bits.get(Math.min(level, bits.size() - 1)));
    }

    /** Of a host, a service, or the lowest of a subnet. */
    static IpAddress address(Station station) {
        return switch (station) {
            case Station.Host(var address) -> address;
            case Station.Service(var endpoint) -> endpoint.address();
            case Station.Subnet(var prefix) -> prefix.base();
            case Station.Named _, Station.CapturePoint _, Station.End _ ->
                throw new IllegalArgumentException(station.id() + " has no address");
        };
    }

    /** What stands for a host or service: itself when it is drawn alone. */
    @Override
    public Station apply(Station host) {
        return gathered.getOrDefault(host, host);
    }

    /** Gathers what a place stands for, by its id, and nothing else: the hosts of one subnet. */
    public static UnaryOperator<Station> only(String id) {
        return station -> {
            List<Integer> bits = address(station).version() == 4 ? V4_BITS : V6_BITS;
            return id.startsWith("subnet-")
                    ? bits.stream()
                            .map(length -> (Station) new Station.Subnet(IpPrefix.of(address(station), length)))
                            .filter(subnet -> subnet.id().equals(id))
                            .findFirst()
                            .orElse(station)
                    : station;
        };
    }
}
