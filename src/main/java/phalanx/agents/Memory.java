package phalanx.agents;

import phalanx.agents.trail.Proposal;

/** The Curator: keeps what came of each remedy, for the next time. On the loop's thread; may wait for the disk. */
interface Memory {
    /** A remedy was carried out, and helped or not. */
    void outcome(Incident.View incident, Proposal proposal, boolean healed);
}
