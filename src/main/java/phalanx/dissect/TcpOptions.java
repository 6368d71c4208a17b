package phalanx.dissect;

/** Options of the TCP header (RFC 9293 section 3.1, RFC 7323, RFC 2018, RFC 7413, RFC 8684, RFC 5482, RFC 5925). */
final class TcpOptions {
    private static final int BEGIN = 20;
    private static final int END = 0,
            NO_OPERATION = 1,
            MAXIMUM_SEGMENT_SIZE = 2,
            WINDOW_SCALE = 3,
            SACK_PERMITTED = 4,
            SACK = 5,
            TIMESTAMPS = 8,
            MD5 = 19,
            USER_TIMEOUT = 28,
            AUTHENTICATION = 29,
            MULTIPATH = 30,
            FAST_OPEN = 34;

    private TcpOptions() {}

    static void dissect(Branch tcp, int header, Layers layers) {
        Slice in = tcp.in();
        int captured = Math.min(header, in.length()) - BEGIN;
        if (captured <= 0) {
            return;
        }
        Branch all = tcp.part("Options", "tcp.options", BEGIN, captured);
        all.says(header - BEGIN + " bytes");
        layers.part(all, () -> {
            int at = BEGIN;
            while (at < header) {
                int kind = in.u8(at);
                int length = kind <= NO_OPERATION ? 1 : in.u8(at + 1);
                if (length < 1 || kind > NO_OPERATION && length < 2 || at + length > header) {
                    all.remark(Expert.ERROR, "Malformed: an option of length " + length);
                    return;
                }
                in.need(at, length);
                option(all, kind, at, length);
                if (kind == END) {
                    return;
                }
                at += length;
            }
        });
    }

    private static void option(Branch all, int kind, int at, int length) {
        Branch option = all.part(name(kind), filterName(kind), at, length);
        option.number("Kind", "tcp.option_kind", at, 1, number -> name(kind) + " (" + number + ")");
        if (kind <= NO_OPERATION) {
            return;
        }
        option.number("Length", "tcp.option_len", at + 1, 1);
        Slice in = all.in();
        if (kind == MAXIMUM_SEGMENT_SIZE && length == 4) {
            option.says(in.u16(at + 2) + " bytes").number("MSS value", "tcp.options.mss_val", at + 2, 2);
        } else if (kind == WINDOW_SCALE && length == 3) {
            int shift = in.u8(at + 2);
            option.says(shift + " (multiply by " + (1L << Math.min(shift, 14)) + ")")
                    .number("Shift count", "tcp.options.wscale.shift", at + 2, 1);
            if (shift > 14) {
                option.remark(Expert.WARNING, "A shift above 14 counts as 14 (RFC 7323 section 2.3)");
            }
        } else if (kind == SACK) {
            sack(option, in, at, length);
        } else if (kind == TIMESTAMPS && length == 10) {
            option.says("TSval " + in.u32(at + 2) + ", TSecr " + in.u32(at + 6));
            option.number("Timestamp value", "tcp.options.timestamp.tsval", at + 2, 4);
            option.number("Timestamp echo reply", "tcp.options.timestamp.tsecr", at + 6, 4);
        } else if (kind == FAST_OPEN && length > 2) {
            option.octets("Fast Open cookie", "tcp.options.tfo.cookie", at + 2, length - 2);
        } else if (kind == MULTIPATH && length > 2) {
            option.bits("Multipath TCP subtype", "tcp.options.mptcp.subtype", at + 2, 1, 0xF0);
        } else if (length > 2) {
            option.octets("Value", "", at + 2, length - 2);
        }
    }

    private static void sack(Branch option, Slice in, int at, int length) {
        for (int block = at + 2; block + 8 <= at + length; block += 8) {
            Branch edges = option.part("Block " + ((block - at - 2) / 8 + 1), "", block, 8);
            edges.says(in.u32(block) + " to " + in.u32(block + 4) + " (raw)");
            edges.number("Left edge (raw)", "", block, 4);
            edges.number("Right edge (raw)", "", block + 4, 4);
        }
    }

    private static String name(int kind) {
        return switch (kind) {
            case END -> "End of option list";
            case NO_OPERATION -> "No-operation";
            case MAXIMUM_SEGMENT_SIZE -> "Maximum segment size";
            case WINDOW_SCALE -> "Window scale";
            case SACK_PERMITTED -> "SACK permitted";
            case SACK -> "SACK";
            case TIMESTAMPS -> "Timestamps";
            case MD5 -> "MD5 signature";
            case USER_TIMEOUT -> "User timeout";
            case AUTHENTICATION -> "Authentication";
            case MULTIPATH -> "Multipath TCP";
            case FAST_OPEN -> "Fast Open";
            default -> "Option " + kind;
        };
    }

    private static String filterName(int kind) {
        return switch (kind) {
            case END -> "tcp.options.eol";
            case NO_OPERATION -> "tcp.options.nop";
            case MAXIMUM_SEGMENT_SIZE -> "tcp.options.mss";
            case WINDOW_SCALE -> "tcp.options.wscale";
            case SACK_PERMITTED -> "tcp.options.sack_perm";
            case SACK -> "tcp.options.sack";
            case TIMESTAMPS -> "tcp.options.timestamp";
            case MD5 -> "tcp.options.md5";
            case USER_TIMEOUT -> "tcp.options.user_to";
            case AUTHENTICATION -> "tcp.options.ao";
            case MULTIPATH -> "tcp.options.mptcp";
            case FAST_OPEN -> "tcp.options.tfo";
            default -> "";
        };
    }
}
