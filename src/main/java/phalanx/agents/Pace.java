package phalanx.agents;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param patience seconds in which the figures may make a judgement surer, before a person is asked
 * @param vote until who has not voted has said no
 * @param settle after an action, before its effect can be seen in the figures
 * @param harm after an action, before what has become worse is its doing: requests that were under way are over by then
 * @param calm so long all must be well before trouble is over
 * @param verify until an action that has not helped is taken back
 * @param answer until a person who was asked has said no
 */
record Pace(
        Duration patience,
        Duration vote,
        Duration settle,
        Duration harm,
        Duration calm,
        Duration verify,
        Duration answer) {
    static final Pace STANDARD = new Pace(
            Duration.ofSeconds(8),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(9),
            Duration.ofSeconds(3),
            Duration.ofSeconds(25),
            Duration.ofMinutes(15));
}
