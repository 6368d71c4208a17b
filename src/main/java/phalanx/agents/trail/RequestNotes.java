package phalanx.agents.trail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import phalanx.act.Effect;
import phalanx.act.git.Forge;

/** Writes the votes on a fix, and what was measured after it, into its merge request. Told of each step, once, in order. */
public final class RequestNotes {
    /** Proposals whose votes are remembered until they are carried out. */
    private static final int REMEMBERED = 100;

    private final Forge forge;
    private final Executor workers;
    private final Map<String, List<String>> votes = new LinkedHashMap<>();

    /** @param workers where it writes, one after the other */
    public RequestNotes(Forge forge, Executor workers) {
        this.forge = forge;
        this.workers = workers;
    }

    /** Notes what the step says of a request, if it says something of one. */
    public void step(Message step) {
        switch (step) {
            case Message.Voted voted -> said(voted.vote().proposal(), step);
            case Message.Decided decided -> said(decided.proposal(), step);
            case Message.Acted acted -> {
                List<String> said = votes.remove(acted.proposal());
                if (said != null && acted.effect() == Effect.DONE) {
                    write(acted.proposal(), said);
                }
            }
            case Message.Verified verified -> write(verified.proposal(), List.of(line(step)));
            default -> {
                // nothing about a merge request
            }
        }
    }

    private static String line(Message step) {
        return step.by().word() + ": " + StepText.of(step);
    }

    private void said(String proposal, Message step) {
        votes.computeIfAbsent(proposal, _ -> new ArrayList<>()).add(line(step));
        if (votes.size() > REMEMBERED) {
            votes.remove(votes.keySet().iterator().next());
        }
    }

    private void write(String proposal, List<String> says) {
        workers.execute(() -> forge.comment(proposal, says)); // what is no merge request has no place for it
    }
}
