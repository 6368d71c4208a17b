package phalanx.decode;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Unpacks what one packet carries compressed. Any thread. */
final class InflatedPacket {
    private static final int LARGEST = 65_535;

    private InflatedPacket() {}

    /** @return null when it is no DEFLATE (RFC 1951) or larger than a packet */
    static byte @Nullable [] of(byte[] bytes, int start, int end) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, start, end - start);
            byte[] whole = new byte[LARGEST];
            int length = inflater.inflate(whole);
            return inflater.finished() ? Arrays.copyOf(whole, length) : null;
        } catch (DataFormatException _) {
            return null;
        } finally {
            inflater.end();
        }
    }
}
