package phalanx.measure;

import java.util.Optional;
import phalanx.net.Direction;

/**
 * What happened to the packets of one direction between two neighbouring capture points. Counted are IP packets that travel
 * between hosts, ICMP included; not ARP, neighbour discovery, multicast listener reports.
 *
 * @param from index of the capture point that packets pass first
 * @param to index of the one after it
 * @param lost seen at {@code from}, passed neither {@code to} nor any later point
 * @param lostTcpData of these (or of the changed ones), TCP segments with payload that the receiver therefore missed
 * @param duplicates second and further copies that arose in between
 * @param reordered arrived after one that had left later
 * @param changed arrived with other bytes, by a damaged transport checksum or payload
 * @param originated made in between: first seen at {@code to} though {@code from} was recording
 * @param missingFromCapture packets that passed {@code to} but are not in its file
 * @param delay empty when no packet was seen at both ends or their clocks cannot be tied
 */
public record SegmentCounts(
        Direction direction,
        int from,
        int to,
        long seenAtFrom,
        long seenAtTo,
        long lost,
        long lostTcpData,
        long duplicates,
        long reordered,
        long changed,
        long originated,
        long missingFromCapture,
        Optional<DelaySummary> delay) {}
