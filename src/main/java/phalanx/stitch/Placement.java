package phalanx.stitch;

import java.util.OptionalLong;

/**
 * What the user says of a capture point in place of what the packets say. Immutable, any thread.
 *
 * @param place its place on the path, 1 next to the client; 0 to find it from the packets. Places count only against each other
 * @param role what stands there, as {@code firewall}; empty when the user did not say
 * @param clockOffsetNanos how far its clock is ahead of the reference clock; empty to find it from the packets
 */
public record Placement(int place, String role, OptionalLong clockOffsetNanos) {
    /** Everything is found from the packets. */
    public static final Placement FOUND = new Placement(0, "", OptionalLong.empty());

    public Placement withPlace(int other) {
        return new Placement(other, role, clockOffsetNanos);
    }

    public Placement withRole(String other) {
        return new Placement(place, other, clockOffsetNanos);
    }

    public Placement withClockOffset(OptionalLong nanos) {
        return new Placement(place, role, nanos);
    }
}
