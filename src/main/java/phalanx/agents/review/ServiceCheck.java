package phalanx.agents.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import phalanx.act.JsonEdit;
import phalanx.act.Remedy.Configure.Change;
import phalanx.agents.cause.Cause;
import phalanx.agents.memory.Precedent;
import phalanx.agents.observe.Inventory;
import phalanx.config.Values;

/** What a service's own configuration lacks: short waits with something to stand in for a dependency, connections enough. Any thread. */
final class ServiceCheck {
    /** Longer waits than this for a dependency use up who waits, in milliseconds. */
    private static final int SHORT_WAIT = 200;
    /** Fewer connections than this run out at the first slow statement. */
    private static final int CONNECTIONS = 10;

    private final String name;
    private final Inventory.Service service;
    private final String text;
    private final Evidence evidence;

    /** @param text of the service's file */
    ServiceCheck(String name, Inventory.Service service, String text, Evidence evidence) {
        this.name = name;
        this.service = service;
        this.text = text;
        this.evidence = evidence;
    }

    List<Weakness> weaknesses() {
        List<Weakness> all = new ArrayList<>();
        new TreeMap<>(service.calls())
                .forEach((dependency, call) -> wait(dependency, call).ifPresent(all::add));
        pool().ifPresent(all::add);
        return all;
    }

    private Optional<Weakness> wait(String dependency, Inventory.Call call) {
        List<Precedent> happened = evidence.of(name, Cause.DEPENDENCY_TIMEOUT);
        Optional<Long> limit = number(call.limit());
        String standIn = "\"" + call.standIn() + "\"";
        boolean stands = call.fallback().isEmpty()
                || JsonEdit.value(text, call.fallback()).filter(standIn::equals).isPresent();
        boolean quick = limit.isEmpty() || limit.get() <= SHORT_WAIT;
        if (happened.isEmpty() || stands && quick) {
            return Optional.empty();
        }
        List<Change> changes = new ArrayList<>();
        if (!quick) {
            changes.add(new Change(call.limit(), String.valueOf(SHORT_WAIT)));
        }
        if (!stands) {
            changes.add(new Change(call.fallback(), standIn));
        }
        String reason = name + " waits " + limit.map(wait -> wait + " ms").orElse("without a limit") + " for "
                + dependency + (stands ? "" : " and has nothing to stand in for it") + ".";
        return Optional.of(weakness(name + ": a short wait for " + dependency, reason, happened, changes));
    }

    private Optional<Weakness> pool() {
        List<Precedent> happened = evidence.of(name, Cause.POOL_EXHAUSTED);
        return happened.isEmpty()
                ? Optional.empty()
                : number(service.pool())
                        .filter(size -> size < CONNECTIONS)
                        .map(size -> weakness(
                                name + ": more connections to its database",
                                name + " has " + size + " connections to its database.",
                                happened,
                                List.of(new Change(service.pool(), String.valueOf(CONNECTIONS)))));
    }

    private Weakness weakness(String title, String reason, List<Precedent> happened, List<Change> changes) {
        return new Weakness(
                title, service.file(), reason, happened, now -> JsonEdit.apply(service.file(), now, changes));
    }

    private Optional<Long> number(String pointer) {
        return pointer.isEmpty()
                ? Optional.empty()
                : JsonEdit.value(text, pointer).flatMap(value -> Values.number(value, 0, Integer.MAX_VALUE));
    }

    /** Of all services. @param files texts by name */
    static List<Weakness> of(Inventory inventory, Map<String, String> files, Evidence evidence) {
        List<Weakness> all = new ArrayList<>();
        new TreeMap<>(inventory.services()).forEach((name, service) -> {
            String text = files.get(service.file());
            if (text != null) {
                all.addAll(new ServiceCheck(name, service, text, evidence).weaknesses());
            }
        });
        return all;
    }
}
