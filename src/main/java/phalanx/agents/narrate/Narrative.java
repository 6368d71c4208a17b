package phalanx.agents.narrate;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.casefile.Case;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * What happened in an incident, told from the steps of the audit trail and from nothing else: the same steps give the same words. Immutable,
 * any thread.
 *
 * @param title what it was and how it ended
 * @param since when its first step was
 * @param parts the steps, oldest first
 * @param suspects the causes that were weighed last, likeliest first, at most three
 * @param next what a person does, the first thing first
 * @param leftOut steps in the middle that are not told, 0 for none
 */
public record Narrative(
        String incident,
        Locale language,
        String title,
        Instant since,
        List<Part> parts,
        List<String> suspects,
        List<String> next,
        int leftOut) {
    /** The trail has no such incident. */
    public static final String UNKNOWN = "PHX-1910";
    /** Incidents that are named in its place. */
    private static final int NAMED = 5;
    /** Steps of a trail among which an incident is looked for: those of some hundreds of incidents. */
    private static final int STEPS = 5_000;

    /** A step. @param id by which it is pointed at: {@code E1}  @param details one line each */
    public record Part(String id, Instant at, String says, List<String> details) {
        public Part {
            details = List.copyOf(details);
        }
    }

    public Narrative {
        parts = List.copyOf(parts);
        suspects = List.copyOf(suspects);
        next = List.copyOf(next);
    }

    /**
     * Of one incident.
     *
     * @param steps of the trail, oldest first; those of other incidents are passed over
     * @return failed with what is known where no step is of the incident
     */
    public static Outcome<Narrative> find(List<Message> steps, String incident, Locale language) {
        List<Message> own =
                steps.stream().filter(step -> step.incident().equals(incident)).toList();
        return own.isEmpty()
                ? Outcome.failed(unknown(steps, incident))
                : Outcome.ok(new Storyteller(own, language).narrative());
    }

    /** Of one incident that a case has in its trail. Waits for the disk. */
    public static Outcome<Narrative> read(Case kept, String incident, Locale language) {
        return kept.steps(STEPS)
                .then(recorded -> find(
                        recorded.stream()
                                .flatMap(step -> MessageJson.read(step.what().content()).stream())
                                .toList(),
                        incident,
                        language));
    }

    private static Problem unknown(List<Message> steps, String incident) {
        List<String> known = steps.stream()
                .map(Message::incident)
                .filter(one -> !one.isEmpty())
                .distinct()
                .toList();
        String last = String.join(", ", known.subList(Math.max(0, known.size() - NAMED), known.size()));
        return new Problem(
                UNKNOWN,
                "The trail has no incident " + ForeignText.name(incident) + ".",
                known.isEmpty() ? "It has none at all so far." : "The last ones are " + last + ".");
    }
}
