package phalanx.dissect;

/** SCTP's common header and the heads of its chunks (RFC 9260 section 3). */
final class Sctp {
    private static final int HEADER = 12;

    private Sctp() {}

    static void dissect(Slice in, Layers layers) {
        Branch sctp = layers.begin("Stream Control Transmission Protocol", "sctp", in);
        sctp.number("Source port", "sctp.srcport", 0, 2);
        sctp.number("Destination port", "sctp.dstport", 2, 2);
        sctp.hex("Verification tag", "sctp.verification_tag", 4, 4);
        sctp.hex("Checksum", "sctp.checksum", 8, 4);
        sctp.says("Src port: " + in.u16(0) + ", Dst port: " + in.u16(2));
        int at = HEADER;
        while (in.has(at, 1)) {
            int type = in.u8(at);
            int length = in.u16(at + 2);
            if (length < 4 || !in.holdsOnWire(at, length)) {
                sctp.remark(Expert.ERROR, "Malformed: a chunk of length " + length);
                return;
            }
            Branch chunk = sctp.part(chunk(type) + " chunk", "", at, Math.min(length, in.length() - at));
            chunk.number("Chunk type", "sctp.chunk_type", at, 1);
            chunk.hex("Chunk flags", "sctp.chunk_flags", at + 1, 1);
            chunk.number("Chunk length", "sctp.chunk_length", at + 2, 2);
            at += length + 3 & ~3;
        }
    }

    private static String chunk(int type) {
        return switch (type) {
            case 0 -> "DATA";
            case 1 -> "INIT";
            case 2 -> "INIT_ACK";
            case 3 -> "SACK";
            case 4 -> "HEARTBEAT";
            case 5 -> "HEARTBEAT_ACK";
            case 6 -> "ABORT";
            case 7 -> "SHUTDOWN";
            case 8 -> "SHUTDOWN_ACK";
            case 9 -> "ERROR";
            case 10 -> "COOKIE_ECHO";
            case 11 -> "COOKIE_ACK";
            case 14 -> "SHUTDOWN_COMPLETE";
            default -> "Type " + type;
        };
    }
}
