package phalanx.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A plain file, mapped 32 MiB at a time, so that neither its size nor the heap's matters. */
final class MappedBytes implements ByteSource {
    private static final long WINDOW = 32L << 20;

    private final FileChannel channel;
    private final long size;
    private Arena arena = Arena.ofConfined();
    private MemorySegment segment = MemorySegment.NULL;
    private long base;
    private long reached;

    MappedBytes(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    @Override
    public long require(long offset, long length) throws IOException {
        if (offset < base || offset + length > base + segment.byteSize()) {
            long begin = Math.min(offset, size) & -4096L; // mappings begin at pages
            long end = Math.min(size, Math.max(begin + WINDOW, offset + length));
            if (begin != base || end != base + segment.byteSize()) {
                arena.close();
                arena = Arena.ofConfined();
                segment = end > begin
                        ? channel.map(FileChannel.MapMode.READ_ONLY, begin, end - begin, arena)
                        : MemorySegment.NULL;
                base = begin;
            }
        }
        reached = Math.max(reached, offset);
        return Math.max(0, Math.min(length, size - offset));
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public long at(long offset) {
        return offset - base;
    }

    @Override
    public long consumed() {
        return Math.min(reached, size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() {
        arena.close();
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "closing a capture", e);
        }
    }
}
