package phalanx.agents.trail;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.act.Remedy;
import phalanx.agents.cause.Cause;
import phalanx.agents.memory.Precedent;
import phalanx.agents.memory.Precedents;
import phalanx.casefile.Case;
import phalanx.casefile.Change;
import phalanx.run.Outcome;

/** Keeps the agents' steps and memory in a case: each step is on the disk before it counts, in the trail chained by hash. One thread at a time. */
public final class CaseTrail implements Trail {
    /** Steps that are read back: those of some hundreds of incidents. */
    private static final int STEPS = 5_000;

    private final Case file;

    /** @param file stays open */
    public CaseTrail(Case file) {
        this.file = file;
    }

    @Override
    public Outcome<Boolean> keep(Message message) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Stepped(message.incident(), MessageJson.write(message)));
        switch (message) {
            case Message.Voted voted -> changes.add(vote(voted.vote()));
            case Message.Decided decided -> decision(decided).ifPresent(changes::add);
            default -> {
                // the step says it all
            }
        }
        return file.record(message.by().word(), changes.toArray(Change[]::new));
    }

    private static Change vote(Vote vote) {
        Change.Choice choice = switch (vote.choice()) {
            case YES -> Change.Choice.YES;
            case NO -> Change.Choice.NO;
            case VETO -> Change.Choice.VETO;
        };
        return new Change.Voted(
                vote.proposal(), vote.voter().word(), vote.voter() != Role.HUMAN, vote.trust(), choice, vote.reason());
    }

    private static Optional<Change> decision(Message.Decided decided) {
        Optional<Change.Verdict> verdict = switch (decided.decision()) {
            case APPROVED -> Optional.of(Change.Verdict.APPROVED);
            case REJECTED -> Optional.of(Change.Verdict.REJECTED);
            case ASKED -> Optional.of(Change.Verdict.ESCALATED);
            case DRY_RUN -> Optional.empty();
        };
        return verdict.map(known -> new Change.Decided(decided.proposal(), known, decided.reason()));
    }

    /** What a case has from before. */
    public record Kept(List<StepLog.Entry> entries, List<Precedent> precedents) {
        /** The steps without their numbers and times of keeping. */
        public List<Message> steps() {
            return entries.stream().map(StepLog.Entry::step).toList();
        }
    }

    /** All of it. @return failed where the case cannot be read */
    public Outcome<Kept> kept() {
        return entries().then(steps -> precedents().then(precedents -> Outcome.ok(new Kept(steps, precedents))));
    }

    /** The last steps, oldest first; those that only a newer program understands are left out. */
    public Outcome<List<StepLog.Entry>> entries() {
        return file.steps(STEPS)
                .then(recorded -> file.stepCount().then(count -> {
                    List<StepLog.Entry> entries = new ArrayList<>();
                    long before = count - recorded.size();
                    for (int i = 0; i < recorded.size(); i++) {
                        long id = before + i + 1;
                        MessageJson.read(recorded.get(i).what().content())
                                .ifPresent(step -> entries.add(new StepLog.Entry(id, step)));
                    }
                    return Outcome.ok(entries);
                }));
    }

    /** The same without their numbers. */
    public Outcome<List<Message>> steps() {
        return entries()
                .then(entries ->
                        Outcome.ok(entries.stream().map(StepLog.Entry::step).toList()));
    }

    /** The trust that each voter had last. */
    public static Map<Role, Double> trust(List<Message> steps) {
        Map<Role, Double> trust = new EnumMap<>(Role.class);
        for (Message step : steps) {
            if (step instanceof Message.Learned learned) {
                trust.putAll(learned.trust());
            }
        }
        return trust;
    }

    /** Keeps a precedent; it can be made again from the steps. @return failed where the case cannot be written to */
    public Outcome<Boolean> keep(Precedent precedent) {
        ByteBuffer octets = ByteBuffer.allocate(precedent.vector().length * Float.BYTES);
        octets.asFloatBuffer().put(precedent.vector());
        return file.record(
                Role.CURATOR.word(),
                new Change.Remembered(
                        precedent.incident(),
                        precedent.at().toString(),
                        precedent.signature(),
                        Base64.getEncoder().encodeToString(octets.array()),
                        precedent.cause().word(),
                        precedent.service(),
                        precedent.remedy().word(),
                        precedent.healed()));
    }

    /** What is remembered, oldest first; what this program has no words for is left out. */
    Outcome<List<Precedent>> precedents() {
        return file.precedents(Precedents.MOST)
                .then(all -> Outcome.ok(
                        all.stream().flatMap(one -> precedent(one).stream()).toList()));
    }

    private static Optional<Precedent> precedent(Change.Remembered kept) {
        Optional<Cause> cause = Cause.of(kept.cause());
        Optional<Remedy.Kind> remedy = Remedy.Kind.of(kept.remedy());
        if (cause.isEmpty() || remedy.isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteBuffer octets = ByteBuffer.wrap(Base64.getDecoder().decode(kept.vector()));
            float[] vector = new float[octets.remaining() / Float.BYTES];
            octets.asFloatBuffer().get(vector);
            return Optional.of(new Precedent(
                    kept.incident(),
                    Instant.parse(kept.happenedAt()),
                    kept.signature(),
                    vector,
                    cause.get(),
                    kept.service(),
                    remedy.get(),
                    kept.healed()));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
