package phalanx.decode;

import java.lang.foreign.MemorySegment;
import phalanx.capture.FrameCursor;
import phalanx.net.Transport;

/** Decodes frame after frame into the rows of a table. No allocation a packet; one thread. */
final class PacketDecoder {
    /** What became of a frame. */
    enum Result {
        ROW,
        NOT_IP,
        TRUNCATED,
        MALFORMED,
        UNKNOWN_LINK_TYPE,
        TABLE_FULL
    }

    private final LinkLayer link = new LinkLayer();
    private final IpView ip = new IpView();
    private final TcpView tcp = new TcpView();
    private final IcmpView icmp = new IcmpView();
    private final PacketTable table;

    PacketDecoder(PacketTable table) {
        this.table = table;
    }

    Result decode(FrameCursor cursor) {
        table.countFrame();
        MemorySegment bytes = cursor.bytes();
        long start = cursor.start();
        switch (link.wrap(cursor.linkType(), bytes, start, cursor.captured())) {
            case NOT_IP -> {
                return Result.NOT_IP;
            }
            case TRUNCATED -> {
                return Result.TRUNCATED;
            }
            case UNKNOWN_LINK_TYPE -> {
                return Result.UNKNOWN_LINK_TYPE;
            }
            case IP -> {}
        }
        long network = link.network();
        long end = start + cursor.captured();
        switch (ip.wrap(bytes, network, end - network)) {
            case TRUNCATED -> {
                return Result.TRUNCATED;
            }
            case MALFORMED -> {
                return Result.MALFORMED;
            }
            case OK -> {}
        }
        int row = table.addRow();
        if (row < 0) {
            return Result.TABLE_FULL;
        }
        int onWire = (int) (cursor.length() - (network - start));
        int length = ip.totalLength() == 0 ? onWire : ip.totalLength();
        table.setFrame(row, cursor.frame(), cursor.timeNanos(), link.vlan(), cursor.captured() < cursor.length());
        table.setIp(row, ip, length);
        // A short packet is padded to the link's smallest frame; what lies behind its length is no payload.
        long packetEnd = Math.min(end, network + length);
        decodeTransport(bytes, row, network + ip.headerLength(), packetEnd, length - ip.headerLength());
        return Result.ROW;
    }

    private void decodeTransport(MemorySegment bytes, int row, long start, long end, int length) {
        long available = end - start;
        if (ip.transportCut() || available < 0 || length < 0) {
            return;
        }
        if (ip.fragmentOffset() > 0) {
            setPayload(bytes, row, start, end, length);
            return;
        }
        boolean whole = !ip.isFragment() && available >= length;
        switch (ip.protocol()) {
            case Transport.PROTOCOL_TCP -> {
                TcpView.Fit fit = tcp.wrap(bytes, start, available);
                if (fit == TcpView.Fit.OK || fit == TcpView.Fit.OPTIONS_CUT) {
                    table.setTcp(row, tcp);
                    checksum(bytes, row, start, length, tcp.checksum(), whole);
                    setPayload(bytes, row, start + tcp.headerLength(), end, length - tcp.headerLength());
                }
            }
            case Transport.PROTOCOL_UDP -> {
                if (available >= 8) {
                    table.setPorts(row, Bytes.u16(bytes, start), Bytes.u16(bytes, start + 2));
                    int sum = Bytes.u16(bytes, start + 6);
                    checksum(bytes, row, start, length, sum, whole && sum != 0);
                    setPayload(bytes, row, start + 8, end, length - 8);
                }
            }
            case Transport.PROTOCOL_ICMP, Transport.PROTOCOL_ICMPV6 -> {
                if (icmp.wrap(ip.isV6(), bytes, start, available)) {
                    setPayload(bytes, row, start + 8, end, length - 8);
                    table.setIcmp(row, icmp);
                    checksum(bytes, row, start, length, icmp.checksum(), whole);
                }
            }
            default -> setPayload(bytes, row, start, end, length);
        }
    }

    private void setPayload(MemorySegment bytes, int row, long start, long end, int length) {
        if (length < 0) {
            return;
        }
        int held = (int) Math.max(0, Math.min(length, end - start));
        table.setPayload(
                row,
                length,
                held,
                held == 0 ? 0 : PayloadHash.of(bytes, start, held),
                held == 0 ? 0 : PayloadHash.of(bytes, start, Math.min(16, held)),
                held == 0 ? 0 : PayloadHash.head(bytes, start, held));
    }

    private void checksum(MemorySegment bytes, int row, long start, int length, int value, boolean verifiable) {
        PacketTable.Checksum state = PacketTable.Checksum.UNKNOWN;
        if (verifiable) {
            boolean pseudo = ip.protocol() != Transport.PROTOCOL_ICMP;
            long sum = Checksums.sum(bytes, start, length) + (pseudo ? ip.pseudoHeaderSum(length) : 0);
            boolean good = Checksums.fold(sum) == 0xFFFF;
            // A card that computes the sum finds that of the pseudo header alone in its place (checksum offload).
            boolean left = pseudo && Checksums.fold(ip.pseudoHeaderSum(length)) == value;
            state = good ? PacketTable.Checksum.GOOD : left ? PacketTable.Checksum.UNKNOWN : PacketTable.Checksum.BAD;
        }
        table.setChecksum(row, value, state);
    }
}
