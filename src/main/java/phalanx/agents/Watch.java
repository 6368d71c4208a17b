package phalanx.agents;

import java.util.List;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Observation;
import phalanx.agents.trail.Signal;

/** The Scout: says what left its objective. On the loop's thread, within milliseconds. */
interface Watch {
    /** What is out of its objective and has been for long enough to mean it; each observation once, in order. */
    List<Signal> signals(Observation observation);

    /** Whether what was complained about is within its objective now. */
    boolean calm(List<Signal> signals, Observation observation);

    /** Whether it is so much worse than it was that what was done since must be taken back at once. */
    boolean worse(List<Signal> signals, Observation observation);

    /** The figures now of what was complained about, in order; those not measured are missing. */
    List<Figure> figures(List<Signal> signals, Observation observation);

    /** Whether the error budget of the objective is spent. */
    boolean budgetSpent();
}
