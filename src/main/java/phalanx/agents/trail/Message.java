package phalanx.agents.trail;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.observe.Figure;

/**
 * A step of the agents: what travels between them on the bus, what the audit trail keeps, what the console shows. A message that arrives
 * twice means nothing new. Immutable, any thread.
 */
public sealed interface Message {
    Instant at();

    /** The incident that it belongs to; empty for a pause while there is none. */
    String incident();

    /** Whose step it is. */
    Role by();

    /** What it says anew: the same for a message that arrives twice. */
    String key();

    /** Whether more is done because of it; the others say what was done. */
    default boolean leadsOn() {
        return switch (this) {
            case Signalled _, Proposed _, Voted _, Decided _, Begun _ -> true;
            case Diagnosed _,
                    Acted _,
                    Verified _,
                    TakenBack _,
                    Learned _,
                    Reviewed _,
                    Escalated _,
                    Filed _,
                    Closed _,
                    Paused _ -> false;
        };
    }

    /** Trouble was noticed. @param signature what it looks like, in words, for the memory; empty where a former version noticed it */
    record Signalled(Instant at, String incident, List<Signal> signals, String signature) implements Message {
        public Signalled {
            signals = List.copyOf(signals);
            signature = Objects.requireNonNullElse(signature, "");
        }

        @Override
        public Role by() {
            return Role.SCOUT;
        }

        @Override
        public String key() {
            return incident + "/signalled";
        }
    }

    /** What may be the cause, likeliest first. @param attempt 1 for the first look */
    record Diagnosed(Instant at, String incident, int attempt, Role by, List<Hypothesis> hypotheses)
            implements Message {
        public Diagnosed {
            hypotheses = List.copyOf(hypotheses);
        }

        @Override
        public String key() {
            return incident + "/" + attempt + "/diagnosed/" + by.word();
        }
    }

    /** A remedy is put to the vote, and was tried without effect. */
    record Proposed(Instant at, Proposal proposal, DryRun dryRun) implements Message {
        @Override
        public String incident() {
            return proposal.incident();
        }

        @Override
        public Role by() {
            return proposal.by();
        }

        @Override
        public String key() {
            return proposal.id() + "/proposed";
        }
    }

    /** A voter answered. */
    record Voted(Instant at, String incident, Vote vote) implements Message {
        @Override
        public Role by() {
            return vote.voter();
        }

        @Override
        public String key() {
            return vote.proposal() + "/voted/" + vote.voter().word();
        }
    }

    /** What becomes of a proposal. @param reason one sentence  @param tally null where it was not counted */
    record Decided(
            Instant at,
            String incident,
            String proposal,
            Role by,
            Decision decision,
            String reason,
            @Nullable Tally tally)
            implements Message {
        @Override
        public String key() {
            return proposal + "/decided/" + decision + Reviewed.again(incident, at);
        }
    }

    /** How a proposal goes on. */
    enum Decision {
        /** It is carried out. */
        APPROVED,
        /** A person is asked. */
        ASKED,
        /** It would be carried out, were this no dry run. */
        DRY_RUN,
        REJECTED
    }

    /** The remedy is about to be carried out: kept before it is, so that nobody carries it out twice. */
    record Begun(Instant at, String incident, String proposal) implements Message {
        @Override
        public Role by() {
            return Role.FIXER;
        }

        @Override
        public String key() {
            return proposal + "/begun";
        }
    }

    /** The remedy was carried out, or not. @param wayBack how it can be taken back, for the Fixer and for people */
    record Acted(Instant at, String incident, String proposal, Effect effect, String says, String wayBack)
            implements Message {
        @Override
        public Role by() {
            return Role.FIXER;
        }

        @Override
        public String key() {
            return proposal + "/acted" + Reviewed.again(incident, at);
        }

        /** What a person is told where the effect is unknown. */
        public String leftToCheck() {
            return says + " Check it. The way back: " + (wayBack.isEmpty() ? "unknown." : wayBack);
        }
    }

    /** Whether the trouble ended, as measured. @param after the figures of the signals' subjects, in their order */
    record Verified(Instant at, String incident, String proposal, boolean healed, List<Figure> after)
            implements Message {
        public Verified {
            after = List.copyOf(after);
        }

        @Override
        public Role by() {
            return Role.SCOUT;
        }

        @Override
        public String key() {
            return proposal + "/verified";
        }
    }

    /** A remedy that did not help was taken back. @param done whether it was; otherwise {@code says} how a person does it */
    record TakenBack(Instant at, String incident, String proposal, boolean done, String says) implements Message {
        @Override
        public Role by() {
            return Role.FIXER;
        }

        @Override
        public String key() {
            return proposal + "/taken-back";
        }

        /** What a person is told where it was not done. */
        public String leftToDo() {
            return "It did not help and could not be taken back: " + says;
        }
    }

    /** Trust changed by what came of votes. */
    record Learned(Instant at, String incident, String proposal, Map<Role, Double> trust) implements Message {
        public Learned {
            trust = Map.copyOf(trust);
        }

        @Override
        public Role by() {
            return Role.CURATOR;
        }

        @Override
        public String key() {
            return proposal + "/learned";
        }
    }

    /** Jules looked through memory and configuration. @param incident names the review  @param says one sentence */
    record Reviewed(Instant at, String incident, List<Advice> advice, String says) implements Message {
        /** What the names of reviews begin with, so that an answer to one is told from one to an incident. */
        public static final String PREFIX = "REV-";

        /** What tells a person's answer from the one before: what a review proposes may be answered again where it could not be done. */
        private static String again(String incident, Instant at) {
            return names(incident) ? "/" + at : "";
        }

        /** Whether a step belongs to a review, and not to an incident. */
        public static boolean names(String incident) {
            return incident.startsWith(PREFIX);
        }

        public Reviewed {
            advice = List.copyOf(advice);
        }

        @Override
        public Role by() {
            return Role.JULES;
        }

        @Override
        public String key() {
            return incident + "/reviewed";
        }
    }

    /**
     * A merge request of a review, which waits for a person.
     *
     * @param id of the request, and of the answer to it
     * @param file that it changes
     * @param reasons figures in force, incidents, what helped then; one sentence each
     * @param difference unified diff
     * @param where it can be seen
     */
    record Advice(String id, String title, String file, List<String> reasons, String difference, String where) {
        public Advice {
            reasons = List.copyOf(reasons);
        }
    }

    /** The agents cannot, or may not, go on: a person does. @param says what is known and what is missing */
    record Escalated(Instant at, String incident, String says) implements Message {
        @Override
        public Role by() {
            return Role.HUMAN;
        }

        @Override
        public String key() {
            return incident + "/escalated";
        }
    }

    /** What is known of an incident was written down for the person who goes on. @param says where, or why it was not */
    record Filed(Instant at, String incident, String says) implements Message {
        @Override
        public Role by() {
            return Role.CURATOR;
        }

        @Override
        public String key() {
            return incident + "/filed";
        }
    }

    /** The incident is over. @param says one sentence */
    record Closed(Instant at, String incident, Ending ending, String says) implements Message {
        @Override
        public Role by() {
            return Role.CURATOR;
        }

        @Override
        public String key() {
            return incident + "/closed";
        }
    }

    /** A person paused the agents, or had them go on. @param on whether they begin nothing from now on  @param who the person */
    record Paused(Instant at, String incident, boolean on, String who) implements Message {
        @Override
        public Role by() {
            return Role.HUMAN;
        }

        @Override
        public String key() {
            return at + (on ? "/paused" : "/resumed");
        }
    }

    /** How an incident ends. */
    enum Ending {
        /** A remedy ended it, as measured. */
        HEALED,
        /** It ended by itself. */
        PASSED,
        /** It ended after a person was told to go on with it. */
        ESCALATED
    }
}
