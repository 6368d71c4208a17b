package phalanx.show.packets;

import org.jspecify.annotations.Nullable;
import phalanx.measure.PacketFates;

/** What the list says of a packet besides what it is: the worst of what became of it. */
enum PacketMark {
    NONE,
    LOST,
    RETRANSMITTED,
    REORDERED,
    DUPLICATED;

    /**
     * The mark of a packet.
     *
     * @param fates null while they are not known
     * @param journey {@link phalanx.show.Selection#NONE} for a frame that is none
     */
    static PacketMark of(@Nullable PacketFates fates, int journey) {
        int fate = fates == null || journey < 0 ? 0 : fates.of(journey);
        if ((fate & PacketFates.LOST) != 0) {
            return LOST;
        }
        if ((fate & PacketFates.LATE) != 0) {
            return REORDERED;
        }
        if ((fate & PacketFates.COPY) != 0) {
            return DUPLICATED;
        }
        return (fate & PacketFates.AGAIN) != 0 ? RETRANSMITTED : NONE;
    }
}
