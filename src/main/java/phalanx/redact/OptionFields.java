package phalanx.redact;

import java.util.Arrays;
import phalanx.decode.Bytes;

/**
 * Options of IP and TCP headers: kinds and lengths stay, and the contents of those that say nothing of anybody; others are blanked, the
 * addresses of a route replaced. One thread; no call allocates.
 */
final class OptionFields {
    private static final int END = 0, NO_OPERATION = 1;
    private static final int ROUTER_ALERT_4 = 148, ROUTER_ALERT_6 = 5, JUMBO = 0xC2;
    private static final int MSS = 2, WINDOW_SCALE = 3, SACK_PERMITTED = 4, SACK = 5, TIMESTAMPS = 8;

    private final AddressMap addresses;
    private final Tally tally;

    OptionFields(AddressMap addresses, Tally tally) {
        this.addresses = addresses;
        this.tally = tally;
    }

    /** RFC 791 section 3.1, RFC 2113. Recorded routes and time stamps hold addresses. */
    void ip4(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != END) {
            int length = bytes[at] == NO_OPERATION ? 1 : at + 1 < end ? Bytes.u8(bytes, at + 1) : 0;
            if (length == 0 || length == 1 && bytes[at] != NO_OPERATION) {
                break;
            }
            if (Bytes.u8(bytes, at) != ROUTER_ALERT_4 || length != 4) {
                blank(bytes, at + 2, Math.min(end, at + length));
            }
            at += length;
        }
        blank(bytes, at, end);
    }

    /** Hop-by-hop and destination options (RFC 8200 section 4.2, RFC 2711, RFC 2675). */
    void ip6(byte[] bytes, int start, int end) {
        int at = start;
        while (at + 1 < end) {
            int kind = Bytes.u8(bytes, at);
            int length = kind == 0 ? -1 : Bytes.u8(bytes, at + 1);
            if (!(kind == ROUTER_ALERT_6 && length == 2) && !(kind == JUMBO && length == 4)) {
                blank(bytes, at + 2, Math.min(end, at + 2 + length));
            }
            at += 2 + length;
        }
    }

    /** Routing headers of types 0, 2 and 4 hold addresses (RFC 8200 section 4.4, RFC 6275 section 6.4, RFC 8754 section 2). */
    void routing(byte[] bytes, int start, int end) {
        int type = Bytes.u8(bytes, start + 2);
        int at = start + 8;
        int count = switch (type) {
            case 0, 2 -> (end - at) / 16;
            case 4 -> Bytes.u8(bytes, start + 4) + 1;
            default -> 0;
        };
        for (int i = 0; i < count && at + 16 <= end; i++) {
            addresses.replace6(bytes, at);
            at += 16;
        }
        blank(bytes, at, end);
    }

    /** RFC 9293 section 3.2, RFC 7323, RFC 2018; keys, cookies and addresses of other paths are blanked. */
    void tcp(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != END) {
            int kind = Bytes.u8(bytes, at);
            int length = kind == NO_OPERATION ? 1 : at + 1 < end ? Bytes.u8(bytes, at + 1) : 0;
            if (length == 0 || length == 1 && kind != NO_OPERATION) {
                break;
            }
            boolean kept = switch (kind) {
                case NO_OPERATION -> true;
                case MSS -> length == 4;
                case WINDOW_SCALE -> length == 3;
                case SACK_PERMITTED -> length == 2;
                case SACK -> length <= 34 && length % 8 == 2;
                case TIMESTAMPS -> length == 10;
                default -> false;
            };
            if (!kept) {
                blank(bytes, at + 2, Math.min(end, at + length));
            }
            at += length;
        }
        blank(bytes, at, end);
    }

    private void blank(byte[] bytes, int from, int to) {
        boolean said = false;
        for (int at = from; at < to; at++) {
            said |= bytes[at] != 0;
        }
        if (said) {
            Arrays.fill(bytes, from, to, (byte) 0);
            tally.add(Replaced.OPTION);
        }
    }
}
