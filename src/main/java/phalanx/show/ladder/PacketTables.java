package phalanx.show.ladder;

import java.util.ArrayList;
import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.show.DataTable;
import phalanx.show.Words;

/** What the capture points saw of one packet, or of two. Any thread. */
final class PacketTables {
    private static final Words WORDS = Words.of("ladder");
    private static final String NOTHING = "\u2013";

    private PacketTables() {}

    /** Where and when a packet was seen, in the order in which it passed. */
    static DataTable sightings(LadderPicture picture, int rung) {
        List<List<String>> rows = new ArrayList<>();
        long before = LadderPicture.NOT_SEEN;
        int journey = picture.journeys()[rung];
        for (int passed = 0; passed < picture.perSide(); passed++) {
            int at = picture.column(rung, passed);
            LadderPicture.Column column = picture.columns().get(at);
            long time = picture.time(rung, at);
            if (time == LadderPicture.NOT_SEEN) {
                rows.add(List.of(column.name(), WORDS.get("not-seen"), NOTHING, NOTHING, NOTHING, NOTHING));
                continue;
            }
            int row = picture.stitched().journeys().row(journey, column.capture());
            PacketTable packets =
                    picture.stitched().captures().get(column.capture()).packets();
            rows.add(List.of(
                    column.name(),
                    Words.language().count(packets.frame(row)),
                    TimeWords.clock(packets.timeNanos(row)),
                    after(before, time, column.timed()),
                    Integer.toString(packets.timeToLive(row)),
                    RungWords.source(packets, row) + " > " + RungWords.destination(packets, row)));
            before = column.timed() ? time : before;
        }
        RungWords words = new RungWords(picture);
        return new SmallTable(
                words.fates(rung)
                        + (words.content(rung) + "  " + words.packet(rung).getFirst()).strip(),
                List.of(
                        WORDS.get("column-point"),
                        WORDS.get("column-frame"),
                        WORDS.get("column-clock"),
                        WORDS.get("column-after"),
                        WORDS.get("column-ttl"),
                        WORDS.get("column-addresses")),
                rows);
    }

    private static String after(long before, long time, boolean timed) {
        if (!timed) {
            return WORDS.get("delay-unknown");
        }
        return before == LadderPicture.NOT_SEEN
                ? NOTHING
                : (time < before ? "\u2212" : "+") + Words.language().duration(Math.abs(time - before));
    }

    /** How long after one packet another was seen, point by point. */
    static DataTable between(LadderPicture picture, int first, int second) {
        List<List<String>> rows = new ArrayList<>();
        for (int passed = 0; passed < picture.perSide(); passed++) {
            int one = picture.side(first) * picture.perSide() + passed;
            int two = picture.side(second) * picture.perSide() + passed;
            long from = picture.time(first, one);
            long to = picture.time(second, two);
            boolean both = from != LadderPicture.NOT_SEEN && to != LadderPicture.NOT_SEEN;
            rows.add(List.of(
                    picture.columns().get(one).name(),
                    moment(picture, from),
                    moment(picture, to),
                    both ? Words.language().duration(to - from) : NOTHING));
        }
        return new SmallTable(
                WORDS.get("between-cursors"),
                List.of(
                        WORDS.get("column-point"),
                        WORDS.get("column-cursor-1"),
                        WORDS.get("column-cursor-2"),
                        WORDS.get("column-between")),
                rows);
    }

    private static String moment(LadderPicture picture, long time) {
        return time == LadderPicture.NOT_SEEN ? WORDS.get("not-seen") : TimeWords.since(picture, time);
    }
}
