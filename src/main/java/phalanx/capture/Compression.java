package phalanx.capture;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.jspecify.annotations.Nullable;

/** The wrappings that captures come in, told by their first bytes. Any thread. */
enum Compression {
    NONE("", 0, 0),
    /** RFC 1952, any number of members. */
    GZIP("gzip", 0x1F8B_0000, 0xFFFF_0000),
    /** RFC 8878, any number of frames. */
    ZSTD("zstd", 0x28B5_2FFD, 0xFFFF_FFFF),
    /** LZ4 frame format 1.6, any number of frames. */
    LZ4("lz4", 0x0422_4D18, 0xFFFF_FFFF);

    private static final int BUFFER = 1 << 16;

    private final String word;
    private final int magic;
    private final int mask;

    Compression(String word, int magic, int mask) {
        this.word = word;
        this.magic = magic;
        this.mask = mask;
    }

    /** As documents name it, empty for none. */
    String word() {
        return word;
    }

    /** @param magic the first four bytes as a number, zeros where there are fewer */
    static Compression of(int magic) {
        for (Compression compression : values()) {
            if (compression != NONE && (magic & compression.mask) == compression.magic) {
                return compression;
            }
        }
        return NONE;
    }

    /** @throws IOException when not even the wrapping's header can be read */
    InputStream unwrap(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP ->
                new Checked(GzipCompressorInputStream.builder()
                        .setInputStream(new BufferedInputStream(in, BUFFER))
                        .setDecompressConcatenated(true)
                        .get());
            case ZSTD -> new Checked(new ZstdInputStream(in));
            case LZ4 -> new Checked(new FramedLZ4CompressorInputStream(new BufferedInputStream(in, BUFFER), true));
        };
    }

    /**
     * Gives the bytes that come before a fault, of zstd but for the last window, then the fault; what the libraries throw unchecked about bad input is an outside failure
     * here.
     */
    private static final class Checked extends InputStream {
        private final InputStream in;
        private @Nullable IOException fault;

        Checked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (fault != null) {
                throw fault;
            }
            long before = delivered();
            try {
                return in.read(into, offset, length);
            } catch (EOFException e) {
                fault = new IOException("its compressed data ends too early", e);
            } catch (IOException e) {
                fault = e;
            } catch (RuntimeException e) { // each library has its own for each kind of damage
                fault = new IOException(e.getMessage(), e);
            } catch (StackOverflowError e) { // of a reader that calls itself for each empty frame
                fault = new IOException("has too many empty frames in a row", e);
            }
            int got = Math.clamp(delivered() - before, 0, length);
            if (got == 0) {
                throw fault;
            }
            return got;
        }

        private long delivered() {
            return in instanceof CompressorInputStream counting ? counting.getBytesRead() : 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
