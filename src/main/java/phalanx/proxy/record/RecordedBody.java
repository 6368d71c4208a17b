package phalanx.proxy.record;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A body, or the beginning of one.
 *
 * @param length octets it had
 */
public record RecordedBody(byte[] octets, long length) {

    /** Whether all of it was kept. */
    public boolean whole() {
        return octets.length == length;
    }

    /** Collects a body. One thread. */
    static final class Collector {
        private final int most;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long length;

        /** @param most octets kept */
        Collector(int most) {
            this.most = most;
        }

        /** Looks at some more of it, and leaves it as it is. */
        void add(ByteBuf data) {
            int count = Math.min(data.readableBytes(), most - kept.size());
            length += data.readableBytes();
            if (count > 0) {
                try {
                    data.getBytes(data.readerIndex(), kept, count);
                } catch (IOException e) {
                    throw new IllegalStateException(e); // nothing that writes to memory fails
                }
            }
        }

        RecordedBody body() {
            return new RecordedBody(kept.toByteArray(), length);
        }
    }
}
