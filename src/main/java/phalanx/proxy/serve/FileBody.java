package phalanx.proxy.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.EventExecutorGroup;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.http.BackendStream;
import phalanx.proxy.http.Exchange;
import phalanx.proxy.http.Failure;
import phalanx.proxy.http.Fields;
import phalanx.proxy.http.ResponseHead;

/**
 * Sends a part of a file: one piece is read on the disk's threads while the one before it is on its way. Where the client's connection can
 * take the file itself, the kernel copies it. On the exchange's event loop.
 */
final class FileBody implements BackendStream {
    private static final int LARGEST_PIECE = 256 << 10;
    /** The first piece: a client that takes nothing costs no more. */
    private static final int FIRST_PIECE = 64 << 10;
    /** What is handed to the kernel at once: the client's pace shows after each. */
    private static final long REGION = 1 << 20;

    private final Exchange exchange;
    private final FileChannel file;
    private final EventExecutorGroup disk;
    private int piece = FIRST_PIECE;
    private long position;
    private long left;
    private boolean wanted = true;
    private boolean reading;
    private boolean over;

    FileBody(Exchange exchange, FileChannel file, ByteRange part, EventExecutorGroup disk) {
        this.exchange = exchange;
        this.file = file;
        this.position = part.start();
        this.left = part.length();
        this.disk = disk;
    }

    void start(ResponseHead head) {
        exchange.whenOver(_ -> end());
        exchange.forwardTo(this);
        exchange.head(head, false);
        if (!region()) {
            more();
        }
    }

    /** Sends the next part as a region of the file; false where the connection cannot. */
    private boolean region() {
        long part = Math.min(REGION, left);
        long from = position;
        position += part;
        left -= part;
        if (exchange.file(file, from, part, this::taken)) {
            return true;
        }
        position -= part;
        left += part;
        return false;
    }

    private void taken() {
        if (over) {
            return;
        }
        if (left == 0) {
            exchange.end(null);
            exchange.flush();
        } else if (!region()) {
            more();
        }
    }

    private void more() {
        if (reading || over || !wanted) {
            return;
        }
        reading = true;
        int size = (int) Math.min(piece, left);
        piece = Math.min(LARGEST_PIECE, 2 * piece);
        long from = position;
        disk.submit(() -> {
            ByteBuf octets = PooledByteBufAllocator.DEFAULT.directBuffer(size);
            IOException fault = null;
            try {
                long at = from;
                while (octets.readableBytes() < size) {
                    int n = octets.writeBytes(file, at, size - octets.readableBytes());
                    if (n <= 0) {
                        break;
                    }
                    at += n;
                }
            } catch (IOException e) {
                fault = e;
            }
            IOException failed = fault;
            exchange.worker().loop().execute(() -> read(octets, size, failed));
        });
    }

    private void read(ByteBuf octets, int asked, @Nullable IOException fault) {
        reading = false;
        if (over) {
            octets.release();
            close(file);
            return;
        }
        if (fault != null || octets.readableBytes() < asked) {
            octets.release();
            exchange.failed(Failure.proxy(
                    500, "proxy_internal_error", "The file became shorter or unreadable while it was sent."));
            return;
        }
        position += asked;
        left -= asked;
        exchange.data(octets);
        if (left == 0) {
            exchange.end(null);
        }
        exchange.flush();
        more();
    }

    private void end() {
        if (!over) {
            over = true;
            if (!reading) {
                close(file);
            }
        }
    }

    static void close(@Nullable FileChannel file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException _) {
                // it was only read
            }
        }
    }

    @Override
    public void data(ByteBuf data) {
        data.release(); // a GET's body means nothing
    }

    @Override
    public void end(@Nullable Fields trailer) {}

    @Override
    public void flush() {}

    @Override
    public void cancel() {
        end();
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void readResponse(boolean more) {
        wanted = more;
        if (more) {
            more();
        }
    }
}
