package phalanx.dissect;

import java.nio.charset.StandardCharsets;
import phalanx.run.ForeignText;

/** Reads a name of a DNS message, compressed or not (RFC 1035 section 4.1.4). Reusable; one thread. */
final class DnsNames {
    private static final int LONGEST = 255, MOST_JUMPS = 64;

    private final Slice message;

    /**
     * A name.
     *
     * @param octets that it takes where it stands
     */
    record Name(String text, int octets) {}

    DnsNames(Slice message) {
        this.message = message;
    }

    /** What goes round in circles, or is longer than a name may be, ends there and says so. */
    Name read(int from) {
        StringBuilder text = new StringBuilder();
        int at = from;
        int octets = 0;
        int jumps = 0;
        while (true) {
            int label = message.u8(at);
            if (label == 0) {
                return new Name(text.isEmpty() ? "<Root>" : text.toString(), jumps == 0 ? at + 1 - from : octets);
            }
            if (label >= 0xC0) {
                octets = jumps == 0 ? at + 2 - from : octets;
                int to = (label & 0x3F) << 8 | message.u8(at + 1);
                if (++jumps > MOST_JUMPS || to >= at) {
                    return new Name(text + "<name that points into itself>", octets);
                }
                at = to;
                continue;
            }
            if (label > 63 || text.length() + label > LONGEST) {
                return new Name(text + "<not a name>", jumps == 0 ? at + 1 - from : octets);
            }
            text.append(text.isEmpty() ? "" : ".")
                    .append(ForeignText.line(message.text(at + 1, label, StandardCharsets.UTF_8)));
            at += 1 + label;
        }
    }
}
