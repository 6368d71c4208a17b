package phalanx.dissect;

import phalanx.decode.Checksums;

/**
 * What transport headers need of the IP header before them.
 *
 * @param addresses where source and destination stand, one behind the other
 * @param fragment whether the packet is a part of one, so that no sum over it can be right
 */
record IpHeader(Slice addresses, boolean fragment) {
    /** What a checksum in a transport header is. */
    enum Verdict {
        GOOD,
        BAD,
        /** What a sender leaves to its network card holds the sum of the pseudo header alone. */
        LEFT_TO_CARD,
        /** Not all bytes were captured. */
        NOT_ALL_CAPTURED,
        FRAGMENT
    }

    /** The sum over pseudo header (RFC 9293 section 3.1, RFC 8200 section 8.1) and packet. */
    Verdict verify(Slice packet, int protocol, int checksum) {
        if (fragment) {
            return Verdict.FRAGMENT;
        }
        if (!packet.whole()) {
            return Verdict.NOT_ALL_CAPTURED;
        }
        int length = packet.length();
        long pseudo = Checksums.sum(addresses.bytes(), addresses.start(), addresses.length())
                + protocol
                + (length >>> 16)
                + (length & 0xFFFF);
        if (Checksums.fold(pseudo + Checksums.sum(packet.bytes(), packet.start(), length)) == 0xFFFF) {
            return Verdict.GOOD;
        }
        return Checksums.fold(pseudo) == checksum ? Verdict.LEFT_TO_CARD : Verdict.BAD;
    }
}
