package phalanx.decode;

import java.util.Arrays;

/** Packets quoted by ICMP errors; few packets have one, so that they stand apart from the other columns. */
final class Quotes {
    private static final int FIELDS = 8;

    private int[] fields = new int[16 * FIELDS];
    private int size;

    int add(IcmpView icmp, AddressBook addresses) {
        if ((size + 1) * FIELDS > fields.length) {
            fields = Arrays.copyOf(fields, fields.length * 2);
        }
        IpView ip = icmp.quoted();
        int at = size * FIELDS;
        fields[at] = ip.protocol();
        fields[at + 1] = addresses.indexOf(ip.isV6(), ip.sourceHigh(), ip.sourceLow());
        fields[at + 2] = addresses.indexOf(ip.isV6(), ip.destinationHigh(), ip.destinationLow());
        fields[at + 3] = icmp.quotedSourcePort();
        fields[at + 4] = icmp.quotedDestinationPort();
        fields[at + 5] = ip.identification();
        fields[at + 6] = icmp.quotedSequence();
        fields[at + 7] = ip.totalLength();
        return size++;
    }

    int protocol(int quote) {
        return fields[quote * FIELDS];
    }

    int source(int quote) {
        return fields[quote * FIELDS + 1];
    }

    int destination(int quote) {
        return fields[quote * FIELDS + 2];
    }

    int sourcePort(int quote) {
        return fields[quote * FIELDS + 3];
    }

    int destinationPort(int quote) {
        return fields[quote * FIELDS + 4];
    }

    int ipId(int quote) {
        return fields[quote * FIELDS + 5];
    }

    int sequence(int quote) {
        return fields[quote * FIELDS + 6];
    }

    int length(int quote) {
        return fields[quote * FIELDS + 7];
    }
}
