package phalanx.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a body that waits takes of memory, however it comes. */
class HeldBodyTest {
    private final HeldBody held = new HeldBody();

    private int memory() {
        AtomicInteger octets = new AtomicInteger();
        held.show(piece -> octets.addAndGet(piece.capacity()));
        return octets.get();
    }

    @Test
    void one_octet_takes_little() {
        held.addPacked(Unpooled.wrappedBuffer(new byte[1]));
        assertTrue(memory() <= 1024, () -> memory() + " octets");
        held.release();
    }

    @Test
    void a_body_of_single_octets_takes_about_twice_its_length_and_keeps_its_order() {
        int length = 200_000;
        for (int i = 0; i < length; i++) {
            held.addPacked(Unpooled.wrappedBuffer(new byte[] {(byte) (i * 31)}));
            assertTrue(memory() <= Math.max(1024, 2 * held.octets()), () -> memory() + " of " + held.octets());
        }
        byte[] copy = new byte[length];
        held.copy(copy, length);
        int at = 0;
        while (held.octets() > 0) {
            ByteBuf piece = held.take(1000);
            while (piece.isReadable()) {
                assertEquals(copy[at], piece.readByte());
                assertEquals((byte) (at * 31), copy[at++]);
            }
            piece.release();
        }
        assertEquals(length, at);
    }
}
