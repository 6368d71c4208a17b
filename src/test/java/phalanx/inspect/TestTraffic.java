package phalanx.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import phalanx.capture.CaptureWriter;
import phalanx.decode.Wire;

/** A little of everything, for tests that hold us against other tools: HTTP with losses, DNS, ICMP, IPv6, VLAN, ARP, a cut frame. */
public final class TestTraffic {
    private static final long BEGIN = 1_795_228_941_000_000_000L, MS = 1_000_000;
    private static final int SYN = 2, FIN = 1, RST = 4, PSH = 8, ACK = 16;

    private final CaptureWriter out = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
    private long time = BEGIN;
    private int id = 100;

    private TestTraffic() {}

    /** The file's bytes: pcap with nanoseconds. */
    public static byte[] pcap() {
        TestTraffic traffic = new TestTraffic();
        traffic.http(
                4000,
                "GET /index.html HTTP/1.1\r\nHost: shop.example.com\r\nUser-Agent: Mozilla/5.0 (test)\r\n\r\n",
                200,
                40);
        traffic.http(4001, "POST /cart HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 5\r\n\r\nx=1&y", 503, 3);
        traffic.http(4002, "GET /logo.png HTTP/1.1\r\nHost: img.example.org\r\n\r\n", 404, 1);
        traffic.lossy();
        traffic.dns();
        traffic.rest();
        return traffic.out.bytes();
    }

    private void add(long after, byte[] frame) {
        time += after;
        out.frame(time, frame, frame.length);
    }

    private Wire out(int port) {
        return Wire.tcp().ports(port, 80).id(id++).ttl(64);
    }

    private Wire back(int port) {
        return Wire.tcp().hosts(2, 1).ports(80, port).id(0x4000 + id++).ttl(57);
    }

    private void handshake(int port) {
        add(
                20 * MS,
                out(port)
                        .flags(SYN)
                        .seq(1000, 0)
                        .window(64240)
                        .options(2, 4, 5, 180, 1, 3, 3, 7, 4, 2, 1, 1)
                        .frame());
        add(
                8 * MS,
                back(port)
                        .flags(SYN | ACK)
                        .seq(5000, 1001)
                        .window(65160)
                        .options(2, 4, 5, 120, 1, 3, 3, 9)
                        .frame());
        add(MS, out(port).flags(ACK).seq(1001, 5001).window(502).frame());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void http(int port, String request, int code, int kilobytes) {
        handshake(port);
        byte[] asked = ascii(request);
        add(
                MS,
                out(port)
                        .flags(PSH | ACK)
                        .seq(1001, 5001)
                        .window(502)
                        .payload(asked)
                        .frame());
        int next = 1001 + asked.length;
        add(8 * MS, back(port).flags(ACK).seq(5001, next).window(128).frame());
        byte[] head = ascii("HTTP/1.1 " + code + " Fine\r\nContent-Type: text/plain\r\nContent-Length: "
                + kilobytes * 1000 + "\r\n\r\n");
        add(
                40 * MS,
                back(port)
                        .flags(PSH | ACK)
                        .seq(5001, next)
                        .window(128)
                        .payload(head)
                        .frame());
        int sequence = 5001 + head.length;
        for (int i = 0; i < kilobytes; i++) {
            byte[] body = new byte[1000];
            add(
                    MS / 10,
                    back(port)
                            .flags(ACK)
                            .seq(sequence, next)
                            .window(128)
                            .payload(body)
                            .frame());
            sequence += 1000;
            if (i % 2 == 1) {
                add(
                        MS / 10,
                        out(port).flags(ACK).seq(next, sequence).window(502 - i).frame());
            }
        }
        add(MS, out(port).flags(FIN | ACK).seq(next, sequence).window(502).frame());
        add(
                8 * MS,
                back(port).flags(FIN | ACK).seq(sequence, next + 1).window(128).frame());
        add(MS, out(port).flags(ACK).seq(next + 1, sequence + 1).window(502).frame());
    }

    /** A hole, duplicate ACKs, its repair; a closed window; a reset. */
    private void lossy() {
        handshake(4005);
        byte[] body = new byte[1400];
        for (int i = 0; i < 8; i++) {
            if (i != 3) {
                add(
                        MS / 10,
                        back(4005)
                                .flags(ACK)
                                .seq(5001 + 1400 * i, 1001)
                                .window(128)
                                .payload(body)
                                .frame());
            }
        }
        for (int i = 0; i < 4; i++) {
            int right = 5001 + 1400 * (5 + i);
            add(
                    MS / 10,
                    out(4005)
                            .flags(ACK)
                            .seq(1001, 5001 + 4200)
                            .window(500)
                            .options(
                                    1,
                                    1,
                                    5,
                                    10,
                                    0,
                                    0,
                                    5001 + 5600 >> 8 & 0xFF,
                                    5001 + 5600 & 0xFF,
                                    0,
                                    0,
                                    right >> 8 & 0xFF,
                                    right & 0xFF)
                            .frame());
        }
        add(
                5 * MS,
                back(4005)
                        .flags(ACK)
                        .seq(5001 + 4200, 1001)
                        .window(128)
                        .payload(body)
                        .frame());
        add(MS, out(4005).flags(ACK).seq(1001, 5001 + 11200).window(0).frame());
        add(300 * MS, out(4005).flags(ACK).seq(1001, 5001 + 11200).window(500).frame());
        add(900 * MS, back(4005).flags(ACK).seq(5001 + 11199, 1001).window(128).frame());
        add(MS, out(4005).flags(RST | ACK).seq(1001, 5001 + 11200).window(0).frame());
    }

    private void dns() {
        byte[] question = ascii("\3www\7example\3com\0\0\1\0\1");
        question[question.length - 4] = 0;
        for (int i = 0; i < 3; i++) {
            ByteBuffer query = ByteBuffer.allocate(12 + question.length);
            query.putShort((short) (7 + i))
                    .putShort((short) 0x0100)
                    .putShort((short) 1)
                    .putShort((short) 0)
                    .putInt(0);
            add(
                    30 * MS,
                    Wire.udp()
                            .ports(5000 + i, 53)
                            .id(id++)
                            .payload(query.put(question).array())
                            .frame());
            ByteBuffer answer = ByteBuffer.allocate(12 + question.length);
            int flags = 0x8180 | (i == 2 ? 3 : 0);
            answer.putShort((short) (7 + i))
                    .putShort((short) flags)
                    .putShort((short) 1)
                    .putShort((short) 0)
                    .putInt(0);
            byte[] told = answer.put(question).array();
            add(
                    12 * MS * (i + 1),
                    Wire.udp()
                            .hosts(2, 1)
                            .ports(53, 5000 + i)
                            .id(id++)
                            .payload(told)
                            .frame());
        }
    }

    private void rest() {
        add(5 * MS, Wire.icmp(8, 0, 0x0001_0001).id(id++).payload(new byte[32]).frame());
        add(
                5 * MS,
                Wire.icmp(0, 0, 0x0001_0001)
                        .hosts(2, 1)
                        .id(id++)
                        .payload(new byte[32])
                        .frame());
        byte[] quoted = Wire.udp().ports(5000, 33434).payload(new byte[8]).ip();
        add(5 * MS, Wire.icmp(3, 3, 0).hosts(2, 1).id(id++).payload(quoted).frame());
        add(5 * MS, Wire.icmp(3, 4, 1400).hosts(9, 1).id(id++).payload(quoted).frame());
        add(5 * MS, Wire.udp().v6().ports(6000, 7000).payload(new byte[600]).frame());
        add(5 * MS, Wire.tcp().v6().ports(6001, 443).flags(SYN).seq(1, 0).frame());
        add(
                5 * MS,
                Wire.udp()
                        .vlan(10)
                        .ports(6002, 7002)
                        .id(id++)
                        .payload(ascii("hello from the VLAN"))
                        .frame());
        ByteBuffer arp = ByteBuffer.allocate(42);
        arp.position(12);
        arp.putShort((short) 0x0806)
                .putShort((short) 1)
                .putShort((short) 0x0800)
                .put((byte) 6)
                .put((byte) 4);
        arp.putShort((short) 1)
                .put(new byte[] {2, 0, 0, 0, 0, 1})
                .putInt(0x0A000001)
                .put(new byte[6])
                .putInt(0x0A000002);
        add(5 * MS, arp.array());
        byte[] whole =
                Wire.udp().ports(6003, 7003).id(id++).payload(new byte[900]).frame();
        time += MS;
        out.frame(time, Arrays.copyOf(whole, 96), whole.length);
    }
}
