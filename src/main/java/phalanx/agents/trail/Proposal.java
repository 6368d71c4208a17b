package phalanx.agents.trail;

import phalanx.act.Remedy;
import phalanx.agents.cause.Hypothesis;

/**
 * A remedy for an incident, put to the vote. Immutable, any thread.
 *
 * @param id {@code INCIDENT/ATTEMPT}: the same proposal has the same id however often it is told
 * @param attempt 1 for the first
 * @param by who proposes it, and has no vote
 * @param precedent the incident that it is known from, empty where it was worked out
 */
public record Proposal(
        String id, String incident, int attempt, Role by, Hypothesis hypothesis, Remedy remedy, String precedent) {}
