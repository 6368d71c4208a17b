package phalanx.agents.observe;

import java.util.Locale;

/** What is measured, over a window of some seconds. */
public enum Measure {
    /** Requests a second. */
    RATE("/s", 1),
    /** Share of requests that failed, 0..1. */
    ERRORS("share", 0.005),
    /** Share of requests that failed without that anybody failed who was asked for them, 0..1. */
    OWN_ERRORS("share", 0.005),
    /** Median time to the answer, milliseconds. */
    MEDIAN("ms", 10),
    /** Time to the answer that 99 of 100 stay below, milliseconds. */
    P99("ms", 25),
    /** The same without the time that it waited for others, milliseconds. */
    OWN_P99("ms", 25),
    /** Share of requests that were given up for time, 0..1. */
    TIMEOUTS("share", 0.005),
    /** Share of requests whose connection was refused or reset, 0..1. */
    REFUSED("share", 0.005),
    /** Share of requests that the proxy's guard refused, 0..1. */
    BLOCKED("share", 0.005),
    /** Share of all requests that one client sent, 0..1. */
    SHARE("share", 0.02),
    /** Share of TCP segments that were sent again, as packets captured on the way show it, 0..1. */
    RETRANSMITTED("share", 0.005),
    /** Connections reset in a second, as packets captured on the way show it. */
    RESETS("/s", 0.5),
    /** How sure the packet analysis is that packets are lost on the way, 0..1; as the ones below it weighed with its severity. */
    LOSS_FOUND("share", 0.1),
    /** That large packets do not pass. */
    BLACK_HOLE_FOUND("share", 0.1),
    /** That something on the way resets connections. */
    RESETS_FOUND("share", 0.1),
    /** That connections are not taken. */
    REFUSAL_FOUND("share", 0.1),
    /** That a receiver takes nothing for a time. */
    ZERO_WINDOW_FOUND("share", 0.1),
    /** That the way is slow, or has become slower. */
    DELAY_FOUND("share", 0.1),
    /** That names are not resolved. */
    NAMES_FOUND("share", 0.1),
    /** Share of calls whose name could not be resolved, 0..1. */
    UNRESOLVED("share", 0.005),
    /** Share of the connections of a pool that are in use, 0..1. */
    POOL_USED("share", 0.1),
    /** Who waits for a connection of the pool. */
    POOL_WAITING("waiting", 0.5),
    /** Time that they waited, milliseconds, mean. */
    POOL_WAIT("ms", 5),
    /** Heap in use after the last collection, share of what there may be, 0..1. */
    HEAP("share", 0.1),
    /** Share of the time spent in collecting garbage, 0..1. */
    GC("share", 0.03),
    /** Share of one processor in use by the process, 0.. */
    CPU("share", 0.05),
    /** Seconds since telemetry came from it. */
    SILENCE("s", 2);

    private final String unit;
    private final double noise;

    Measure(String unit, double noise) {
        this.unit = unit;
        this.noise = noise;
    }

    /** As logs have it: {@code pool waiting}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** For people. */
    public String unit() {
        return unit;
    }

    /** By how much it varies where nothing is wrong, at least: smaller differences mean nothing. */
    public double noise() {
        return noise;
    }
}
