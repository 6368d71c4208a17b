package phalanx.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which service calls which. Immutable, any thread. */
public final class CallGraph {
    /** Of an unknown graph: nobody calls anybody. */
    public static final CallGraph NONE = new CallGraph(Map.of());

    private final Map<String, Set<String>> calls;
    private final Map<String, Set<String>> callers = new LinkedHashMap<>();

    /** @param calls callees by caller; calls of oneself do not count */
    public CallGraph(Map<String, Set<String>> calls) {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        calls.forEach((caller, callees) -> {
            Set<String> others = new LinkedHashSet<>(callees);
            others.remove(caller);
            copy.put(caller, others);
            others.forEach(callee ->
                    callers.computeIfAbsent(callee, _ -> new LinkedHashSet<>()).add(caller));
        });
        this.calls = copy;
    }

    /** Whether the service calls or is called. */
    public boolean knows(String service) {
        return !callees(service).isEmpty() || !callers(service).isEmpty();
    }

    public Set<String> callees(String service) {
        return calls.getOrDefault(service, Set.of());
    }

    public Set<String> callers(String service) {
        return callers.getOrDefault(service, Set.of());
    }

    /** The service and all that it calls, directly or through others. */
    public Set<String> reachable(String from) {
        Set<String> seen = new LinkedHashSet<>(Set.of(from));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (String callee : callees(open.pop())) {
                if (seen.add(callee)) {
                    open.push(callee);
                }
            }
        }
        return seen;
    }
}
