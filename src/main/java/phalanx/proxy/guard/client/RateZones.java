package phalanx.proxy.guard.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The zones at work; what they have counted outlasts a reload that leaves them as they are. Any thread. */
public final class RateZones {
    private final ConcurrentHashMap<LimitZone, RateZone> zones = new ConcurrentHashMap<>();

    RateZone of(LimitZone settings) {
        return zones.computeIfAbsent(settings, RateZone::new);
    }

    /** Forgets all others. */
    public void keep(Set<LimitZone> used) {
        zones.keySet().retainAll(used);
    }

    /** All of them, by name. */
    public List<RateZone> all() {
        Collection<RateZone> all = zones.values();
        return all.stream()
                .sorted(Comparator.comparing(zone -> zone.settings().name()))
                .toList();
    }
}
