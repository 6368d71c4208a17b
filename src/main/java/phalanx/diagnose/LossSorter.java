package phalanx.diagnose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.measure.SegmentTraffic;
import phalanx.net.Endpoint;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;

/**
 * Why packets were lost, packet by packet, as far as other packets tell: an ICMP error that quotes it, its size, what became of
 * its conversation. What remains is loss that strikes any packet. One thread.
 */
public final class LossSorter {
    /** Why a packet did not arrive. */
    public enum Reason {
        /** Nothing about the packet explains it: loss by chance, in bursts or in a full queue. */
        ANY_PACKET,
        /** Larger than anything that passed, or an ICMP error says so (RFC 1191, RFC 8201). */
        TOO_BIG,
        /** A SYN to a service to which no SYN passed, and nobody answered. */
        SYN_IGNORED,
        /** Refused aloud, by an ICMP error or a reset. */
        REFUSED,
        /** TTL ran out. */
        EXPIRED,
        /** An ICMP error where none of its type passed. */
        ICMP_DROPPED,
        /** A fragment where no fragment of its sort passed. */
        FRAGMENT,
        /** Nothing of the conversation passed any more after it had been silent: its state was forgotten. */
        FORGOTTEN,
        /** Nothing at all passed for a while. */
        OUTAGE,
        /** The packet came round again and again. */
        LOOPED
    }

    private final Sightings sightings;
    private final Passages passages;
    private final long idleNanos;
    private final IdentityHashMap<SegmentTraffic, Reason[]> sorted = new IdentityHashMap<>();
    private final IdentityHashMap<SegmentTraffic, Reason[]> complete = new IdentityHashMap<>();

    /** @param idleNanos silence after which a device may have forgotten a connection */
    LossSorter(Sightings sightings, Passages passages, long idleNanos) {
        this.idleNanos = idleNanos;
        this.sightings = sightings;
        this.passages = passages;
    }

    int[] lost(SegmentTraffic segment, Reason reason) {
        Reason[] reasons = complete.computeIfAbsent(segment, this::complete);
        return IntStream.range(0, reasons.length)
                .filter(i -> reasons[i] == reason)
                .map(i -> segment.lost()[i])
                .toArray();
    }

    private Reason[] complete(SegmentTraffic segment) {
        Reason[] reasons = sorted.computeIfAbsent(segment, this::sort).clone();
        sightings.opposite(segment).ifPresent(back -> adoptOutages(segment, reasons, back));
        return reasons;
    }

    /** What was lost while the other direction was out, and nothing passed in this one either, was lost to the same outage. */
    private void adoptOutages(SegmentTraffic segment, Reason[] reasons, SegmentTraffic back) {
        Reason[] others = sorted.computeIfAbsent(back, this::sort);
        if (Arrays.stream(others).noneMatch(reason -> reason == Reason.OUTAGE)) {
            return;
        }
        long[] passed = times(segment.delivered());
        long[] passedBack = times(back.delivered());
        int begin = 0;
        while (begin < others.length) {
            int end = begin;
            while (end < others.length && others[end] == Reason.OUTAGE) {
                end++;
            }
            if (end > begin) {
                long from = sightings.when(back.lost()[begin]);
                long to = sightings.when(back.lost()[end - 1]);
                int next = after(passedBack, from);
                long earliest = next > 0 ? passedBack[next - 1] : from;
                int later = after(passedBack, to);
                adoptOutage(segment, reasons, passed, new long[] {
                    earliest, from, to, later < passedBack.length ? passedBack[later] : to
                });
            }
            begin = end + 1;
        }
    }

    /**
     * @param passed when packets of the segment arrived, ascending
     * @param out of the other direction: last packet that passed, first and last lost, next that passed
     */
    private void adoptOutage(SegmentTraffic segment, Reason[] reasons, long[] passed, long[] out) {
        for (int i = 0; i < reasons.length; i++) {
            long when = sightings.when(segment.lost()[i]);
            if (reasons[i] == Reason.ANY_PACKET
                    && when > out[0]
                    && when < out[3]
                    && after(passed, Math.min(when, out[1]) - 1) == after(passed, Math.max(when, out[2]))) {
                reasons[i] = Reason.OUTAGE;
            }
        }
    }

    private long[] times(int[] journeys) {
        return Arrays.stream(journeys).mapToLong(sightings::when).sorted().toArray();
    }

    /** How many of the times, ascending, are not later. */
    private static int after(long[] times, long when) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= when) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Reason[] sort(SegmentTraffic segment) {
        int[] lost = segment.lost();
        Reason[] reasons = new Reason[lost.length];
        Arrays.fill(reasons, Reason.ANY_PACKET);
        if (lost.length == 0) {
            return reasons;
        }
        Map<Integer, List<Integer>> errors = icmpErrors(lost);
        int largestDelivered = Arrays.stream(segment.delivered())
                .map(j -> length(j, segment.counts().from()))
                .max()
                .orElse(0);
        long tooLarge = Arrays.stream(lost)
                .filter(j -> length(j, segment.counts().from()) > largestDelivered && !isSyn(j))
                .count();
        Map<Endpoint, Boolean> synPassed = synPassed(segment);
        boolean fragmentsPassed = Arrays.stream(segment.delivered()).anyMatch(this::isLaterFragment);
        Set<Integer> errorsPassed = Arrays.stream(segment.delivered())
                .filter(this::isIcmpError)
                .mapToObj(this::typeAndCode)
                .collect(Collectors.toSet());
        Set<Integer> refused = refused(segment);
        for (int i = 0; i < lost.length; i++) {
            int journey = lost[i];
            Reason told = toldByIcmp(journey, errors);
            if (passages.isLooped(journey, segment.counts().from())) {
                reasons[i] = Reason.LOOPED;
            } else if (told != Reason.ANY_PACKET) {
                reasons[i] = told;
            } else if (isLaterFragment(journey)) {
                reasons[i] = fragmentsPassed ? Reason.ANY_PACKET : Reason.FRAGMENT;
            } else if (isIcmpError(journey)) {
                reasons[i] = errorsPassed.contains(typeAndCode(journey)) ? Reason.ANY_PACKET : Reason.ICMP_DROPPED;
            } else if (isSyn(journey)) {
                boolean ignored = !synPassed.getOrDefault(
                        service(journey, segment.counts().from()), false);
                reasons[i] =
                        !ignored ? Reason.ANY_PACKET : answeredByReset(journey) ? Reason.REFUSED : Reason.SYN_IGNORED;
            } else if (refused.contains(journey)) {
                reasons[i] = Reason.REFUSED;
            } else if (tooLarge >= 2 && length(journey, segment.counts().from()) > largestDelivered) {
                reasons[i] = Reason.TOO_BIG;
            }
        }
        new Silences(sightings, segment, reasons, idleNanos).mark();
        return reasons;
    }

    private int length(int journey, int capture) {
        int row = sightings.journeys().row(journey, capture);
        return row < 0 ? 0 : sightings.packets(capture).ipLength(row);
    }

    boolean isSyn(int journey) {
        return (sightings.tcpFlags(journey) & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
    }

    private boolean isIcmpError(int journey) {
        return sightings.table(journey).hasQuote(sightings.row(journey));
    }

    /** Any but the first fragment of a datagram: it bears no ports. */
    private boolean isLaterFragment(int journey) {
        return sightings.table(journey).isFragment(sightings.row(journey))
                && sightings.table(journey).fragmentOffset(sightings.row(journey)) > 0;
    }

    private int typeAndCode(int journey) {
        PacketTable table = sightings.table(journey);
        int row = sightings.row(journey);
        return table.icmpType(row) << 8 | table.icmpCode(row);
    }

    private Map<Integer, List<Integer>> icmpErrors(int[] lost) {
        Map<Integer, List<Integer>> errors = new HashMap<>();
        for (int conversation : sightings.conversations(lost)) {
            errors.put(
                    conversation,
                    Arrays.stream(sightings.journeys().of(conversation))
                            .filter(this::isIcmpError)
                            .boxed()
                            .toList());
        }
        return errors;
    }

    /** By the ICMP error that quotes this very packet (RFC 792, RFC 4443 section 3). */
    private Reason toldByIcmp(int journey, Map<Integer, List<Integer>> errors) {
        PacketTable own = sightings.table(journey);
        int ownRow = sightings.row(journey);
        for (int error : errors.getOrDefault(sightings.journeys().conversation(journey), List.of())) {
            PacketTable table = sightings.table(error);
            int row = sightings.row(error);
            boolean tcp = table.quotedProtocol(row) == Transport.PROTOCOL_TCP;
            boolean same = sightings.journeys().direction(error)
                            != sightings.journeys().direction(journey)
                    && (!tcp || table.quotedSequence(row) == own.sequence(ownRow))
                    && (own.isV6(ownRow)
                            ? table.quotedLength(row) == own.ipLength(ownRow)
                            : table.quotedIpId(row) == own.ipId(ownRow));
            if (same) {
                return reason(table, row);
            }
        }
        return Reason.ANY_PACKET;
    }

    private static Reason reason(PacketTable table, int row) {
        int type = table.icmpType(row);
        if (table.isV6(row)) {
            return switch (type) {
                case 1 -> Reason.REFUSED;
                case 2 -> Reason.TOO_BIG;
                case 3 -> Reason.EXPIRED;
                default -> Reason.ANY_PACKET;
            };
        }
        return switch (type) {
            case 3 -> table.icmpCode(row) == 4 ? Reason.TOO_BIG : Reason.REFUSED;
            case 11 -> Reason.EXPIRED;
            default -> Reason.ANY_PACKET;
        };
    }

    private Endpoint service(int journey, int capture) {
        PacketTable table = sightings.packets(capture);
        int row = sightings.journeys().row(journey, capture);
        return new Endpoint(table.address(table.destination(row)), table.destinationPort(row));
    }

    /** Services to which at least one SYN passed the segment. */
    private Map<Endpoint, Boolean> synPassed(SegmentTraffic segment) {
        Map<Endpoint, Boolean> services = new HashMap<>();
        for (int journey : segment.delivered()) {
            if (isSyn(journey)) {
                services.put(service(journey, segment.counts().from()), true);
            }
        }
        return services;
    }

    private boolean answeredByReset(int syn) {
        int conversation = sightings.journeys().conversation(syn);
        return Arrays.stream(sightings.journeys().of(conversation))
                .anyMatch(j -> sightings.journeys().direction(j)
                                != sightings.journeys().direction(syn)
                        && (sightings.tcpFlags(j) & TcpFlags.RST) != 0);
    }

    /** Packets that were answered on the way, in place of being passed on. */
    private Set<Integer> refused(SegmentTraffic segment) {
        return sightings
                .opposite(segment)
                .map(back -> Arrays.stream(back.originated())
                        .map(answer -> sightings.refusedBy(answer, back))
                        .boxed()
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }
}
