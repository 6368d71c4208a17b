package phalanx.agents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.act.Remedy;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Signal;

/** Trouble that the agents work on, and how far they have come. On the loop's thread; what others get is {@link #view}. */
final class Incident {
    /** How far they have come. */
    enum Stage {
        /** The cause is looked for. */
        DIAGNOSING,
        /** A remedy is tried without effect. */
        TRYING,
        VOTING,
        /** A person is asked. */
        ASKING,
        /** The remedy is being carried out. */
        ACTING,
        /** Whether it helped is being measured. */
        VERIFYING,
        TAKING_BACK,
        /** Nothing more is done; it is over when the trouble is. */
        WATCHING,
        CLOSED
    }

    /** What was tried and did not help. @param why one sentence */
    record Failed(Hypothesis hypothesis, Remedy remedy, String why) {}

    /** What an agent may know of it. Immutable. @param signature what it looked like when it was noticed, in words */
    record View(String id, Instant since, List<Signal> signals, String signature, List<Failed> failed) {
        View {
            signals = List.copyOf(signals);
            failed = List.copyOf(failed);
        }

        /** Whether this was tried for this cause at this place before. */
        boolean tried(Hypothesis hypothesis, Remedy remedy) {
            return failed.stream()
                    .anyMatch(one -> one.remedy().equals(remedy)
                            && one.hypothesis().cause() == hypothesis.cause()
                            && one.hypothesis().place().equals(hypothesis.place()));
        }
    }

    final String id;
    final Instant opened;
    final List<Signal> signals;
    private final String signature;
    final List<Failed> failed = new ArrayList<>();
    /** Proposals made so far. */
    int proposals;

    /** How long the dry run may take. */
    Duration patience = Bus.OLDEST;

    private Stage stage = Stage.DIAGNOSING;
    private Instant staged;

    private @Nullable Instant calmSince;

    @Nullable
    Ballot ballot;

    Incident(Message.Signalled noticed) {
        this.id = noticed.incident();
        this.opened = noticed.at();
        this.staged = opened;
        this.signals = noticed.signals();
        this.signature = noticed.signature();
    }

    Stage stage() {
        return stage;
    }

    /** Whether it came to its stage so long ago. */
    boolean past(Duration time, Instant now) {
        return !now.isBefore(staged.plus(time));
    }

    /**
     * Whether all has been well for long enough; asked at each look. Few requests show nothing, but where a client is kept away they are
     * what was wanted.
     */
    boolean calm(Watch scout, Observation seen, Duration time) {
        boolean keepsAway = ballot != null && ballot.proposal.remedy() instanceof Remedy.Ban;
        if (!scout.calm(keepsAway ? List.of() : signals, seen)) {
            calmSince = null;
            return false;
        }
        if (calmSince == null) {
            calmSince = seen.at();
        }
        return !seen.at().isBefore(calmSince.plus(time));
    }

    void to(Stage next, Instant at) {
        stage = next;
        staged = at;
        calmSince = null;
    }

    /** The proposal under way with this id. */
    Optional<Ballot> ballot(String proposal) {
        return Optional.ofNullable(ballot).filter(one -> one.proposal.id().equals(proposal));
    }

    /** Whether a message belongs to what goes on now, and not to what is over. */
    boolean fits(Message message) {
        return switch (message) {
            case Message.Proposed proposed ->
                stage == Stage.TRYING && proposals == proposed.proposal().attempt();
            case Message.Decided decided ->
                (stage == Stage.VOTING || stage == Stage.ASKING)
                        && ballot(decided.proposal()).isPresent();
            case Message.Begun begun ->
                stage == Stage.ACTING && ballot(begun.proposal()).isPresent();
            default -> true;
        };
    }

    boolean open() {
        return stage != Stage.CLOSED;
    }

    View view() {
        return new View(id, signals.getFirst().since(), signals, signature, failed);
    }
}
