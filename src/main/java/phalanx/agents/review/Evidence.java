package phalanx.agents.review;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import phalanx.agents.cause.Cause;
import phalanx.agents.memory.Precedent;

/** What happened, as memory has it, oldest first. Immutable, any thread. */
record Evidence(List<Precedent> precedents) {
    /** Incidents that are named. */
    private static final int NAMED = 5;
    /** A remedy that failed this often without ever helping is told of. */
    private static final int OFTEN = 2;

    Evidence {
        precedents = List.copyOf(precedents);
    }

    /** At a service, of any of these causes. @param service empty for all */
    List<Precedent> of(String service, Cause... causes) {
        Set<Cause> wanted = EnumSet.copyOf(Arrays.asList(causes));
        return precedents.stream()
                .filter(one -> wanted.contains(one.cause())
                        && (service.isEmpty() || one.service().equals(service)))
                .toList();
    }

    /** Sentences: which incidents, and what helped; none for none. */
    static List<String> told(List<Precedent> precedents) {
        if (precedents.isEmpty()) {
            return List.of("No incident came of it so far.");
        }
        List<String> incidents =
                precedents.stream().map(Precedent::incident).distinct().toList();
        String causes = precedents.stream()
                .map(one -> one.cause().word())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        Map<String, int[]> tried = new LinkedHashMap<>();
        for (Precedent one : precedents) {
            int[] count = tried.computeIfAbsent(one.remedy().word(), _ -> new int[2]);
            count[0] += one.healed() ? 1 : 0;
            count[1]++;
        }
        String remedies = tried.entrySet().stream()
                .map(one -> one.getKey() + " helped in " + one.getValue()[0] + " of " + one.getValue()[1])
                .collect(Collectors.joining(", "));
        String last = String.join(", ", incidents.subList(Math.max(0, incidents.size() - NAMED), incidents.size()));
        return List.of(
                incidents.size() + (incidents.size() == 1 ? " incident" : " incidents") + " (" + causes + "): " + last
                        + ".",
                "Tried then: " + remedies + ".");
    }

    /** What never helped, as a sentence each. */
    List<String> failures() {
        Map<String, List<Precedent>> alike = precedents.stream()
                .collect(Collectors.groupingBy(
                        one -> one.remedy().word() + " against " + one.cause().word() + " at " + one.service(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return alike.entrySet().stream()
                .filter(one -> one.getValue().size() >= OFTEN
                        && one.getValue().stream().noneMatch(Precedent::healed))
                .map(one -> one.getKey() + " failed in all " + one.getValue().size() + " cases")
                .toList();
    }
}
