package phalanx.proxy.record;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import phalanx.proxy.http.FieldName;
import phalanx.proxy.http.Fields;

/**
 * A body, or the beginning of one.
 *
 * @param length octets that came
 * @param ended whether its end came, too
 */
public record RecordedBody(byte[] octets, long length, boolean ended) {
    private static final int LARGEST_UNPACKED = 4 << 20;

    /** Whether all of it came and was kept. */
    public boolean whole() {
        return ended && octets.length == length;
    }

    /**
     * Its octets, unpacked where they are gzip and as far as they were kept.
     *
     * @param coding the value of Content-Encoding; empty for none
     */
    byte[] plain(String coding) {
        return coding.equalsIgnoreCase("gzip") ? unpacked(octets) : octets;
    }

    /**
     * As text, as far as it was kept; empty for octets that are none.
     *
     * @param fields those of its message
     */
    public Optional<String> text(Fields fields) {
        return text(plain(Objects.requireNonNullElse(fields.value(FieldName.CONTENT_ENCODING), "")));
    }

    static Optional<String> text(byte[] octets) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** What was packed, up to a limit; as it stands when it is no gzip. */
    private static byte[] unpacked(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
            for (int n = in.read(part); n > 0 && out.size() < LARGEST_UNPACKED; n = in.read(part)) {
                out.write(part, 0, n);
            }
        } catch (IOException _) {
            // cut, or no gzip
        }
        return out.size() == 0 ? octets : out.toByteArray();
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
