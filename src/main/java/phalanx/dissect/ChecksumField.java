package phalanx.dissect;

import phalanx.decode.Checksums;

/** A checksum field with what comes of computing it (RFC 1071). */
final class ChecksumField {
    private ChecksumField() {}

    /** A sum over the bytes alone, of which the field at {@code at} is a part. */
    static void over(Slice bytes, Branch header, String name, int at, Layers layers) {
        boolean good = Checksums.fold(Checksums.sum(bytes.bytes(), bytes.start(), bytes.length())) == 0xFFFF;
        IpHeader.Verdict verdict = !bytes.whole()
                ? IpHeader.Verdict.NOT_ALL_CAPTURED
                : good ? IpHeader.Verdict.GOOD : IpHeader.Verdict.BAD;
        told(header, name, at, verdict, expected(bytes, header.in().u16(at)), layers);
    }

    /** A sum over a transport header, what it carries, and the pseudo header. */
    static void transport(Slice packet, int protocol, IpHeader ip, Branch header, String name, int at, Layers layers) {
        told(header, name, at, ip.verify(packet, protocol, header.in().u16(at)), -1, layers);
    }

    private static int expected(Slice bytes, int found) {
        long rest = Checksums.sum(bytes.bytes(), bytes.start(), bytes.length()) + (~found & 0xFFFF);
        return ~Checksums.fold(rest) & 0xFFFF;
    }

    private static void told(
            Branch header, String name, int at, IpHeader.Verdict verdict, int expected, Layers layers) {
        Branch field = header.hex("Checksum", name, at, 2);
        String digits = Branch.hexadecimal(header.in().u16(at), 2);
        if (layers.quoted()) {
            field.says(digits + " [not verified: quoted packet]");
            return;
        }
        switch (verdict) {
            case GOOD -> field.says(digits + " [correct]");
            case BAD -> {
                field.says(digits + " [incorrect]");
                field.remark(
                        Expert.ERROR,
                        expected < 0
                                ? "Bad checksum: the packet was damaged, or its sender's network card fills it in"
                                : "Bad checksum: should be " + Branch.hexadecimal(expected, 2));
            }
            case LEFT_TO_CARD -> field.says(digits + " [not verified: left to the network card]");
            case NOT_ALL_CAPTURED -> field.says(digits + " [not verified: not all bytes captured]");
            case FRAGMENT -> field.says(digits + " [not verified: fragment]");
        }
    }
}
