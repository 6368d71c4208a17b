package phalanx.capture;

import java.util.List;

/**
 * What a capture file says of itself and what was counted in it.
 *
 * @param format {@code pcap} or {@code pcapng}
 * @param compression {@code gzip}, or empty for none
 * @param frames frames that could be read
 * @param bytes sum of their lengths on the wire
 * @param captured sum of their lengths in the file
 * @param firstNanos stamp of the first frame in the file, epoch nanoseconds; 0 without frames
 * @param lastNanos stamp of the last one in the file
 * @param truncated frames cut by the snaplen
 * @param interfaces by id
 * @param comment on the file as a whole, empty for none; those of several sections are joined by line breaks
 */
public record CaptureSummary(
        String format,
        String compression,
        long frames,
        long bytes,
        long captured,
        long firstNanos,
        long lastNanos,
        long truncated,
        List<Interface> interfaces,
        String comment) {
    /** How the comment of a file begins from which addresses, payload and names were taken out. */
    public static final String REDACTED = "Redacted by Phalanx:";

    /** A snaplen of this and more cuts nothing (what tcpdump calls its default). */
    private static final int NO_LIMIT = 262_144;

    /**
     * One interface of the file.
     *
     * @param name as the capturing machine called it, empty when it did not say
     * @param linkType LINKTYPE number
     * @param snaplen 0 when there was no limit
     * @param drops packets that the capturing machine says it lost, -1 when it does not say
     */
    public record Interface(int id, String name, int linkType, int snaplen, long frames, long drops) {}

    public CaptureSummary {
        interfaces = List.copyOf(interfaces);
    }

    /** The smallest limit on bytes kept of a frame, 0 when frames were kept whole. */
    public int snaplen() {
        return interfaces.stream()
                .mapToInt(Interface::snaplen)
                .filter(snaplen -> snaplen > 0 && snaplen < NO_LIMIT)
                .min()
                .orElse(0);
    }

    /** What was taken out of the file before, by its own word; empty for nothing. */
    public String redaction() {
        return comment.startsWith(REDACTED) && comment.indexOf('\n') < 0 ? comment : "";
    }
}
