package phalanx.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Any bytes as the frames of a sound file: the first two choose the link type, each frame is led by its length. For Jazzer. */
public final class PacketFuzzer {
    private static final int MOST_FRAMES = 64;

    private PacketFuzzer() {}

    /** Jazzer's entry: whatever is thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 4) {
            return;
        }
        ByteBuffer out =
                ByteBuffer.allocate(24 + input.length + MOST_FRAMES * 16 + 16).order(ByteOrder.LITTLE_ENDIAN);
        int linkType = (input[0] & 0xFF) << 8 | input[1] & 0xFF;
        out.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65535)
                .putInt(linkType);
        int at = 2;
        for (int i = 0; i < MOST_FRAMES && at + 2 < input.length; i++) {
            int length = Math.min((input[at] & 0xFF) << 8 | input[at + 1] & 0xFF, input.length - at - 2);
            out.putInt(1_700_000_000 + i)
                    .putInt(i)
                    .putInt(length)
                    .putInt(length + (i & 1))
                    .put(input, at + 2, length);
            at += 2 + length;
        }
        byte[] file = new byte[out.flip().remaining()];
        out.get(file);
        CaptureFuzzer.fuzzerTestOneInput(file);
    }
}
