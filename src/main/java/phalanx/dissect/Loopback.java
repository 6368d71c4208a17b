package phalanx.dissect;

/** The address family in front of packets of BSD's loopback: in the capturing machine's byte order, or in network order. */
final class Loopback {
    private static final int HEADER = 4;

    private Loopback() {}

    static void dissect(Slice in, boolean networkOrder, Layers layers) {
        Branch loopback = layers.begin("Null/Loopback", "null", in).ends(Math.min(HEADER, in.length()));
        long raw = in.u32(0);
        boolean swapped = !networkOrder && raw > 0xFFFF;
        long family = swapped ? Integer.toUnsignedLong(Integer.reverseBytes((int) raw)) : raw;
        String word = switch ((int) family) {
            case 2 -> "IP";
            case 10, 23, 24, 28, 30 -> "IPv6";
            default -> "Unknown";
        };
        loopback.field("Family", "null.family", 0, 4, word + " (" + family + ")", Long.toString(family));
        IpProtocols.byVersion(in.from(HEADER), layers);
    }
}
