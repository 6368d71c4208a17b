package phalanx.show.lab;

import java.util.List;
import java.util.Optional;
import phalanx.agents.Steering;
import phalanx.lab.LabStatus;
import phalanx.lab.chaos.Chaos;
import phalanx.run.Outcome;

/** A lab at work, with agents or without. Any thread; all but {@link #agents} and {@link #broken} may take a while. */
public interface LabRun extends AutoCloseable {
    /** Starts labs. */
    interface Starter {
        /** Starts one, in the folder that labs of the desk have; takes some seconds. */
        Outcome<LabRun> start();
    }

    LabStatus status();

    /** What was broken on purpose and not taken back. */
    List<Chaos.Injection> broken();

    /** Breaks something. @param seed says where, and how hard */
    Outcome<Chaos.Injection> inject(String fault, long seed);

    /** Takes back all that was broken. @return how much that was */
    Outcome<Integer> clear();

    /** How people see and steer the agents, empty while none watch it. */
    Optional<Steering> agents();

    /** Has agents watch it, if none do. */
    Outcome<Steering> startAgents();

    /** Ends the agents; what they did stays as it is. */
    void stopAgents();

    @Override
    void close();
}
