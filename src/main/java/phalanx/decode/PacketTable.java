package phalanx.decode;

import java.util.Arrays;
import phalanx.net.IpAddress;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;

/**
 * What is kept of every IP packet of a capture: one row a frame with an IP header, in file order, in primitive columns of about 100
 * bytes a row. Frames without IP are counted, not kept. One thread while {@link CaptureReader} fills it, then immutable and for any.
 */
public final class PacketTable {
    /** Whether a checksum is right. */
    public enum Checksum {
        GOOD,
        BAD,
        /** Not all bytes were captured, or the sender left the sum to its network card. */
        UNKNOWN
    }

    private static final Checksum[] CHECKSUMS = Checksum.values();
    private static final int V6 = 1, FRAGMENT = 2, DONT_FRAGMENT = 4, CUT = 8;

    private final int limit;
    private final AddressBook addresses = new AddressBook();
    private final Quotes quotes = new Quotes();
    private final DomainNames names = new DomainNames();
    private int size;
    private long frames;
    private long[] time = new long[0];
    private int[] frame = new int[0];
    private int[] source = new int[0];
    private int[] destination = new int[0];
    private short[] sourcePort = new short[0];
    private short[] destinationPort = new short[0];
    private int[] ipId = new int[0];
    private int[] ipLength = new int[0];
    private short[] fragmentOctets = new short[0];
    private byte[] properties = new byte[0];
    private byte[] protocol = new byte[0];
    private byte[] timeToLive = new byte[0];
    private byte[] trafficClass = new byte[0];
    private short[] vlan = new short[0];
    private byte[] flags = new byte[0];
    private int[] first = new int[0];
    private int[] second = new int[0];
    private short[] window = new short[0];
    private int[] payloadLength = new int[0];
    private int[] checksum = new int[0];
    private byte[] checksumState = new byte[0];
    private int[] hashedBytes = new int[0];
    private long[] payloadHash = new long[0];
    private long[] payloadHash16 = new long[0];
    private long[] payloadHead = new long[0];
    /** By protocol: index of an ICMP error's quote, options of a SYN, index of a DNS message's name; -1 for none. */
    private int[] detail = new int[0];

    /** @param limit most rows that are kept */
    PacketTable(int limit) {
        this.limit = limit;
    }

    /** Rows. */
    public int size() {
        return size;
    }

    /** Frames in the file up to the last one read, with and without IP. */
    public long frames() {
        return frames;
    }

    /** 1-based number of the frame in its file. */
    public long frame(int row) {
        return Integer.toUnsignedLong(frame[row]);
    }

    /** The row of that frame, -1 when the frame has none. */
    public int rowOfFrame(long number) {
        int row = lastRowTo(number);
        return row >= 0 && frame(row) == number ? row : -1;
    }

    /** The last row of that frame or one before it, -1 when there is none. */
    public int lastRowTo(long number) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (frame(middle) <= number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Stamp, epoch nanoseconds. */
    public long timeNanos(int row) {
        return time[row];
    }

    public boolean isV6(int row) {
        return (properties[row] & V6) != 0;
    }

    /** IANA number of what follows the IP header and its extensions. */
    public int protocol(int row) {
        return protocol[row] & 0xFF;
    }

    /** Index for {@link #address}. */
    public int source(int row) {
        return source[row];
    }

    /** Index for {@link #address}. */
    public int destination(int row) {
        return destination[row];
    }

    /** An address of this table by its index. */
    public IpAddress address(int index) {
        return addresses.address(index);
    }

    /** 0 where there is none or it was not captured. */
    public int sourcePort(int row) {
        return sourcePort[row] & 0xFFFF;
    }

    /** 0 where there is none or it was not captured. */
    public int destinationPort(int row) {
        return destinationPort[row] & 0xFFFF;
    }

    /** IPv4 identification, or that of an IPv6 fragment header, else 0. */
    public int ipId(int row) {
        return ipId[row];
    }

    /** TTL or hop limit. */
    public int timeToLive(int row) {
        return timeToLive[row] & 0xFF;
    }

    /** DSCP in the upper six bits, ECN in the lower two. */
    public int trafficClass(int row) {
        return trafficClass[row] & 0xFF;
    }

    /** Bytes of the IP packet, header included; by the frame's length where the header does not say (segmentation offload). */
    public int ipLength(int row) {
        return ipLength[row];
    }

    public boolean isFragment(int row) {
        return (properties[row] & FRAGMENT) != 0;
    }

    /** Bytes of payload before this fragment. */
    public int fragmentOffset(int row) {
        return (fragmentOctets[row] & 0xFFFF) * 8;
    }

    /** IPv4 flag; always set for IPv6, which routers never fragment. */
    public boolean dontFragment(int row) {
        return (properties[row] & DONT_FRAGMENT) != 0;
    }

    /** Outermost VLAN id, -1 without a tag. */
    public int vlan(int row) {
        return vlan[row];
    }

    /** True when the file holds less of the frame than the wire did. */
    public boolean truncated(int row) {
        return (properties[row] & CUT) != 0;
    }

    /** By {@link phalanx.net.TcpFlags}; 0 for other protocols. */
    public int tcpFlags(int row) {
        return protocol(row) == Transport.PROTOCOL_TCP ? flags[row] & 0xFF : 0;
    }

    /** TCP sequence number; 0 for other protocols. */
    public int sequence(int row) {
        return protocol(row) == Transport.PROTOCOL_TCP ? first[row] : 0;
    }

    /** TCP acknowledgment number; 0 for other protocols. */
    public int acknowledgment(int row) {
        return protocol(row) == Transport.PROTOCOL_TCP ? second[row] : 0;
    }

    /** TCP window as in the header, not scaled; 0 for other protocols. */
    public int window(int row) {
        return window[row] & 0xFFFF;
    }

    /** Bytes behind the transport header on the wire (for ICMP behind its 8 bytes), -1 when that header was cut. */
    public int payloadLength(int row) {
        return payloadLength[row];
    }

    private int synOptions(int row) {
        return (tcpFlags(row) & TcpFlags.SYN) != 0 ? detail[row] : -1;
    }

    /** Option of a SYN (RFC 9293 section 3.7.1); -1 without it and for other packets. */
    public int maximumSegmentSize(int row) {
        return SynOptions.maximumSegmentSize(synOptions(row));
    }

    /** Shift count, option of a SYN (RFC 7323 section 2); -1 without it and for other packets. */
    public int windowScale(int row) {
        return SynOptions.windowScale(synOptions(row));
    }

    /** Whether this is a DNS message over UDP whose header was captured (RFC 1035 section 4.1.1). */
    public boolean isDns(int row) {
        return protocol(row) == Transport.PROTOCOL_UDP
                && (sourcePort(row) == DomainNames.PORT || destinationPort(row) == DomainNames.PORT)
                && fragmentOffset(row) == 0
                && hashedBytes[row] >= 8;
    }

    /** Transaction id; of DNS messages only, as all that follow. */
    public int dnsId(int row) {
        return (int) (payloadHead[row] >>> 48);
    }

    public boolean isDnsResponse(int row) {
        return (payloadHead[row] >>> 47 & 1) != 0;
    }

    /** RCODE of a response: 0 no error, 2 server failure, 3 no such name, 5 refused. */
    public int dnsResponseCode(int row) {
        return (int) (payloadHead[row] >>> 32 & 0xF);
    }

    /** The first name asked for, empty when it was not captured or there were too many to keep. */
    public String dnsName(int row) {
        return detail[row] < 0 ? "" : names.name(detail[row]);
    }

    private boolean isIcmp(int row) {
        return Transport.ofProtocol(protocol(row)) == Transport.ICMP && payloadLength[row] >= 0;
    }

    /** -1 for other protocols. */
    public int icmpType(int row) {
        return isIcmp(row) ? flags[row] & 0xFF : -1;
    }

    /** -1 for other protocols. */
    public int icmpCode(int row) {
        return isIcmp(row) ? second[row] : -1;
    }

    /** Bytes 4 to 7 of the ICMP header: identifier and sequence of an echo, next-hop MTU of a size error; 0 for other protocols. */
    public int icmpWord(int row) {
        return isIcmp(row) ? first[row] : 0;
    }

    /** Whether this is an ICMP error whose quoted packet can be read. */
    public boolean hasQuote(int row) {
        return Transport.ofProtocol(protocol(row)) == Transport.ICMP && detail[row] >= 0;
    }

    /** IANA protocol number of the quoted packet; only with a quote, as all that follow. */
    public int quotedProtocol(int row) {
        return quotes.protocol(detail[row]);
    }

    /** Index for {@link #address}. */
    public int quotedSource(int row) {
        return quotes.source(detail[row]);
    }

    /** Index for {@link #address}. */
    public int quotedDestination(int row) {
        return quotes.destination(detail[row]);
    }

    public int quotedSourcePort(int row) {
        return quotes.sourcePort(detail[row]);
    }

    public int quotedDestinationPort(int row) {
        return quotes.destinationPort(detail[row]);
    }

    public int quotedIpId(int row) {
        return quotes.ipId(detail[row]);
    }

    /** TCP sequence number, 0 for other protocols. */
    public int quotedSequence(int row) {
        return quotes.sequence(detail[row]);
    }

    /** Bytes of the quoted packet as its header says. */
    public int quotedLength(int row) {
        return quotes.length(detail[row]);
    }

    /** As in the transport header, -1 when there is none or it was cut. */
    public int transportChecksum(int row) {
        return checksum[row];
    }

    public Checksum checksum(int row) {
        return CHECKSUMS[checksumState[row]];
    }

    /** Bytes of payload that the file holds, which {@link #payloadHash} is of. */
    public int hashedBytes(int row) {
        return hashedBytes[row];
    }

    public long payloadHash(int row) {
        return payloadHash[row];
    }

    /** Hash of the first 16 of these bytes, or of all when fewer. */
    public long payloadHash16(int row) {
        return payloadHash16[row];
    }

    /** The first 8 of these bytes as a big-endian number, zero padded. */
    public long payloadHead(int row) {
        return payloadHead[row];
    }

    // ---- filling, by PacketDecoder only ----

    AddressBook book() {
        return addresses;
    }

    Quotes quotes() {
        return quotes;
    }

    /** @param number of the frame read last */
    void reach(long number) {
        frames = number;
    }

    /** @return the new row; there must be room for it below the table's limit */
    int addRow() {
        if (size == time.length) {
            reserve((int) Math.min(limit, Math.max(1024, size + (long) size / 2)));
        }
        int row = size++;
        sourcePort[row] = 0;
        payloadLength[row] = -1;
        checksum[row] = -1;
        checksumState[row] = (byte) Checksum.UNKNOWN.ordinal();
        detail[row] = -1;
        return row;
    }

    /** Makes room for so many rows at once. */
    void reserve(int rows) {
        time = Arrays.copyOf(time, rows);
        frame = Arrays.copyOf(frame, rows);
        source = Arrays.copyOf(source, rows);
        destination = Arrays.copyOf(destination, rows);
        sourcePort = Arrays.copyOf(sourcePort, rows);
        destinationPort = Arrays.copyOf(destinationPort, rows);
        ipId = Arrays.copyOf(ipId, rows);
        ipLength = Arrays.copyOf(ipLength, rows);
        fragmentOctets = Arrays.copyOf(fragmentOctets, rows);
        properties = Arrays.copyOf(properties, rows);
        protocol = Arrays.copyOf(protocol, rows);
        timeToLive = Arrays.copyOf(timeToLive, rows);
        trafficClass = Arrays.copyOf(trafficClass, rows);
        vlan = Arrays.copyOf(vlan, rows);
        flags = Arrays.copyOf(flags, rows);
        first = Arrays.copyOf(first, rows);
        second = Arrays.copyOf(second, rows);
        window = Arrays.copyOf(window, rows);
        payloadLength = Arrays.copyOf(payloadLength, rows);
        checksum = Arrays.copyOf(checksum, rows);
        checksumState = Arrays.copyOf(checksumState, rows);
        hashedBytes = Arrays.copyOf(hashedBytes, rows);
        payloadHash = Arrays.copyOf(payloadHash, rows);
        payloadHash16 = Arrays.copyOf(payloadHash16, rows);
        payloadHead = Arrays.copyOf(payloadHead, rows);
        detail = Arrays.copyOf(detail, rows);
    }

    void setFrame(int row, long number, long nanos, int vlanId, boolean cut) {
        frame[row] = (int) number;
        time[row] = nanos;
        vlan[row] = (short) vlanId;
        properties[row] = (byte) (cut ? CUT : 0);
    }

    void setIp(int row, IpView ip, int length) {
        properties[row] |= (byte)
                ((ip.isV6() ? V6 : 0) | (ip.isFragment() ? FRAGMENT : 0) | (ip.dontFragment() ? DONT_FRAGMENT : 0));
        source[row] = addresses.indexOf(ip.isV6(), ip.sourceHigh(), ip.sourceLow());
        destination[row] = addresses.indexOf(ip.isV6(), ip.destinationHigh(), ip.destinationLow());
        ipId[row] = ip.identification();
        ipLength[row] = length;
        fragmentOctets[row] = (short) (ip.fragmentOffset() / 8);
        protocol[row] = (byte) ip.protocol();
        timeToLive[row] = (byte) ip.timeToLive();
        trafficClass[row] = (byte) ip.trafficClass();
    }

    void setPorts(int row, int from, int to) {
        sourcePort[row] = (short) from;
        destinationPort[row] = (short) to;
    }

    void setTcp(int row, TcpView tcp) {
        setPorts(row, tcp.sourcePort(), tcp.destinationPort());
        flags[row] = (byte) tcp.flags();
        first[row] = tcp.sequence();
        second[row] = tcp.acknowledgment();
        window[row] = (short) tcp.window();
        if ((tcp.flags() & TcpFlags.SYN) != 0) {
            detail[row] = SynOptions.of(tcp);
        }
    }

    void setDns(int row, byte[] bytes, int start, int end) {
        detail[row] = names.add(bytes, start, end);
    }

    void setIcmp(int row, IcmpView icmp) {
        flags[row] = (byte) icmp.type();
        second[row] = icmp.code();
        first[row] = icmp.word();
        detail[row] = icmp.hasQuote() ? quotes.add(icmp, addresses) : -1;
    }

    void setChecksum(int row, int value, Checksum state) {
        checksum[row] = value;
        checksumState[row] = (byte) state.ordinal();
    }

    void setPayload(int row, int length, int hashed, long hash, long hash16, long head) {
        payloadLength[row] = length;
        hashedBytes[row] = hashed;
        payloadHash[row] = hash;
        payloadHash16[row] = hash16;
        payloadHead[row] = head;
    }
}
