package phalanx.dissect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import phalanx.net.IpAddress;

/** NTP (RFC 5905 section 7.3). */
final class Ntp {
    private static final long SECONDS_TO_1970 = 2_208_988_800L;

    private Ntp() {}

    static void dissect(Slice in, Layers layers) {
        Branch ntp = layers.begin("Network Time Protocol", "ntp", in);
        int first = in.u8(0);
        int mode = first & 7;
        Branch flags = ntp.hex("Flags", "ntp.flags", 0, 1);
        flags.bits("Leap indicator", "ntp.flags.li", 0, 1, 0xC0, li -> leap((int) li) + " (" + li + ")");
        flags.bits("Version number", "ntp.flags.vn", 0, 1, 0x38);
        flags.bits("Mode", "ntp.flags.mode", 0, 1, 0x07, _ -> mode(mode) + " (" + mode + ")");
        ntp.says("version " + (first >>> 3 & 7) + ", " + mode(mode));
        if (mode > 5 || mode == 0) { // control and private messages are built otherwise
            if (in.length() > 1) {
                ntp.octets("Message", "", 1, in.length() - 1);
            }
            return;
        }
        int stratum = in.u8(1);
        ntp.number("Peer clock stratum", "ntp.stratum", 1, 1);
        ntp.field("Peer polling interval", "ntp.ppoll", 2, 1, seconds((byte) in.u8(2)), "");
        ntp.field("Peer clock precision", "ntp.precision", 3, 1, seconds((byte) in.u8(3)), "");
        ntp.field("Root delay", "ntp.rootdelay", 4, 4, shortTime(in.u32(4)), "");
        ntp.field("Root dispersion", "ntp.rootdispersion", 8, 4, shortTime(in.u32(8)), "");
        String reference = stratum <= 1
                ? in.text(12, 4, StandardCharsets.US_ASCII).replace('\0', ' ').strip()
                : IpAddress.v4((int) in.u32(12)).toString();
        ntp.field("Reference ID", "ntp.refid", 12, 4, reference, "");
        time(ntp, "Reference timestamp", "ntp.reftime", 16);
        time(ntp, "Origin timestamp", "ntp.org", 24);
        time(ntp, "Receive timestamp", "ntp.rec", 32);
        time(ntp, "Transmit timestamp", "ntp.xmt", 40);
    }

    private static void time(Branch ntp, String label, String name, int at) {
        Slice in = ntp.in();
        long seconds = in.u32(at);
        long nanos = in.u32(at + 4) * 1_000_000_000L >>> 32;
        String told = seconds == 0 && nanos == 0
                ? "not set"
                : Instant.ofEpochSecond(
                                (seconds < 0x8000_0000L ? seconds + (1L << 32) : seconds) - SECONDS_TO_1970, nanos)
                        .toString();
        ntp.field(label, name, at, 8, told, "");
    }

    private static String seconds(byte exponent) {
        return String.format(Locale.ROOT, "%d (%.9g s)", exponent, Math.pow(2, exponent));
    }

    private static String shortTime(long fixed) {
        return String.format(Locale.ROOT, "%.6f s", fixed / 65536.0);
    }

    private static String leap(int indicator) {
        return switch (indicator) {
            case 0 -> "no warning";
            case 1 -> "last minute of the day has 61 seconds";
            case 2 -> "last minute of the day has 59 seconds";
            default -> "clock not synchronized";
        };
    }

    private static String mode(int mode) {
        return switch (mode) {
            case 1 -> "symmetric active";
            case 2 -> "symmetric passive";
            case 3 -> "client";
            case 4 -> "server";
            case 5 -> "broadcast";
            case 6 -> "control message";
            default -> "reserved";
        };
    }
}
