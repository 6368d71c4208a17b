package phalanx.show.map;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A capture of datagrams between very many hosts. */
public final class OfficeTraffic {
    private static final int UDP_FRAME = 46;

    private OfficeTraffic() {}

    /** One capture: each host asks a few others. */
    public static List<Path> capture(Path folder, int hosts, int links) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(24 + links * (16 + UDP_FRAME)).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(1);
        for (int i = 0; i < links; i++) {
            int from = i % hosts;
            int to = (int) ((from + 1 + i * 2_654_435_761L % (hosts - 1)) % hosts);
            file.order(ByteOrder.LITTLE_ENDIAN);
            file.putInt(1_000 + i / 1_000)
                    .putInt(i % 1_000 * 1_000)
                    .putInt(UDP_FRAME)
                    .putInt(UDP_FRAME);
            file.order(ByteOrder.BIG_ENDIAN);
            file.putLong(0x0200_0000_0001_0200L).putInt(0x0000_0002).putShort((short) 0x0800);
            file.putInt(0x4500_0020)
                    .putInt(i << 16)
                    .putInt(0x4011_0000)
                    .putInt(address(from))
                    .putInt(address(to));
            file.putShort((short) (1_024 + i % 60_000))
                    .putShort((short) 53)
                    .putInt(0x000C_0000)
                    .putInt(i);
        }
        Path capture = folder.resolve("office.pcap");
        Files.write(capture, file.array());
        return List.of(capture);
    }

    private static int address(int host) {
        return 0x0A00_0000 | host / 50 << 8 | host % 50 + 1;
    }
}
