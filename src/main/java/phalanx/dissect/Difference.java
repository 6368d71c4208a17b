package phalanx.dissect;

import org.jspecify.annotations.Nullable;

/**
 * A field that is not the same in two sightings of one packet. Any thread.
 *
 * @param first null when only the second has it; one of the two is there
 * @param second null when only the first has it
 */
public record Difference(
        @Nullable FieldNode first, @Nullable FieldNode second, Reason reason) {
    /** Why a field may change on the way. */
    public enum Reason {
        /** Every link has a header of its own. */
        LINK(true),
        /** Each router takes one off. */
        HOP_COUNT(true),
        /** No router adds to it: a device on the way set it anew. */
        HOP_COUNT_GROWN(false),
        /** A tag that only one of the links has. */
        VLAN_TAG(true),
        /** The packet travels inside another one for a part of the way. */
        ENCAPSULATION(true),
        /** NAT. */
        ADDRESS_TRANSLATION(true),
        /** The sum follows what changed before it. */
        CHECKSUM(true),
        /** The sum is filled in by the sender's network card, behind the capture. */
        OFFLOAD(true),
        /** The priority that routers are to give the packet. */
        DSCP(false),
        /** The bits of explicit congestion notification. */
        ECN(false),
        /** What the packet carries. */
        PAYLOAD(false),
        /** Anything else: a device on the way rewrote it. */
        REWRITTEN(false);

        private final boolean expected;

        Reason(boolean expected) {
            this.expected = expected;
        }

        /** Whether a network that does its work changes it. */
        public boolean expected() {
            return expected;
        }
    }

    /** The field, as the one sighting that has it shows it. */
    public FieldNode field() {
        FieldNode one = first == null ? second : first;
        if (one == null) {
            throw new IllegalStateException("a difference of nothing");
        }
        return one;
    }
}
