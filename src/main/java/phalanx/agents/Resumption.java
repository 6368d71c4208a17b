package phalanx.agents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phalanx.act.Effect;
import phalanx.agents.Incident.Stage;
import phalanx.agents.govern.EnvironmentPolicy;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Restraint;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Vote;

/**
 * What the trail says of an incident that the program left in the middle. Immutable, any thread.
 *
 * @param incident as it was noticed
 * @param failed what was tried before the last proposal and did not help
 * @param proposal the last one that was put to the vote, empty for none
 * @param failure why that failed, where it is known that it did
 * @param votes on it
 * @param begun whether it was about to be carried out
 * @param acted what became of that, empty where nobody noted it any more
 * @param verified what was measured then
 * @param learned whether trust has changed by that
 * @param takenBack what became of taking it back
 * @param left whether the agents had left the rest to a person
 */
record Resumption(
        Message.Signalled incident,
        List<Incident.Failed> failed,
        Optional<Message.Proposed> proposal,
        Optional<Incident.Failed> failure,
        List<Vote> votes,
        boolean begun,
        Optional<Message.Acted> acted,
        Optional<Message.Verified> verified,
        boolean learned,
        Optional<Message.TakenBack> takenBack,
        boolean left) {
    Resumption {
        failed = List.copyOf(failed);
        votes = List.copyOf(votes);
    }

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

    /** Has what was done before count for what may be done next. */
    static void restrain(List<Message> steps, Restraint restraint, EnvironmentPolicy policy) {
        Map<String, String> targets = new HashMap<>();
        Map<String, String> underWay = new HashMap<>(); // by incident
        for (Message step : steps) {
            switch (step) {
                case Message.Proposed one ->
                    targets.put(one.proposal().id(), one.proposal().remedy().target());
                case Message.Begun one -> {
                    restraint.begin(targets.getOrDefault(one.proposal(), ""), one.proposal(), one.at());
                    underWay.put(one.incident(), one.proposal());
                }
                case Message.Escalated one
                when underWay.containsKey(one.incident()) -> // a person goes on
                    restraint.end(targets.getOrDefault(underWay.remove(one.incident()), ""), false, one.at(), policy);
                case Message.Acted one
                when one.effect() != Effect.DONE -> {
                    restraint.end(targets.getOrDefault(one.proposal(), ""), false, one.at(), policy);
                    underWay.remove(one.incident());
                }
                case Message.Verified one
                when one.healed() -> {
                    restraint.end(targets.getOrDefault(one.proposal(), ""), true, one.at(), policy);
                    underWay.remove(one.incident());
                }
                case Message.TakenBack one -> {
                    restraint.end(targets.getOrDefault(one.proposal(), ""), false, one.at(), policy);
                    underWay.remove(one.incident());
                }
                default -> {
                    // changes nothing outside
                }
            }
        }
    }

    /** Whether people had paused the agents: who did may count on it. */
    static boolean paused(List<Message> steps) {
        return last(steps, Message.Paused.class).filter(Message.Paused::on).isPresent();
    }

    private static Resumption one(List<Message> steps) {
        List<Message.Proposed> proposals = all(steps, Message.Proposed.class);
        Optional<Message.Proposed> proposal = proposals.reversed().stream().findFirst();
        String id = proposal.map(one -> one.proposal().id()).orElse("");
        return new Resumption(
                (Message.Signalled) steps.getFirst(),
                proposals.stream()
                        .limit(Math.max(0, proposals.size() - 1))
                        .flatMap(one -> failure(one.proposal(), steps).stream())
                        .toList(),
                proposal,
                proposal.flatMap(one -> failure(one.proposal(), steps)),
                all(steps, Message.Voted.class).stream()
                        .map(Message.Voted::vote)
                        .filter(vote -> vote.proposal().equals(id))
                        .toList(),
                last(steps, Message.Begun.class)
                        .filter(one -> one.proposal().equals(id))
                        .isPresent(),
                last(steps, Message.Acted.class).filter(one -> one.proposal().equals(id)),
                last(steps, Message.Verified.class).filter(one -> one.proposal().equals(id)),
                last(steps, Message.Learned.class)
                        .filter(one -> one.proposal().equals(id))
                        .isPresent(),
                last(steps, Message.TakenBack.class)
                        .filter(one -> one.proposal().equals(id)),
                steps.stream()
                        .anyMatch(step -> step instanceof Message.Escalated
                                || step instanceof Message.Decided decided
                                        && decided.decision() == Message.Decision.DRY_RUN));
    }

    private static <T extends Message> List<T> all(List<Message> steps, Class<T> type) {
        return steps.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static <T extends Message> Optional<T> last(List<Message> steps, Class<T> type) {
        return all(steps, type).reversed().stream().findFirst();
    }

    /** Why a proposal failed, if it did. */
    private static Optional<Incident.Failed> failure(Proposal proposal, List<Message> steps) {
        return steps.stream()
                .flatMap(step -> switch (step) {
                    case Message.Verified one
                    when one.proposal().equals(proposal.id()) && !one.healed() ->
                        Optional.of("It was carried out and did not help.").stream();
                    case Message.Acted one
                    when one.proposal().equals(proposal.id()) && one.effect() == Effect.FAILED ->
                        Optional.of(one.says()).stream();
                    case Message.Decided one
                    when one.proposal().equals(proposal.id())
                            && one.decision() == Message.Decision.REJECTED
                            && one.by() != Role.GUARDRAIL -> // whose refusal may be a pause
                        Optional.of(one.reason()).stream();
                    default -> Optional.<String>empty().stream();
                })
                .findFirst()
                .map(why -> new Incident.Failed(proposal.hypothesis(), proposal.remedy(), why));
    }

    private boolean over() {
        return takenBack.map(Message.TakenBack::done).orElse(false)
                || acted.map(one -> one.effect() == Effect.FAILED).orElse(false);
    }

    /** What a person was to be told and was not. */
    Optional<String> check() {
        return left
                ? Optional.empty()
                : takenBack
                        .filter(one -> !one.done())
                        .map(Message.TakenBack::leftToDo)
                        .or(() -> acted.filter(one -> one.effect() == Effect.UNKNOWN)
                                .map(Message.Acted::leftToCheck));
    }

    private Stage stage() {
        if (left || check().isPresent()) {
            return Stage.WATCHING;
        }
        if (!begun || over()) {
            return Stage.DIAGNOSING;
        }
        return acted.isEmpty() ? Stage.ACTING : verified.isEmpty() ? Stage.VERIFYING : Stage.TAKING_BACK;
    }

    /** The incident as it stands: with the proposal that was about to be carried out, or was, and without one where none was. */
    Incident incident(Instant now) {
        Incident again = new Incident(incident);
        again.failed.addAll(failed);
        Stage stage = stage();
        proposal.map(Message.Proposed::proposal).ifPresent(last -> {
            again.proposals = last.attempt() + 1; // the next may have been on its way
        });
        if (stage == Stage.DIAGNOSING) {
            failure.ifPresent(again.failed::add);
        } else if (stage != Stage.WATCHING) {
            proposal.ifPresent(proposed -> again.ballot = ballot(proposed, now));
        }
        again.to(stage, now);
        return again;
    }

    private Ballot ballot(Message.Proposed proposed, Instant now) {
        Ballot ballot = new Ballot(
                proposed.proposal(), proposed.dryRun(), new Guardrail.Ruling.Allowed(), new EnumMap<>(Role.class));
        votes.stream()
                .filter(vote -> vote.voter() != Role.HUMAN) // as when it was voted
                .forEach(vote -> ballot.votes.putIfAbsent(vote.voter(), vote));
        ballot.decided = now;
        ballot.begun = true;
        ballot.restrains = true;
        ballot.cutOff = acted.isEmpty();
        ballot.verified = verified.orElse(null);
        acted.ifPresent(one -> {
            ballot.acted = true;
            ballot.wayBack = one.wayBack();
        });
        return ballot;
    }
}
