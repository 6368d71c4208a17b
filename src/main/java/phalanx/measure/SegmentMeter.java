package phalanx.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import phalanx.decode.PacketTable;
import phalanx.net.Transport;
import phalanx.stitch.HopPath;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;
import phalanx.stitch.TimeOrder;

/** Counts what happened to packets between neighbouring capture points. One thread. */
final class SegmentMeter {
    private final Stitched stitched;
    private final Journeys journeys;
    private final int[] pathOf;
    private final Recording recording;

    SegmentMeter(Stitched stitched) {
        this.stitched = stitched;
        journeys = stitched.journeys();
        PathOfJourney paths = new PathOfJourney(stitched);
        pathOf = IntStream.range(0, journeys.size()).map(paths::of).toArray();
        recording = new Recording(stitched, pathOf);
    }

    /** All segments, in path order, each direction and pair once. */
    List<SegmentTraffic> segments() {
        List<SegmentTraffic> segments = new ArrayList<>();
        Set<List<Integer>> done = new HashSet<>();
        for (HopPath path : stitched.paths()) {
            for (int i = 0; i + 1 < path.captures().size(); i++) {
                int from = path.captures().get(i);
                int to = path.captures().get(i + 1);
                if (done.add(List.of(path.direction().ordinal(), from, to))) {
                    segments.add(segment(path, from, to));
                }
            }
        }
        return segments;
    }

    private SegmentTraffic segment(HopPath onPath, int from, int to) {
        IntList delivered = new IntList();
        IntList lost = new IntList();
        IntList duplicates = new IntList();
        IntList originated = new IntList();
        IntList missing = new IntList();
        IntList changed = new IntList();
        int[] position = positions(from, to);
        long seenAtFrom = 0;
        long seenAtTo = 0;
        for (int journey = 0; journey < journeys.size(); journey++) {
            int path = pathOf[journey];
            if (path < 0 || position[path] < 0 || stitched.paths().get(path).direction() != onPath.direction()) {
                continue;
            }
            boolean here = journeys.row(journey, from) >= 0;
            boolean there = journeys.row(journey, to) >= 0;
            seenAtFrom += here ? 1 : 0;
            seenAtTo += there ? 1 : 0;
            List<Integer> captures = stitched.paths().get(path).captures();
            if (here && there) {
                delivered.add(journey);
                if (damaged(journey, from, to)) {
                    changed.add(journey);
                }
            } else if (here || passedBefore(journey, captures, position[path])) {
                boolean last = position[path] + 2 == captures.size();
                boolean unrecorded = !there
                        && (passedAfter(journey, captures, position[path] + 1)
                                || here && !recording.covers(to, journey, from)
                                || here && last && recording.acknowledgedUnseen(to, journey, from));
                if (unrecorded) {
                    missing.add(journey);
                } else if (here) {
                    lost.add(journey);
                }
            } else if (there && recording.covers(from, journey, to)) {
                int original = journeys.copyOf(journey);
                if (original >= 0 && journeys.row(original, from) >= 0) {
                    duplicates.add(journey);
                } else if (recording.madeOnTheWay(journey, to)) {
                    originated.add(journey);
                }
            }
        }
        int[] inOrder = byDeparture(delivered.toArray(), from);
        int[] late = overtaken(inOrder, from, to);
        long[] delays = delays(inOrder, from, to);
        boolean timed = recording.tied(from, to) && inOrder.length > 0;
        long lostData = lost.count(this::carriesTcpData) + changed.count(this::carriesTcpData);
        SegmentCounts counts = new SegmentCounts(
                onPath.direction(),
                from,
                to,
                seenAtFrom,
                seenAtTo,
                lost.size(),
                lostData,
                duplicates.size(),
                late.length,
                changed.size(),
                originated.size(),
                missing.size(),
                timed ? Optional.of(Delays.summary(delays)) : Optional.empty());
        return new SegmentTraffic(
                counts,
                inOrder,
                delays,
                byDeparture(lost.toArray(), from),
                duplicates.toArray(),
                late,
                changed.toArray(),
                originated.toArray(),
                missing.toArray());
    }

    /** By path: index of {@code from} when {@code to} comes right behind it, else -1. */
    private int[] positions(int from, int to) {
        return stitched.paths().stream()
                .mapToInt(path -> {
                    int at = path.captures().indexOf(from);
                    boolean next = at >= 0
                            && at + 1 < path.captures().size()
                            && path.captures().get(at + 1) == to;
                    return next ? at : -1;
                })
                .toArray();
    }

    private boolean passedBefore(int journey, List<Integer> captures, int position) {
        return captures.subList(0, position).stream().anyMatch(c -> journeys.row(journey, c) >= 0);
    }

    private boolean passedAfter(int journey, List<Integer> captures, int position) {
        return captures.subList(position + 1, captures.size()).stream().anyMatch(c -> journeys.row(journey, c) >= 0);
    }

    private boolean carriesTcpData(int journey) {
        for (int c = 0; c < stitched.captures().size(); c++) {
            int row = journeys.row(journey, c);
            if (row >= 0) {
                PacketTable packets = stitched.captures().get(c).packets();
                return packets.protocol(row) == Transport.PROTOCOL_TCP && packets.payloadLength(row) > 0;
            }
        }
        return false;
    }

    /** Bytes differ where nothing may rewrite them, or a checksum that was good is no longer. */
    private boolean damaged(int journey, int from, int to) {
        PacketTable here = stitched.captures().get(from).packets();
        PacketTable there = stitched.captures().get(to).packets();
        int a = journeys.row(journey, from);
        int b = journeys.row(journey, to);
        boolean worse = there.checksum(b) == PacketTable.Checksum.BAD && here.checksum(a) != PacketTable.Checksum.BAD;
        boolean otherBytes = here.hashedBytes(a) == there.hashedBytes(b)
                && here.payloadHash(a) != there.payloadHash(b)
                && here.transportChecksum(a) == there.transportChecksum(b);
        return worse || otherBytes;
    }

    private int[] byDeparture(int[] some, int capture) {
        long[] rows =
                Arrays.stream(some).mapToLong(j -> journeys.row(j, capture)).toArray();
        return Arrays.stream(TimeOrder.of(rows)).map(i -> some[i]).toArray();
    }

    /** Journeys that arrived after one that had left later (RFC 4737 section 3.3), by their place in the files. */
    private int[] overtaken(int[] byDeparture, int from, int to) {
        IntList late = new IntList();
        int earliest = Integer.MAX_VALUE;
        for (int i = byDeparture.length - 1; i >= 0; i--) {
            int arrival = journeys.row(byDeparture[i], to);
            if (journeys.copyOf(byDeparture[i]) >= 0) {
                continue; // a copy trails its original wherever it was made
            }
            if (arrival > earliest) {
                late.add(byDeparture[i]);
            }
            earliest = Math.min(earliest, arrival);
        }
        return byDeparture(late.toArray(), from);
    }

    private long[] delays(int[] delivered, int from, int to) {
        return Arrays.stream(delivered)
                .mapToLong(j -> stitched.commonNanos(to, journeys.row(j, to))
                        - stitched.commonNanos(from, journeys.row(j, from)))
                .toArray();
    }
}
