package phalanx.agents.trail;

import java.time.Instant;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Subject;

/** Something left its objective. Immutable, any thread. @param since when it did @param limit the objective */
public record Signal(Instant at, Instant since, Subject subject, Measure measure, Figure figure, double limit) {}
