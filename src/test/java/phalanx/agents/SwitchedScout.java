package phalanx.agents;

import java.util.List;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.Signal;

/** A Scout whose one trouble, errors at the edge, is there when a test says so. */
interface SwitchedScout extends Watch {
    boolean trouble();

    /** Whether it became much worse since. */
    default boolean harmed() {
        return false;
    }

    @Override
    default List<Signal> signals(Observation seen) {
        return trouble()
                ? List.of(
                        new Signal(seen.at(), seen.at(), Subject.EDGE, Measure.ERRORS, new Figure(0.2, 0, 0.005), 0.01))
                : List.of();
    }

    @Override
    default boolean calm(List<Signal> signals, Observation seen) {
        return !trouble();
    }

    @Override
    default boolean worse(List<Signal> signals, Observation seen) {
        return harmed();
    }

    @Override
    default List<Figure> figures(List<Signal> signals, Observation seen) {
        return List.of();
    }

    @Override
    default boolean budgetSpent() {
        return false;
    }
}
