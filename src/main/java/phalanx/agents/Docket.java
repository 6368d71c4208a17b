package phalanx.agents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phalanx.agents.Incident.Stage;
import phalanx.agents.govern.EnvironmentPolicy;
import phalanx.agents.govern.Restraint;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.Signal;

/** The incidents under way, what holds at the moment, and the ways in which an incident goes on or ends. On the loop's thread. */
final class Docket {
    final EnvironmentPolicy environment;
    final Restraint restraint = new Restraint();

    Instant now = Instant.EPOCH;
    /** The last one; null before the first. */
    @Nullable
    Observation observation;
    /** What was out of its objective in the last observation. */
    List<Signal> signals = List.of();
    /** Nothing is begun any more. */
    boolean paused;

    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Consumer<Message> bus;
    private final Consumer<Message> loop;

    /**
     * @param bus takes a message for all agents
     * @param loop takes one at once, whatever the bus does
     */
    Docket(EnvironmentPolicy environment, Consumer<Message> bus, Consumer<Message> loop) {
        this.environment = environment;
        this.bus = bus;
        this.loop = loop;
    }

    /** @return whether it was not known */
    boolean add(Incident incident) {
        return incidents.putIfAbsent(incident.id, incident) == null;
    }

    Optional<Incident> incident(String id) {
        return Optional.ofNullable(incidents.get(id));
    }

    /** The oldest first. */
    List<Incident> incidents() {
        List<Incident> all = new ArrayList<>(incidents.values());
        all.sort(Comparator.comparing(one -> one.opened));
        return all;
    }

    void forgetClosed() {
        incidents.values().removeIf(incident -> !incident.open());
    }

    /** Whether a message still belongs to what goes on; a bus may bring those of an incident that is over. */
    boolean expects(Message message) {
        return switch (message) {
            case Message.Diagnosed _, Message.Proposed _, Message.Voted _, Message.Begun _ -> fits(message);
            case Message.Decided decided -> fits(decided) || Message.Reviewed.names(decided.incident());
            case Message.Paused _ -> false; // people pause these agents, and no bus does
            default -> true;
        };
    }

    private boolean fits(Message message) {
        return incident(message.incident()).filter(one -> one.fits(message)).isPresent();
    }

    /** Tells all agents, by the bus. */
    void tell(Message message) {
        bus.accept(message);
    }

    /** Has a message count at once, whatever the bus does. */
    void take(Message message) {
        loop.accept(message);
    }

    /** The next attempt, which knows what failed; the end of the program is no failure. */
    void again(Incident incident, Ballot ballot, String why) {
        if (!ballot.cutOff) {
            incident.failed.add(new Incident.Failed(ballot.proposal.hypothesis(), ballot.proposal.remedy(), why));
        }
        incident.ballot = null;
        incident.to(Stage.DIAGNOSING, now);
    }

    void close(Incident incident, Message.Ending ending, String says) {
        incident.to(Stage.CLOSED, now);
        tell(new Message.Closed(now, incident.id, ending, says));
    }

    /** Has a person go on. */
    void escalate(Incident incident, String says) {
        incident.to(Stage.WATCHING, now);
        tell(new Message.Escalated(now, incident.id, says));
    }

    /** Has a person go on, whatever the bus does. */
    void stop(Incident incident, String why) {
        incident.to(Stage.WATCHING, now);
        take(new Message.Escalated(now, incident.id, why));
    }
}
