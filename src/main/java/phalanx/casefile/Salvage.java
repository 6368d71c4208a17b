package phalanx.casefile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An audit trail put together from two copies. Immutable, any thread.
 *
 * @param entries in a chain that holds
 * @param told one sentence on what was saved
 */
record Salvage(List<AuditTrail.Entry> entries, String told) {
    /** @param end number and hash that the last entry once had, 0 when nobody remembers it */
    static Salvage of(List<AuditTrail.Entry> first, List<AuditTrail.Entry> second, AuditTrail.Entry end) {
        Map<Long, List<AuditTrail.Entry>> copies = new HashMap<>();
        first.forEach(entry ->
                copies.computeIfAbsent(entry.number(), _ -> new ArrayList<>()).add(entry));
        second.forEach(entry ->
                copies.computeIfAbsent(entry.number(), _ -> new ArrayList<>()).add(entry));
        List<Long> numbers = copies.keySet().stream().sorted().toList();
        List<AuditTrail.Entry> chain = new ArrayList<>();
        List<AuditTrail.Entry> loose = new ArrayList<>();
        AuditTrail.Entry before = AuditTrail.BEGIN;
        for (long number : numbers) {
            String hash = before.hash();
            long expected = before.number() + 1;
            List<AuditTrail.Entry> candidates = copies.getOrDefault(number, List.of());
            AuditTrail.Entry sound = candidates.stream()
                    .filter(entry -> AuditTrail.why(hash, expected, entry) == null)
                    .findFirst()
                    .orElse(null);
            if (sound != null && loose.isEmpty()) {
                chain.add(sound);
                before = sound;
            } else {
                loose.add(candidates.getFirst());
            }
        }
        if (loose.isEmpty()) {
            return CaseCheck.cut(chain, end) == null
                    ? new Salvage(
                            List.copyOf(chain), "All %d entries of the audit trail are there.".formatted(chain.size()))
                    : restored(
                            chain,
                            "%d entries of the audit trail were saved; it was cut off or replaced, for the tables had another entry %d."
                                    .formatted(chain.size(), end.number()));
        }
        long last = numbers.getLast();
        int saved = 0;
        for (AuditTrail.Entry entry : loose) {
            Change change = AuditTrail.change(entry).orElse(null);
            if (change != null) {
                before = AuditTrail.after(before, entry.at(), entry.who(), change);
                chain.add(before);
                saved++;
            }
        }
        int whole = chain.size() - saved;
        return restored(
                chain,
                "%d of %d entries of the audit trail were saved; its chain was broken behind entry %d and begins anew there."
                        .formatted(chain.size(), last, whole));
    }

    private static Salvage restored(List<AuditTrail.Entry> chain, String told) {
        AuditTrail.Entry before = chain.isEmpty() ? AuditTrail.BEGIN : chain.getLast();
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        chain.add(AuditTrail.after(before, now, Case.PROGRAM, new Change.Restored(told)));
        return new Salvage(List.copyOf(chain), told);
    }
}
