package phalanx.agents;

import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Subject;

/**
 * A measured fact that speaks for a cause, or against it. Immutable, any thread.
 *
 * @param weight how much it moved the judgement, as natural logarithm of the odds: above 0 for, below 0 against
 */
public record Evidence(Subject subject, Measure measure, Figure figure, double weight) {}
