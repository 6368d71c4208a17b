package phalanx.show.ladder;

import java.util.List;
import java.util.Map;
import phalanx.show.DataTable;
import phalanx.show.Words;

/** A ladder as a table, a row a rung. Any thread. @param noted what somebody noted, by rung */
record LadderTable(LadderPicture picture, String title, Map<Integer, String> noted) implements DataTable {
    private static final Words WORDS = Words.of("ladder");

    @Override
    public List<String> columns() {
        return List.of(
                WORDS.get("column-time"),
                WORDS.get("column-direction"),
                WORDS.get("column-first-seen"),
                WORDS.get("column-last-seen"),
                WORDS.get("column-delay"),
                WORDS.get("column-packet"),
                WORDS.get("column-content"),
                WORDS.get("column-fate"),
                WORDS.get("column-note"));
    }

    @Override
    public int rows() {
        return picture.rungs();
    }

    @Override
    public String cell(int row, int column) {
        RungWords words = new RungWords(picture);
        return switch (column) {
            case 0 -> TimeWords.since(picture, picture.scale().start(row));
            case 1 -> picture.toServer(row) ? WORDS.get("to-server") : WORDS.get("to-client");
            case 2 -> picture.columns().get(seen(row, false)).name();
            case 3 -> picture.columns().get(seen(row, true)).name();
            case 4 -> delay(row);
            case 5 -> words.packet(row).getFirst();
            case 6 -> words.content(row);
            case 7 -> words.fates(row).strip();
            default -> noted.getOrDefault(row, "");
        };
    }

    /** The column where the packet was seen last, or first. */
    private int seen(int rung, boolean last) {
        int points = picture.perSide();
        for (int i = 0; i < points; i++) {
            int column = picture.column(rung, last ? points - 1 - i : i);
            if (picture.time(rung, column) != LadderPicture.NOT_SEEN) {
                return column;
            }
        }
        throw new IllegalStateException("rung " + rung + " was never seen");
    }

    private String delay(int rung) {
        int first = seen(rung, false);
        int last = seen(rung, true);
        if (!picture.columns().get(first).timed()
                || !picture.columns().get(last).timed()) {
            return WORDS.get("delay-unknown");
        }
        return first == last ? "" : Words.language().duration(picture.time(rung, last) - picture.time(rung, first));
    }
}
