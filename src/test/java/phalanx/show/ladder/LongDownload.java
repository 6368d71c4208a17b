package phalanx.show.ladder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phalanx.decode.Wire;
import phalanx.net.TcpFlags;

/** Captures of one download of very many packets, three of which are lost. */
public final class LongDownload {
    private static final long BEGIN = 1_795_228_941_000_000_000L, HOP = 3_000_000;

    private LongDownload() {}

    /** One capture a point, each written at once when it is not there yet. */
    public static List<Path> captures(int packets, int points, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            String name = point == 0 ? "client" : point == points - 1 ? "server" : "router-" + point;
            Path file = Files.createDirectories(folder.resolve(packets + "-" + points))
                    .resolve(name + ".pcap");
            files.add(file);
            if (!Files.exists(file)) {
                write(file, packets, point, points);
            }
        }
        return files;
    }

    private static void write(Path file, int packets, int point, int points) throws IOException {
        byte[] payload = new byte[32];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(little(24)
                    .putInt(0xA1B23C4D)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putLong(0)
                    .putInt(65535)
                    .putInt(1)
                    .array());
            int sequence = 1000;
            for (int i = 0; i < packets; i++) {
                boolean ack = i % 3 == 2;
                long sent = BEGIN + i * 20_000L + i / 5000 * 40_000_000L;
                boolean lost = i > 0 && i % (packets / 3 + 1) == packets / 4;
                ByteBuffer.wrap(payload).putInt(i);
                int passed = ack ? point : points - 1 - point;
                if (!lost || passed == 0) {
                    Wire wire = ack
                            ? Wire.tcp().ports(40000, 443).seq(500, sequence).flags(TcpFlags.ACK)
                            : Wire.tcp()
                                    .hosts(2, 1)
                                    .ports(443, 40000)
                                    .seq(sequence, 500)
                                    .flags(TcpFlags.ACK)
                                    .payload(payload);
                    byte[] frame = wire.id(i & 0xFFFF).ttl(64 - passed).frame();
                    long when = sent + passed * HOP;
                    out.write(little(16)
                            .putInt((int) (when / 1_000_000_000))
                            .putInt((int) (when % 1_000_000_000))
                            .putInt(frame.length)
                            .putInt(frame.length)
                            .array());
                    out.write(frame);
                }
                sequence += ack ? 0 : payload.length;
            }
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
