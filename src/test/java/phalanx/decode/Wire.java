package phalanx.decode;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Builds packets for tests, checksums right: {@code Wire.tcp().ports(4000, 80).syn().frame()}. */
public final class Wire {
    private static final int MAC = 14;

    private final int protocol;
    private boolean v6;
    private byte[] from = {10, 0, 0, 1};
    private byte[] to = {10, 0, 0, 2};
    private int fromPort = 4000;
    private int toPort = 80;
    private int timeToLive = 64;
    private int ipId = 1;
    private int sequence;
    private int acknowledgment;
    private int flags = 16;
    private int window = 1000;
    private int vlan = -1;
    private byte[] options = {};
    private byte[] payload = {};
    private int trafficClass;
    private int fragment = 0x4000;
    private boolean damaged;
    private int icmpType;
    private int icmpCode;
    private int icmpWord;

    private Wire(int protocol) {
        this.protocol = protocol;
    }

    public static Wire tcp() {
        return new Wire(6);
    }

    public static Wire udp() {
        return new Wire(17);
    }

    public static Wire icmp(int type, int code, int word) {
        Wire wire = new Wire(1);
        wire.icmpType = type;
        wire.icmpCode = code;
        wire.icmpWord = word;
        return wire;
    }

    public Wire hosts(int fromLast, int toLast) {
        from = v6 ? v6(fromLast) : new byte[] {10, 0, 0, (byte) fromLast};
        to = v6 ? v6(toLast) : new byte[] {10, 0, 0, (byte) toLast};
        return this;
    }

    public Wire v6() {
        v6 = true;
        from = v6(1);
        to = v6(2);
        return this;
    }

    private static byte[] v6(int last) {
        byte[] address = new byte[16];
        address[0] = 0x20;
        address[1] = 1;
        address[15] = (byte) last;
        return address;
    }

    public Wire ports(int fromPort, int toPort) {
        this.fromPort = fromPort;
        this.toPort = toPort;
        return this;
    }

    /** DSCP and ECN. */
    public Wire trafficClass(int value) {
        trafficClass = value;
        return this;
    }

    /** A fragment of an IPv4 packet whose payload is only what this one carries. */
    public Wire fragment(int offset, boolean more) {
        fragment = offset / 8 | (more ? 0x2000 : 0);
        return this;
    }

    /** The last byte changes after the checksum was made. */
    public Wire damaged() {
        damaged = true;
        return this;
    }

    public Wire ttl(int timeToLive) {
        this.timeToLive = timeToLive;
        return this;
    }

    public Wire id(int ipId) {
        this.ipId = ipId;
        return this;
    }

    public Wire seq(int sequence, int acknowledgment) {
        this.sequence = sequence;
        this.acknowledgment = acknowledgment;
        return this;
    }

    public Wire flags(int flags) {
        this.flags = flags;
        return this;
    }

    public Wire window(int window) {
        this.window = window;
        return this;
    }

    public Wire vlan(int vlan) {
        this.vlan = vlan;
        return this;
    }

    /** TCP options; padded with end-of-list to whole words. */
    public Wire options(int... bytes) {
        options = new byte[(bytes.length + 3) / 4 * 4];
        for (int i = 0; i < bytes.length; i++) {
            options[i] = (byte) bytes[i];
        }
        return this;
    }

    public Wire payload(byte[] payload) {
        this.payload = payload.clone();
        return this;
    }

    /** The IP packet. */
    public byte[] ip() {
        byte[] transport = transport();
        ByteBuffer ip = ByteBuffer.allocate((v6 ? 40 : 20) + transport.length);
        if (v6) {
            ip.putInt(6 << 28 | trafficClass << 20)
                    .putShort((short) transport.length)
                    .put((byte) protocol)
                    .put((byte) timeToLive)
                    .put(from)
                    .put(to);
        } else {
            ip.putShort((short) (0x4500 | trafficClass))
                    .putShort((short) ip.capacity())
                    .putShort((short) ipId)
                    .putShort((short) fragment)
                    .put((byte) timeToLive)
                    .put((byte) protocol)
                    .putShort((short) 0)
                    .put(from)
                    .put(to);
            ip.putShort(10, (short) ~sum(Arrays.copyOf(ip.array(), 20), 0));
        }
        ip.put(transport);
        if (damaged) {
            ip.array()[ip.capacity() - 1] ^= 0x55;
        }
        return ip.array();
    }

    private byte[] transport() {
        ByteBuffer buffer = switch (protocol) {
            case 6 ->
                ByteBuffer.allocate(20 + options.length + payload.length)
                        .putShort((short) fromPort)
                        .putShort((short) toPort)
                        .putInt(sequence)
                        .putInt(acknowledgment)
                        .put((byte) ((20 + options.length) / 4 << 4))
                        .put((byte) flags)
                        .putShort((short) window)
                        .putInt(0)
                        .put(options)
                        .put(payload);
            case 17 ->
                ByteBuffer.allocate(8 + payload.length)
                        .putShort((short) fromPort)
                        .putShort((short) toPort)
                        .putShort((short) (8 + payload.length))
                        .putShort((short) 0)
                        .put(payload);
            default ->
                ByteBuffer.allocate(8 + payload.length)
                        .put((byte) icmpType)
                        .put((byte) icmpCode)
                        .putShort((short) 0)
                        .putInt(icmpWord)
                        .put(payload);
        };
        int at = protocol == 6 ? 16 : protocol == 17 ? 6 : 2;
        buffer.putShort(at, (short) ~sum(buffer.array(), protocol == 1 ? 0 : pseudo(buffer.capacity())));
        return buffer.array();
    }

    private int pseudo(int length) {
        return sum(from, sum(to, 0)) + protocol + length;
    }

    private static int sum(byte[] bytes, int start) {
        int sum = start;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += (bytes[i] & 0xFF) << 8 | (i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return sum;
    }

    /** The Ethernet frame. */
    public byte[] frame() {
        byte[] packet = ip();
        int type = v6 ? 0x86DD : 0x0800;
        ByteBuffer frame = ByteBuffer.allocate(MAC + (vlan >= 0 ? 4 : 0) + packet.length);
        frame.position(12);
        if (vlan >= 0) {
            frame.putShort((short) 0x8100).putShort((short) vlan);
        }
        return frame.putShort((short) type).put(packet).array();
    }
}
