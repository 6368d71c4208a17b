package phalanx.capture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Frames for octets that were seen above TCP, so that a program's own traffic can be read as a capture: payload and its times are true,
 * TCP's own packets are made up around them. Nothing is acknowledged on its own, because nobody saw when it was. One thread.
 */
public final class TcpFrames {
    /** IP without a link layer (LINKTYPE_RAW). */
    private static final int LINKTYPE_RAW = 101;

    private static final int LARGEST_SEGMENT = 1460;
    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int PSH = 0x08;
    private static final int ACK = 0x10;
    private static final int TCP_HEADER = 20;

    private final PcapngWriter out;
    private final int interfaceId;
    /** Two connections that begin alike would look like one through a translator of addresses. */
    private final SplittableRandom random = new SplittableRandom();

    private int identification = random.nextInt() & 0xFFFF;
    private long written;

    /** @param name of the interface in the capture */
    public TcpFrames(PcapngWriter out, String name) throws IOException {
        this.out = out;
        this.interfaceId = out.addInterface(name, LINKTYPE_RAW, 0);
    }

    /** One connection. */
    public final class Connection {
        private final InetSocketAddress initiator;
        private final InetSocketAddress acceptor;
        /** Next sequence numbers: of the initiator, of the acceptor. */
        private final long[] next = {random.nextInt() & 0xFFFF_FFFFL, random.nextInt() & 0xFFFF_FFFFL};

        private final boolean[] ended = new boolean[2];

        private Connection(InetSocketAddress initiator, InetSocketAddress acceptor) {
            this.initiator = initiator;
            this.acceptor = acceptor;
        }

        /** Octets in one direction, from a position on. */
        public void data(boolean fromInitiator, byte[] octets, int length, long nanos) throws IOException {
            for (int at = 0; at < length; at += LARGEST_SEGMENT) {
                int size = Math.min(LARGEST_SEGMENT, length - at);
                boolean last = at + size == length;
                frame(fromInitiator, last ? ACK | PSH : ACK, octets, at, size, nanos);
                next[fromInitiator ? 0 : 1] += size;
            }
        }

        /** Octets that nobody saw: a gap in the sequence numbers. */
        public void unseen(boolean fromInitiator, long count) {
            next[fromInitiator ? 0 : 1] += count;
        }

        /** The end, of both directions. */
        public void close(long nanos) throws IOException {
            for (int side = 0; side < 2; side++) {
                if (!ended[side]) {
                    ended[side] = true;
                    frame(side == 0, FIN | ACK, new byte[0], 0, 0, nanos);
                    next[side]++;
                }
            }
        }

        private void handshake(long nanos, long setupNanos) throws IOException {
            long syn = next[0];
            frame(true, SYN, new byte[0], 0, 0, nanos - setupNanos);
            next[0] = syn + 1;
            frame(false, SYN | ACK, new byte[0], 0, 0, nanos);
            next[1]++;
            frame(true, ACK, new byte[0], 0, 0, nanos);
        }

        private void frame(boolean fromInitiator, int flags, byte[] octets, int at, int size, long nanos)
                throws IOException {
            InetSocketAddress from = fromInitiator ? initiator : acceptor;
            InetSocketAddress to = fromInitiator ? acceptor : initiator;
            byte[] source = from.getAddress().getAddress();
            byte[] target = to.getAddress().getAddress();
            boolean four = source.length == 4;
            int ip = four ? 20 : 40;
            ByteBuffer frame = ByteBuffer.allocate(ip + TCP_HEADER + size).order(ByteOrder.BIG_ENDIAN);
            if (four) {
                frame.put((byte) 0x45).put((byte) 0).putShort((short) frame.capacity());
                frame.putShort((short) ++identification).putShort((short) 0x4000);
                frame.put((byte) 64)
                        .put((byte) 6)
                        .putShort((short) 0)
                        .put(source)
                        .put(target);
                frame.putShort(10, (short) ~folded(sum(frame, 0, 20)));
            } else {
                frame.putInt(0x6000_0000)
                        .putShort((short) (TCP_HEADER + size))
                        .put((byte) 6)
                        .put((byte) 64);
                frame.put(source).put(target);
            }
            frame.putShort((short) from.getPort()).putShort((short) to.getPort());
            frame.putInt((int) next[fromInitiator ? 0 : 1]);
            frame.putInt((flags & ACK) == 0 ? 0 : (int) next[fromInitiator ? 1 : 0]);
            frame.put((byte) (TCP_HEADER / 4 << 4)).put((byte) flags).putShort((short) 0xFFFF);
            frame.putShort((short) 0).putShort((short) 0);
            frame.put(octets, at, size);
            int length = TCP_HEADER + size;
            long pseudo = sum(ByteBuffer.wrap(source), 0, source.length)
                    + sum(ByteBuffer.wrap(target), 0, target.length)
                    + 6
                    + length;
            frame.putShort(ip + 16, (short) ~folded(pseudo + sum(frame, ip, length)));
            out.packet(interfaceId, nanos, frame.array(), 0, frame.capacity(), frame.capacity(), 0, "");
            written += frame.capacity() + 32;
        }
    }

    /**
     * A connection that stands.
     *
     * @param nanos when, in nanoseconds since 1970
     * @param setupNanos how long it took to make
     */
    public Connection open(InetSocketAddress initiator, InetSocketAddress acceptor, long nanos, long setupNanos)
            throws IOException {
        Connection connection = new Connection(initiator, acceptor);
        connection.handshake(nanos, setupNanos);
        return connection;
    }

    /** Bytes written so far. */
    public long written() {
        return written;
    }

    private static long sum(ByteBuffer octets, int from, int length) { // RFC 1071
        long sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += octets.getShort(from + i) & 0xFFFF;
        }
        return (length & 1) == 0 ? sum : sum + ((octets.get(from + length - 1) & 0xFF) << 8);
    }

    private static int folded(long sum) {
        long s = sum;
        while (s >>> 16 != 0) {
            s = (s & 0xFFFF) + (s >>> 16);
        }
        return (int) s;
    }
}
