package phalanx.agents.narrate;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phalanx.agents.trail.Message;
import phalanx.run.InTurn;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Writes the case file of each incident that a person goes on with, and writes it anew when it ends. What the narrator adds comes into the
 * file once it is there; nobody waits for it. Any thread.
 */
public final class Clerk implements AutoCloseable {
    private final Path folder;
    private final Function<String, Outcome<Narrative>> trail;
    private final Optional<Narrator> narrator;
    private final InTurn desk = new InTurn("clerk");
    private final InTurn telling = new InTurn("narrator");
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile @Nullable BiConsumer<String, String> filed;

    /**
     * @param folder of the case
     * @param trail what it says of an incident by its id; waits for the disk
     * @param narrator whose words stand beside the narrative; empty for none
     */
    public Clerk(Path folder, Function<String, Outcome<Narrative>> trail, Optional<Narrator> narrator) {
        this.folder = folder;
        this.trail = trail;
        this.narrator = narrator;
    }

    /** Names who is told where an incident was written down, by its id; until then files wait. Once. */
    public void tells(BiConsumer<String, String> to) {
        filed = to;
        begun.countDown();
    }

    /** A step that happened; returns at once. */
    public void step(Message step) {
        boolean escalated = step instanceof Message.Escalated;
        boolean over = step instanceof Message.Closed closed && closed.ending() == Message.Ending.ESCALATED;
        if (escalated || over) {
            desk.execute(() -> write(step.incident()));
        }
    }

    private void write(String incident) {
        try {
            begun.await();
        } catch (InterruptedException _) {
            return;
        }
        BiConsumer<String, String> to = filed;
        Outcome<Narrative> told = trail.apply(incident);
        String says = switch (told.then(narrative -> IncidentFile.write(folder, Narrator.template(narrative)))) {
            case Outcome.Ok<Path>(Path place) ->
                "The case file is " + place.toString().replace('\\', '/') + " in the folder of the case.";
            case Outcome.Failed<Path>(Problem problem) -> "The case file was not written: " + problem;
        };
        if (to != null) {
            to.accept(incident, says);
        }
        if (told instanceof Outcome.Ok<Narrative>(Narrative narrative)) {
            narrator.ifPresent(one -> telling.execute(() -> tell(one, narrative)));
        }
    }

    /** Has it told, and puts that beside what the trail says by then. */
    private void tell(Narrator by, Narrative narrative) {
        try {
            Narration told = by.narrate(narrative);
            desk.execute(() -> trail.apply(narrative.incident())
                    .then(now -> IncidentFile.write(folder, new Narration(now, told.words(), told.note()))));
        } catch (InterruptedException _) {
            // it is over
        }
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        desk.close();
        telling.close();
    }
}
