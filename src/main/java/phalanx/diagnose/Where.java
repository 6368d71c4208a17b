package phalanx.diagnose;

/** The place of a finding. Capture points are indexes into {@link phalanx.stitch.Stitched#captures()}. */
public sealed interface Where {
    /**
     * Between two capture points, in the direction of travel of the traffic that suffers.
     *
     * @param from {@link #BEYOND} when no capture lies before the place
     * @param to {@link #BEYOND} when no capture lies behind it
     */
    record Segment(int from, int to) implements Where {}

    /** At a host or a router; {@code capture} is the point nearest to it. */
    record Node(Role role, int capture) implements Where {}

    /** In the recording itself, not in the network. */
    record Capture(int capture) implements Where {}

    /** {@link Segment#to} when the place is somewhere behind the last capture point. */
    int BEYOND = -1;

    /** What stands at a {@link Node}. */
    enum Role {
        CLIENT("client"),
        SERVER("server"),
        MIDDLEBOX("middlebox");

        private final String word;

        Role(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
