package phalanx.measure;

import java.util.Optional;
import phalanx.decode.PacketTable;
import phalanx.net.Direction;
import phalanx.net.SeqNumber;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/**
 * Sorts the time between a sender's segments by what ended the wait, at the capture next to the sender: what it knew is what was seen
 * there (after Zhang et al., On the Characteristics and Origins of Internet Flow Rates, SIGCOMM 2002; Siekkinen et al., Root Cause
 * Analysis for Long-Lived TCP Connections, CoNEXT 2005). One conversation each; one thread.
 */
final class FlowLimitMeter {
    private static final int FEWEST_SEGMENTS = 10;

    /** Segments closer together than this follow each other. */
    private static final long TOGETHER_NANOS = 200_000;

    /** A host sends what an acknowledgment allows within this. */
    private static final long AT_ONCE_NANOS = 2_000_000;

    /** Shorter than any delayed acknowledgment (Linux 40 ms). */
    private static final long DELAYED_NANOS = 30_000_000;

    private static final long NOISE_NANOS = 5_000_000;

    private final PacketTable packets;
    private final long[] nanos = new long[FlowLimit.values().length];
    private int segments;
    private int largest;
    private int lastLength;
    private int highest;
    private boolean any;
    private int acknowledged;
    private boolean anyAck;
    private long inFlightBeforeAck;
    private long windowBeforeAck = Long.MAX_VALUE;
    private long window = Long.MAX_VALUE;
    private int scale = -1;
    private int recovery;
    private boolean recovering;
    private long lastSent;
    private long lastAck = Long.MIN_VALUE;
    private int timedEnd;
    private long timedSent = -1;
    private long roundTrip;
    private long shortest = Long.MAX_VALUE;

    private FlowLimitMeter(PacketTable packets) {
        this.packets = packets;
    }

    /** @return empty when too little was sent to tell */
    static Optional<FlowLimits> of(Stitched stitched, Conversation conversation, boolean fromClient) {
        int capture = fromClient ? conversation.nearestToClient() : conversation.nearestToServer();
        Direction data = fromClient
                ? conversation.clientDirection()
                : conversation.clientDirection().reversed();
        Journeys journeys = stitched.journeys();
        FlowLimitMeter meter =
                new FlowLimitMeter(stitched.captures().get(capture).packets());
        for (int journey : journeys.of(conversation.id(), capture)) {
            int row = journeys.row(journey, capture);
            if (meter.packets.protocol(row) == Transport.PROTOCOL_TCP) {
                if (journeys.direction(journey) == data) {
                    meter.sent(row);
                } else {
                    meter.received(row);
                }
            }
        }
        return meter.segments < FEWEST_SEGMENTS
                ? Optional.empty()
                : Optional.of(new FlowLimits(fromClient, meter.nanos));
    }

    private void sent(int row) {
        int length = packets.payloadLength(row);
        if (length <= 0 || (packets.tcpFlags(row) & TcpFlags.SYN) != 0) {
            return;
        }
        long now = packets.timeNanos(row);
        int end = packets.sequence(row) + length;
        boolean again = any && !SeqNumber.isBefore(highest, end);
        if (again && anyAck && !SeqNumber.isBefore(acknowledged, end)) {
            return; // a keep-alive (RFC 9293 section 3.8.4), or sent again in vain
        }
        if (any) {
            nanos[reason(now, again).ordinal()] += Math.max(0, now - lastSent);
        }
        if (again) {
            recovering = true;
            recovery = highest;
            timedSent = -1; // Karn: no sample across a retransmission (RFC 6298 section 3)
        } else {
            highest = end;
            any = true;
            if (timedSent < 0) {
                timedEnd = end;
                timedSent = now;
            }
        }
        largest = Math.max(largest, length);
        lastLength = length;
        lastSent = now;
        segments++;
    }

    /** Why nothing was sent from the segment before until now. */
    private FlowLimit reason(long now, boolean again) {
        if (again || recovering) {
            return FlowLimit.LOSS_RECOVERY;
        }
        if (now - lastSent <= TOGETHER_NANOS) {
            return FlowLimit.SENDING;
        }
        boolean freed = lastAck > lastSent && now - lastAck <= AT_ONCE_NANOS;
        if (!freed) {
            // Within a flight the host spaces its segments by itself: pacing, or a queue before its network card.
            boolean paced = any
                    && anyAck
                    && SeqNumber.isBefore(acknowledged, highest)
                    && shortest < Long.MAX_VALUE
                    && now - lastSent <= shortest / 4;
            return paced ? FlowLimit.SENDING : FlowLimit.APPLICATION;
        }
        if (inFlightBeforeAck + largest > windowBeforeAck) {
            return FlowLimit.RECEIVER_WINDOW;
        }
        if (lastLength < largest && inFlightBeforeAck <= lastLength && now - lastSent >= DELAYED_NANOS) {
            return roundTrip >= DELAYED_NANOS && shortest < DELAYED_NANOS / 2
                    ? FlowLimit.DELAYED_ACK
                    : FlowLimit.APPLICATION;
        }
        return roundTrip > shortest + shortest / 2 + NOISE_NANOS
                ? FlowLimit.PATH_BANDWIDTH
                : FlowLimit.CONGESTION_WINDOW;
    }

    private void received(int row) {
        int flags = packets.tcpFlags(row);
        if ((flags & TcpFlags.SYN) != 0) {
            scale = Math.max(0, Math.min(14, packets.windowScale(row)));
        }
        if ((flags & TcpFlags.ACK) == 0 || (flags & (TcpFlags.SYN | TcpFlags.RST)) != 0) {
            return;
        }
        int ack = packets.acknowledgment(row);
        long now = packets.timeNanos(row);
        boolean forward = !anyAck || SeqNumber.isBefore(acknowledged, ack);
        // Without the SYN it is not known what the number means, unless it is 0.
        boolean known = scale >= 0 || packets.window(row) == 0;
        long opened = known ? (long) packets.window(row) << Math.max(0, scale) : Long.MAX_VALUE;
        if (forward || opened != window) {
            inFlightBeforeAck = any && anyAck ? Math.max(0, highest - acknowledged) : 0;
            windowBeforeAck = window;
            lastAck = now;
        }
        window = opened;
        if (forward) {
            acknowledged = ack;
            anyAck = true;
            recovering &= SeqNumber.isBefore(ack, recovery);
            if (timedSent >= 0 && !SeqNumber.isBefore(ack, timedEnd)) {
                roundTrip = now - timedSent;
                shortest = Math.min(shortest, roundTrip);
                timedSent = -1;
            }
        }
    }
}
