package phalanx.agents.observe;

import java.util.Optional;

/** What the rules of the packet analysis find on the way to a server, as far as the agents weigh it: a closed vocabulary. */
public enum WireFault {
    /** Packets are lost. */
    LOSS(Measure.LOSS_FOUND),
    /** Large packets do not pass. */
    BLACK_HOLE(Measure.BLACK_HOLE_FOUND),
    /** Connections are reset by neither side. */
    RESETS(Measure.RESETS_FOUND),
    /** Connections are not taken. */
    REFUSAL(Measure.REFUSAL_FOUND),
    /** A receiver takes nothing for a time. */
    ZERO_WINDOW(Measure.ZERO_WINDOW_FOUND),
    /** The way is slow, or has become slower. */
    DELAY(Measure.DELAY_FOUND),
    /** Names are not resolved. */
    NAMES(Measure.NAMES_FOUND);

    private final Measure measure;

    WireFault(Measure measure) {
        this.measure = measure;
    }

    /** The figure that it is told as. */
    public Measure measure() {
        return measure;
    }

    /** What a finding of the analysis is, by the field word of its kind; empty for one that says nothing of a server. */
    public static Optional<WireFault> of(String kind) {
        return switch (kind) {
            case "random_loss", "burst_loss", "congestion_loss", "policing_loss", "link_outage" -> Optional.of(LOSS);
            case "pmtud_blackhole", "fragment_filtered", "icmp_filtered" -> Optional.of(BLACK_HOLE);
            case "rst_injection", "idle_timeout_rst" -> Optional.of(RESETS);
            case "port_closed", "connection_rejected" -> Optional.of(REFUSAL);
            case "receiver_zero_window" -> Optional.of(ZERO_WINDOW);
            case "high_latency", "latency_step" -> Optional.of(DELAY);
            case "dns_error", "dns_timeout" -> Optional.of(NAMES);
            default -> Optional.empty();
        };
    }
}
