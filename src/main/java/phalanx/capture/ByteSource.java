package phalanx.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A file's bytes by offset, a window at a time; offsets are of the uncompressed bytes. One thread. The segment stays valid until the
 * next call of {@link #require}.
 */
interface ByteSource extends AutoCloseable {
    /**
     * Makes {@code length} bytes from {@code offset} on readable, going forward: bytes before {@code offset} may be gone afterwards.
     *
     * @return how many of them there are; less than {@code length} only at the end of the file
     * @throws IOException when the file cannot be read on
     */
    long require(long offset, long length) throws IOException;

    /** The window that holds the bytes last required. */
    MemorySegment segment();

    /** Where the byte at that offset of the file lies in {@link #segment()}. */
    long at(long offset);

    /** Bytes of the file on disk that have been gone through, for progress. */
    long consumed();

    /** Bytes of the file on disk. */
    long size();

    @Override
    void close();
}
