package phalanx.measure;

import java.util.Optional;
import java.util.OptionalLong;
import phalanx.stitch.Conversation;

/**
 * One conversation in figures. Times are nanoseconds on the reference clock; pairs are {@code [client to server, server to client]}.
 *
 * @param firstNanos first packet at any capture point
 * @param lastNanos last packet at any capture point
 * @param bytes IP bytes sent by each side, at the point nearest to the sender
 * @param retransmissions TCP segments that sent bytes again, as seen nearest to the sender
 * @param handshakeNanos SYN to the ACK that completes it, at the point nearest to the client; empty when not seen whole
 * @param rtt round trips of data to its ACK at the point nearest to the client, empty when there is none
 * @param serverThink time from the end of a request to the first byte of its answer, at the point nearest to the server
 * @param limits why the busier direction was not faster, empty for other protocols than TCP and when too little was sent
 * @param throughputBitsPerSecond payload of the busier direction over the time from its first to its last byte, 0 for one packet
 */
public record ConversationMetrics(
        Conversation conversation,
        long firstNanos,
        long lastNanos,
        long[] bytes,
        long[] packets,
        long[] retransmissions,
        OptionalLong handshakeNanos,
        Optional<DelaySummary> rtt,
        Optional<DelaySummary> serverThink,
        double throughputBitsPerSecond,
        Optional<FlowLimits> limits) {}
