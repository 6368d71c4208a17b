package phalanx.agents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.act.Effect;
import phalanx.agents.govern.Guardrail;

/**
 * What the trail says of an incident that the program left in the middle. Immutable, any thread.
 *
 * @param incident as it was noticed
 * @param proposal the last one that was put to the vote, empty for none
 * @param begun whether it was about to be carried out
 * @param acted what became of that, empty where nobody noted it any more
 * @param verified what was measured then
 */
record Resumption(
        Message.Signalled incident,
        Optional<Message.Proposed> proposal,
        boolean begun,
        Optional<Message.Acted> acted,
        Optional<Message.Verified> verified) {

    /** The incidents that did not end, oldest first. */
    static List<Resumption> of(List<Message> steps) {
        Map<String, List<Message>> incidents = new LinkedHashMap<>();
        for (Message step : steps) {
            incidents.computeIfAbsent(step.incident(), _ -> new ArrayList<>()).add(step);
        }
        return incidents.values().stream()
                .filter(all -> all.getFirst() instanceof Message.Signalled
                        && all.stream().noneMatch(Message.Closed.class::isInstance))
                .map(Resumption::one)
                .toList();
    }

    private static Resumption one(List<Message> steps) {
        Optional<Message.Proposed> proposal = last(steps, Message.Proposed.class);
        String id = proposal.map(one -> one.proposal().id()).orElse("");
        return new Resumption(
                (Message.Signalled) steps.getFirst(),
                proposal,
                last(steps, Message.Begun.class)
                        .filter(one -> one.proposal().equals(id))
                        .isPresent(),
                last(steps, Message.Acted.class).filter(one -> one.proposal().equals(id)),
                last(steps, Message.Verified.class).filter(one -> one.proposal().equals(id)));
    }

    private static <T extends Message> Optional<T> last(List<Message> steps, Class<T> type) {
        return steps.stream().filter(type::isInstance).map(type::cast).reduce((_, later) -> later);
    }

    /** Whether something was, or may have been, changed and not measured yet. */
    boolean open() {
        return begun
                && acted.map(one -> one.effect() == Effect.DONE).orElse(true)
                && verified.map(one -> !one.healed()).orElse(true);
    }

    /** The incident as it stood. */
    Incident incident(Instant now) {
        Incident again = new Incident(incident.incident(), incident.at(), incident.signals());
        proposal.ifPresent(proposed -> {
            Ballot ballot = new Ballot(
                    proposed.proposal(), proposed.dryRun(), new Guardrail.Ruling.Allowed(), new EnumMap<>(Role.class));
            ballot.decided = true;
            ballot.begun = true;
            acted.ifPresent(one -> {
                ballot.acted = true;
                ballot.wayBack = one.wayBack();
            });
            again.ballot = ballot;
            again.proposals = proposed.proposal().attempt();
        });
        again.to(
                acted.isEmpty()
                        ? Incident.Stage.ACTING
                        : verified.isEmpty() ? Incident.Stage.VERIFYING : Incident.Stage.TAKING_BACK,
                now);
        return again;
    }
}
