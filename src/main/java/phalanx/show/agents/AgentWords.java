package phalanx.show.agents;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import phalanx.act.Risk;
import phalanx.agents.govern.EnvironmentPolicy;
import phalanx.agents.trail.IncidentRecord;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Vote;
import phalanx.show.Words;

/** The agents' vocabulary in the user's language. Any thread. */
final class AgentWords {
    private static final Words WORDS = Words.of("agents");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private AgentWords() {}

    /** Of this machine's zone. */
    static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }

    static String role(Role role) {
        return switch (role) {
            case SCOUT -> WORDS.get("role.scout");
            case CAG -> WORDS.get("role.cag");
            case BRAIN -> WORDS.get("role.brain");
            case GUARDRAIL -> WORDS.get("role.guardrail");
            case FIXER -> WORDS.get("role.fixer");
            case CURATOR -> WORDS.get("role.curator");
            case JULES -> WORDS.get("role.jules");
            case HUMAN -> WORDS.get("role.human");
        };
    }

    static String stage(IncidentRecord.Stage stage) {
        return switch (stage) {
            case LOOKING -> WORDS.get("stage.looking");
            case VOTING -> WORDS.get("stage.voting");
            case WAITING -> WORDS.get("stage.waiting");
            case ACTING -> WORDS.get("stage.acting");
            case MEASURING -> WORDS.get("stage.measuring");
            case TAKING_BACK -> WORDS.get("stage.taking-back");
            case ESCALATED -> WORDS.get("stage.escalated");
            case CLOSED -> WORDS.get("stage.closed");
        };
    }

    static String choice(Vote.Choice choice) {
        return switch (choice) {
            case YES -> "\u2714 " + WORDS.get("vote.yes");
            case NO -> "\u2716 " + WORDS.get("vote.no");
            case VETO -> "\u2716 " + WORDS.get("vote.veto");
        };
    }

    static String decision(Message.Decision decision) {
        return switch (decision) {
            case APPROVED -> WORDS.get("decision.approved");
            case ASKED -> WORDS.get("decision.asked");
            case DRY_RUN -> WORDS.get("decision.dry-run");
            case REJECTED -> WORDS.get("decision.rejected");
        };
    }

    static String risk(Risk risk) {
        return switch (risk) {
            case LOW -> WORDS.get("risk.low");
            case MEDIUM -> WORDS.get("risk.medium");
            case HIGH -> WORDS.get("risk.high");
        };
    }

    static String mode(EnvironmentPolicy.Mode mode) {
        return switch (mode) {
            case DRY_RUN -> WORDS.get("mode.dry-run");
            case ASK -> WORDS.get("mode.ask");
            case ACT -> WORDS.get("mode.act");
        };
    }

    static String condition(AgentsViewModel.Condition condition) {
        return switch (condition) {
            case NONE -> WORDS.get("condition.none");
            case IDLE -> WORDS.get("condition.idle");
            case WORKING -> WORDS.get("condition.working");
            case WAITING -> WORDS.get("condition.waiting");
            case ESCALATED -> WORDS.get("condition.escalated");
            case PAUSED -> WORDS.get("condition.paused");
        };
    }

    /** What the agents said, in the user's language as far as that is known. */
    static String said(String english) {
        return Words.language().notice(english);
    }
}
