package phalanx.show.ladder;

import java.util.List;
import phalanx.show.Words;
import phalanx.stitch.ClockAlignment;

/** What is known of a capture point's clock, for a column's header. Any thread. */
final class ClockWords {
    private static final Words WORDS = Words.of("ladder");

    private ClockWords() {}

    /** A long and a short way to say it: {@code +37.2 ms ± 410 µs}, {@code +37.2 ms}. */
    static List<String> of(ClockAlignment clock) {
        if (clock.reference()) {
            return List.of(WORDS.get("clock-reference"), WORDS.get("clock-reference-short"));
        }
        if (!clock.known()) {
            return List.of(WORDS.get("clock-unknown"), WORDS.get("clock-unknown"));
        }
        String sign = clock.offsetNanos() < 0 ? "\u2212" : "+";
        String offset = sign + Words.language().duration(Math.abs(clock.offsetNanos()));
        return List.of(
                clock.boundNanos() == Long.MAX_VALUE
                        ? WORDS.get("clock-unbounded", offset)
                        : WORDS.get("clock-bounded", offset, Words.language().duration(clock.boundNanos())),
                offset);
    }
}
