package phalanx.agents.observe;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Packets that prove something. Immutable, any thread.
 *
 * @param file the capture that they are in, as a path of this machine
 * @param frames their numbers in it, from 1, ascending; the first {@link #MOST} at most
 */
public record Proof(String file, List<Long> frames) {
    /** More are not named. */
    public static final int MOST = 20;

    /** Of them a sentence names so many. */
    private static final int TOLD = 5;

    public Proof {
        frames = List.copyOf(frames);
    }

    /** {@code #3, #7}: the numbers of the first ones. */
    public String numbers() {
        String first = frames.stream().limit(TOLD).map(frame -> "#" + frame).collect(Collectors.joining(", "));
        return frames.size() > TOLD ? first + ", \u2026" : first;
    }

    /** The name of the file without its folder. */
    public String name() {
        return file.substring(1 + Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')));
    }
}
