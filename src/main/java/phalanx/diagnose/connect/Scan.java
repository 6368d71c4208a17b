package phalanx.diagnose.connect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import phalanx.diagnose.Investigation;
import phalanx.net.IpAddress;

/** One client that tries many services, none of which accepts, none more than twice: it looks what there is, or all of them are down. */
record Scan(IpAddress client, ServiceGroup tried) {
    private static final int LEAST_SERVICES = 20;
    private static final int MOST_TRIES = 2;

    static List<Scan> of(Investigation investigation) {
        return investigation.once(All.class, All::of).scans;
    }

    /** All attempts but those to services that only scans tried. */
    static List<Attempts> without(Investigation investigation) {
        Set<Attempts> scanned = investigation.once(All.class, All::of).services;
        return Attempts.of(investigation).stream()
                .filter(attempts -> !scanned.contains(attempts))
                .toList();
    }

    private record All(List<Scan> scans, Set<Attempts> services) {
        static All of(Investigation investigation) {
            Map<String, List<Attempts>> byClient = new TreeMap<>();
            Map<String, IpAddress> clients = new TreeMap<>();
            for (Attempts attempts : Attempts.of(investigation)) {
                List<Integer> tries = Stream.concat(attempts.refused.stream(), attempts.ignored.stream())
                        .toList();
                boolean heard = !attempts.refused.isEmpty() || investigation.sawBothWays(attempts.capture);
                List<IpAddress> by = tries.stream()
                        .map(journey -> client(investigation, attempts, journey))
                        .distinct()
                        .toList();
                if (!heard || !attempts.accepted.isEmpty() || by.size() != 1 || tries.size() > MOST_TRIES) {
                    continue;
                }
                IpAddress client = by.getFirst();
                String key = attempts.capture + " " + client;
                clients.put(key, client);
                byClient.computeIfAbsent(key, _ -> new ArrayList<>()).add(attempts);
            }
            List<Scan> scans = new ArrayList<>();
            Set<Attempts> services = new HashSet<>();
            byClient.forEach((key, tried) -> {
                if (tried.size() >= LEAST_SERVICES) {
                    scans.add(new Scan(
                            clients.getOrDefault(key, tried.getFirst().service.address()),
                            new ServiceGroup(tried.getFirst().capture, tried)));
                    services.addAll(tried);
                }
            });
            return new All(scans, services);
        }

        private static IpAddress client(Investigation investigation, Attempts attempts, int journey) {
            return investigation
                    .conversation(journey)
                    .leg(attempts.capture)
                    .orElseThrow()
                    .client()
                    .address();
        }
    }
}
