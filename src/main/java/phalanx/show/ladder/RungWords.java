package phalanx.show.ladder;

import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.measure.PacketFates;
import phalanx.net.Endpoint;
import phalanx.net.TcpFlags;
import phalanx.net.Transport;
import phalanx.show.Words;
import phalanx.stitch.Journeys;
import phalanx.stitch.PacketLabel;

/** A rung's packet in words: what it is, what it carries, what happened to it on the way. Any thread. */
final class RungWords {
    private static final Words WORDS = Words.of("ladder");

    private final LadderPicture picture;

    RungWords(LadderPicture picture) {
        this.picture = picture;
    }

    private int capture(int rung) {
        return picture.fates().firstCapture(picture.journeys()[rung]);
    }

    private PacketTable packets(int capture) {
        return picture.stitched().captures().get(capture).packets();
    }

    /** What it carries, empty when nothing is known of that: {@code Client Hello}. */
    String content(int rung) {
        int capture = capture(rung);
        int row = picture.stitched().journeys().row(picture.journeys()[rung], capture);
        return PayloadMark.of(packets(capture), row);
    }

    /**
     * Flags, length, relative sequence and acknowledgment, and what the network rewrote, from the longest to the shortest way to say
     * it: {@code PSH ACK len 52 seq 1 ack 1}, {@code PSH ACK len 52 seq 1}, {@code PSH ACK len 52}.
     */
    List<String> packet(int rung) {
        int journey = picture.journeys()[rung];
        int capture = capture(rung);
        PacketTable packets = packets(capture);
        int row = picture.stitched().journeys().row(journey, capture);
        String label = PacketLabel.of(packets, row);
        String sequences = "";
        String acknowledgment = "";
        if (packets.protocol(row) == Transport.PROTOCOL_TCP) {
            boolean toServer = picture.toServer(rung);
            int sequence = packets.sequence(row) - picture.fates().firstSequence(journey, toServer);
            sequences = " seq " + Integer.toUnsignedLong(sequence);
            if ((packets.tcpFlags(row) & TcpFlags.ACK) != 0) {
                int acknowledged = packets.acknowledgment(row) - picture.fates().firstSequence(journey, !toServer);
                acknowledgment = " ack " + Integer.toUnsignedLong(acknowledged);
            }
        }
        String rewritten = rewritten(journey, capture, row, picture.toServer(rung));
        return List.of(
                label + sequences + acknowledgment + rewritten,
                label + sequences + rewritten,
                label + rewritten,
                label);
    }

    /** The addresses at the last point, where they are others than at the first. */
    private String rewritten(int journey, int first, int firstRow, boolean toServer) {
        Journeys journeys = picture.stitched().journeys();
        int points = picture.perSide();
        for (int i = 0; i < points; i++) {
            int last = picture.columns().get(toServer ? points - 1 - i : i).capture();
            int row = journeys.row(journey, last);
            if (row >= 0) {
                String source = changed(source(packets(first), firstRow), source(packets(last), row));
                String destination = changed(destination(packets(first), firstRow), destination(packets(last), row));
                return (source.isEmpty() ? "" : "  " + WORDS.get("source-rewritten", source))
                        + (destination.isEmpty() ? "" : "  " + WORDS.get("destination-rewritten", destination));
            }
        }
        return "";
    }

    private static String changed(Endpoint before, Endpoint after) {
        return before.equals(after) ? "" : after.toString();
    }

    static Endpoint source(PacketTable packets, int row) {
        return new Endpoint(packets.address(packets.source(row)), packets.sourcePort(row));
    }

    static Endpoint destination(PacketTable packets, int row) {
        return new Endpoint(packets.address(packets.destination(row)), packets.destinationPort(row));
    }

    /** What happened to it, a letter or word each, with a blank behind; empty when nothing did. */
    String fates(int rung) {
        int fate = picture.fate(rung);
        return word(fate, PacketFates.LOST, WORDS.get("lost"))
                + word(fate, PacketFates.AGAIN, WORDS.get("again"))
                + word(fate, PacketFates.LATE, WORDS.get("late"))
                + word(fate, PacketFates.COPY, WORDS.get("copy"))
                + word(fate, PacketFates.MADE, WORDS.get("made"))
                + word(fate, PacketFates.UNCAPTURED, WORDS.get("uncaptured"));
    }

    /** The same in letters where there is one: {@code R} for a retransmission. */
    String briefFates(int rung) {
        return fates(rung)
                .replace(WORDS.get("again"), WORDS.get("again-brief"))
                .replace(WORDS.get("late"), WORDS.get("late-brief"))
                .replace(WORDS.get("copy"), WORDS.get("copy-brief"));
    }

    private static String word(int fate, int which, String word) {
        return (fate & which) == 0 ? "" : word + "  ";
    }
}
