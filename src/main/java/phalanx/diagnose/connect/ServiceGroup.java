package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import phalanx.net.IpAddress;

/** Services behind one capture point that fared alike and are told together: one, many of a host, or those of many hosts. */
record ServiceGroup(int capture, List<Attempts> services) {
    /** So many ports of a host, and so many hosts, are told one by one. */
    private static final int FEW_PORTS = 4, FEW_HOSTS = 8;

    static List<ServiceGroup> of(List<Attempts> alike) {
        List<ServiceGroup> groups = new ArrayList<>();
        grouped(alike, attempts -> attempts.capture).forEach((capture, there) -> {
            Map<IpAddress, List<Attempts>> hosts = grouped(there, attempts -> attempts.service.address());
            if (hosts.size() > FEW_HOSTS) {
                groups.add(new ServiceGroup(capture, there));
                return;
            }
            hosts.values().forEach(ports -> {
                if (ports.size() > FEW_PORTS) {
                    groups.add(new ServiceGroup(capture, ports));
                } else {
                    ports.forEach(port -> groups.add(new ServiceGroup(capture, List.of(port))));
                }
            });
        });
        return groups;
    }

    private static <K> Map<K, List<Attempts>> grouped(List<Attempts> all, Function<Attempts, K> by) {
        Map<K, List<Attempts>> groups = new LinkedHashMap<>();
        all.forEach(attempts -> groups.computeIfAbsent(by.apply(attempts), _ -> new ArrayList<>())
                .add(attempts));
        return groups;
    }

    /** {@code 10.0.0.5:80}, {@code 10.0.0.5 (312 ports)}, {@code 256 hosts (port 445)}. */
    String name() {
        Attempts first = services.getFirst();
        long hosts = distinct(attempts -> attempts.service.address());
        long ports = distinct(attempts -> attempts.service.port());
        if (services.size() == 1) {
            return first.service.toString();
        }
        String port = ports == 1 ? "port " + first.service.port() : ports + " ports";
        return (hosts == 1 ? first.service.address().toString() : hosts + " hosts") + " (" + port + ")";
    }

    private long distinct(Function<Attempts, Object> what) {
        return services.stream().map(what).distinct().count();
    }

    /** Packets of all services, in the order of their journeys. */
    int[] all(Function<Attempts, List<Integer>> which) {
        return services.stream()
                .flatMap(attempts -> which.apply(attempts).stream())
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }
}
