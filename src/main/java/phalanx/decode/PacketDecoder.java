package phalanx.decode;

import phalanx.capture.FrameCursor;
import phalanx.net.Transport;

/** Decodes frame after frame into the rows of a table. No allocation a packet; one thread. */
final class PacketDecoder {
    private final FrameView view = FrameView.ofPackets();
    private final PacketTable table;

    PacketDecoder(PacketTable table) {
        this.table = table;
    }

    /** The table must have room, see {@link PacketTable#addRow()}. */
    void decode(FrameCursor cursor, DecodingGaps gaps) {
        table.reach(cursor.frame());
        FrameView.Fit fit = view.wrap(cursor);
        gaps.note(fit, cursor.linkType());
        if (fit != FrameView.Fit.IP) {
            return;
        }
        int row = table.addRow();
        IpView ip = view.ip();
        table.setFrame(row, cursor.frame(), cursor.timeNanos(), view.vlan(), cursor.captured() < cursor.length());
        table.setIp(row, ip, view.ipLength());
        if (ip.fragmentOffset() > 0 && !ip.transportCut()) {
            setPayload(row, view.transport(), view.transportLength());
        } else if (view.hasTransport()) {
            decodeTransport(row, ip);
        } else if (Transport.ofProtocol(ip.protocol()) == Transport.OTHER && !ip.transportCut()) {
            setPayload(row, view.transport(), view.transportLength());
        }
    }

    private void decodeTransport(int row, IpView ip) {
        byte[] bytes = view.bytes();
        int start = view.transport();
        boolean whole = !ip.isFragment() && view.end() - start >= view.transportLength();
        setPayload(row, view.payload(), view.payloadLength());
        switch (Transport.ofProtocol(ip.protocol())) {
            case TCP -> {
                table.setTcp(row, view.tcp());
                checksum(row, view.tcp().checksum(), whole);
            }
            case UDP -> {
                table.setPorts(row, view.sourcePort(), view.destinationPort());
                int sum = Bytes.u16(bytes, start + 6);
                checksum(row, sum, whole && sum != 0);
                if (table.isDns(row)) {
                    table.setDns(row, bytes, view.payload(), view.end());
                }
            }
            case ICMP -> {
                table.setIcmp(row, view.icmp());
                checksum(row, view.icmp().checksum(), whole);
            }
            case OTHER -> {}
        }
    }

    private void setPayload(int row, int start, int length) {
        if (length < 0) {
            return;
        }
        byte[] bytes = view.bytes();
        int held = Math.max(0, Math.min(length, view.end() - start));
        table.setPayload(
                row,
                length,
                held,
                held == 0 ? 0 : PayloadHash.of(bytes, start, held),
                held == 0 ? 0 : PayloadHash.of(bytes, start, Math.min(16, held)),
                held == 0 ? 0 : PayloadHash.head(bytes, start, held));
    }

    private void checksum(int row, int value, boolean verifiable) {
        PacketTable.Checksum state = PacketTable.Checksum.UNKNOWN;
        if (verifiable) {
            IpView ip = view.ip();
            int length = view.transportLength();
            boolean pseudo = ip.protocol() != Transport.PROTOCOL_ICMP;
            long sum =
                    Checksums.sum(view.bytes(), view.transport(), length) + (pseudo ? ip.pseudoHeaderSum(length) : 0);
            boolean good = Checksums.fold(sum) == 0xFFFF;
            // A card that computes the sum finds that of the pseudo header alone in its place (checksum offload).
            boolean left = pseudo && Checksums.fold(ip.pseudoHeaderSum(length)) == value;
            state = good ? PacketTable.Checksum.GOOD : left ? PacketTable.Checksum.UNKNOWN : PacketTable.Checksum.BAD;
        }
        table.setChecksum(row, value, state);
    }
}
