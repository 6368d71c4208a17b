package phalanx.show.packets;

import java.util.BitSet;

/**
 * What a dump of bytes shows. Immutable, any thread; bytes and sets are not to be changed.
 *
 * @param layerStart and {@code layerEnd} bytes of the header that the selected field belongs to; equal for none
 * @param fieldStart and {@code fieldEnd} bytes of the selected field; equal for none
 * @param caret the byte that the keyboard moves, -1 for none
 * @param expected bytes that differ at the other capture point as they should
 * @param unexpected bytes that should not differ there
 */
record HexPicture(
        byte[] bytes,
        int layerStart,
        int layerEnd,
        int fieldStart,
        int fieldEnd,
        int caret,
        BitSet expected,
        BitSet unexpected) {
    static final HexPicture EMPTY = new HexPicture(new byte[0], 0, 0, 0, 0, -1, new BitSet(), new BitSet());

    boolean inField(int at) {
        return at >= fieldStart && at < fieldEnd;
    }

    boolean inLayer(int at) {
        return at >= layerStart && at < layerEnd;
    }
}
