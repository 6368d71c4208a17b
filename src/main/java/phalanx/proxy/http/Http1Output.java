package phalanx.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FileRegion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one side of an HTTP/1 connection writes (RFC 9112 sections 2, 6 and 7): heads, and bodies as they are or in chunks. Small pieces are
 * copied behind what goes before them, so that they share a write. On the connection's event loop.
 */
final class Http1Output {
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LINE_END = '\r' << 8 | '\n';
    /** Data up to this size is copied behind its head: one write in place of two. */
    private static final int COPIED = 4096;
    /** Octets of the longest line of a chunk's size. */
    private static final int SIZE_LINE = 16;

    private final ChannelHandlerContext context;
    private @Nullable ByteBuf unsent;
    private boolean closed;

    Http1Output(ChannelHandlerContext context) {
        this.context = context;
    }

    /**
     * Writes a head.
     *
     * @param body the body's length in octets, negative if unknown: room is left for a small one
     */
    void head(HeadWriter head, long body) {
        if (closed) {
            return;
        }
        int room = head.length() + (body < 0 ? COPIED : body <= COPIED ? (int) body + 2 : 0);
        if (unsent == null || unsent.writableBytes() < room) {
            send();
            unsent = context.alloc().buffer(room);
        }
        head.writeTo(unsent);
    }

    /** Puts fields into a head: all but what frames the message here and what belongs to the other connection. */
    static void putFields(Fields fields, HeadWriter out) {
        for (int i = 0; i < fields.count(); i++) {
            if (!fields.known(i).ofConnection()) {
                fields.write(i, out);
            }
        }
    }

    /** Writes some of a body as it is; the buffer is released. */
    void data(ByteBuf data) {
        if (closed) {
            data.release();
            return;
        }
        ByteBuf front = unsent;
        int length = data.readableBytes();
        if (front != null && length <= COPIED && front.writableBytes() >= length + 2) {
            front.writeBytes(data);
            data.release();
            return;
        }
        send();
        context.write(data, context.voidPromise());
    }

    /** Writes some of a body, at least an octet, as a chunk; the buffer is released. */
    void chunk(ByteBuf data) {
        if (closed) {
            data.release();
            return;
        }
        int length = data.readableBytes();
        ByteBuf front = unsent;
        if (front == null || front.writableBytes() < SIZE_LINE) {
            send();
            front = context.alloc().buffer(length <= COPIED ? length + 2 * SIZE_LINE : SIZE_LINE);
            unsent = front;
        }
        front.writeCharSequence(Integer.toHexString(length), StandardCharsets.US_ASCII);
        front.writeShort(LINE_END);
        data(data);
        if (unsent == null) {
            unsent = context.alloc().buffer(4 * SIZE_LINE);
        }
        unsent.writeShort(LINE_END);
    }

    /** Ends a body of chunks. */
    void lastChunk(@Nullable Fields trailer) {
        if (closed) {
            return;
        }
        HeadWriter out = HeadWriter.start().put(LAST_CHUNK);
        if (trailer != null) {
            putFields(trailer, out);
        }
        out.endLine();
        if (unsent == null || unsent.writableBytes() < out.length()) {
            send();
            unsent = context.alloc().buffer(out.length());
        }
        out.writeTo(unsent);
    }

    /** Writes a part of a file and hands everything to the kernel. */
    ChannelFuture file(FileRegion part) {
        send();
        return context.writeAndFlush(part);
    }

    /** Hands what was put together on, not yet to the kernel. */
    void send() {
        if (unsent != null) {
            context.write(unsent, context.voidPromise());
            unsent = null;
        }
    }

    /** Hands everything to the kernel. */
    void flush() {
        send();
        context.flush();
    }

    /** Hands everything to the kernel; the future tells when it has taken all. */
    ChannelFuture finish() {
        send();
        return context.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** Drops what was not handed on, and all that comes after: the connection is gone. */
    void release() {
        closed = true;
        if (unsent != null) {
            unsent.release();
            unsent = null;
        }
    }
}
