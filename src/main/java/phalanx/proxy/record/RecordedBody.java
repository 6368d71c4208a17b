package phalanx.proxy.record;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A body, or the beginning of one.
 *
 * @param length octets that came
 * @param ended whether its end came, too
 */
public record RecordedBody(byte[] octets, long length, boolean ended) {

    /** Whether all of it came and was kept. */
    public boolean whole() {
        return ended && octets.length == length;
    }

    /** Collects a body. One thread. */
    static final class Collector {
        private final int most;
        private final AtomicLong room;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long length;

        /**
         * @param most octets kept
         * @param room octets that all who collect may still keep; what this one takes of it is never given back by it
         */
        Collector(int most, AtomicLong room) {
            this.most = most;
            this.room = room;
        }

        /** Looks at some more of it, and leaves it as it is. */
        void add(ByteBuf data) {
            int count = Math.min(data.readableBytes(), most - kept.size());
            length += data.readableBytes();
            if (count > 0 && room.addAndGet(-count) < 0) {
                room.addAndGet(count);
                return;
            }
            if (count > 0) {
                try {
                    data.getBytes(data.readerIndex(), kept, count);
                } catch (IOException e) {
                    throw new IllegalStateException(e); // nothing that writes to memory fails
                }
            }
        }

        RecordedBody body(boolean ended) {
            return new RecordedBody(kept.toByteArray(), length, ended);
        }
    }
}
