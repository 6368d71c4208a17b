package phalanx.capture.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import phalanx.capture.live.CaptureInterface;
import phalanx.capture.live.CaptureOptions;

/** Messages come through whole, and nothing else does. */
class MessageTest {
    private static final List<Message> ALL = List.of(
            new Message.Hello(1, "a token", "lb"),
            new Message.Welcome(1),
            new Message.Refused("no.", "Ask."),
            new Message.ListInterfaces(),
            new Message.Interfaces(List.of(
                    new CaptureInterface("lo", "loop", List.of("127.0.0.1", "::1"), true, true, 5),
                    new CaptureInterface("x", "", List.of(), false, false, -1))),
            new Message.Start(new UUID(1, 2), 77, new CaptureOptions("eth0", "tcp", 128, true, 1 << 20)),
            new Message.Started(true, "libpcap"),
            new Message.Counts(-1, 3, 7, 1_700_000_000_000L),
            new Message.Ack(78),
            new Message.Stop(),
            new Message.End("the interface went away"));

    private static byte[] written(Message message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static Message read(byte[] bytes, int most) throws IOException {
        return Message.read(new DataInputStream(new ByteArrayInputStream(bytes)), most);
    }

    @Test
    void every_message_comes_through_as_it_was() throws IOException {
        for (Message message : ALL) {
            assertEquals(message, read(written(message), Message.MOST_TOLD));
        }
        byte[] bytes = {1, 2, 3};
        Message.Frame frame = (Message.Frame)
                read(written(new Message.Frame(9, 276, 1_700_000_000_123_456_789L, 1500, bytes)), Message.MOST_SENT);
        assertEquals(
                List.of(9L, 276, 1_700_000_000_123_456_789L, 1500),
                List.of(frame.number(), frame.linkType(), frame.nanos(), frame.length()));
        assertArrayEquals(bytes, frame.bytes());
    }

    @Test
    void what_is_cut_or_longer_than_it_may_be_is_refused_before_room_is_made_for_it() throws IOException {
        for (Message message : ALL) {
            byte[] whole = written(message);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(IOException.class, () -> read(cut, Message.MOST_TOLD), message::toString);
            }
            byte[] longer = Arrays.copyOf(whole, whole.length + 1);
            ByteBuffer.wrap(longer).putInt(1, whole.length - 5 + 1);
            assertThrows(ProtocolException.class, () -> read(longer, Message.MOST_TOLD), message::toString);
        }
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Message.MOST_BEFORE_TOKEN + 1}) {
            byte[] head = ByteBuffer.allocate(5).put((byte) 1).putInt(length).array();
            assertThrows(ProtocolException.class, () -> read(head, Message.MOST_BEFORE_TOKEN));
        }
        byte[] many = ByteBuffer.allocate(9)
                .put((byte) 5)
                .putInt(4)
                .putInt(Integer.MAX_VALUE)
                .array();
        assertThrows(ProtocolException.class, () -> read(many, Message.MOST_SENT));
        byte[] linkType = written(new Message.Frame(1, 1, 0, 0, new byte[0]));
        ByteBuffer.wrap(linkType).putInt(13, Integer.MAX_VALUE);
        assertThrows(ProtocolException.class, () -> read(linkType, Message.MOST_SENT));
    }

    @Test
    void bytes_at_random_are_a_message_or_refused_and_nothing_else_happens() {
        Random random = new Random(20_261_122);
        int messages = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 5 && random.nextBoolean()) {
                bytes[0] = (byte) (1 + random.nextInt(12));
                ByteBuffer.wrap(bytes).putInt(1, bytes.length - 5);
            }
            try {
                read(bytes, Message.MOST_SENT);
                messages++;
            } catch (IOException e) {
                assertTrue(e.getMessage() == null || e.getMessage().length() < 200);
            }
        }
        assertTrue(messages > 100, "some of them are: " + messages);
    }
}
