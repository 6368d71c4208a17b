package phalanx.show.ladder;

import phalanx.show.Words;
import phalanx.stitch.ClockAlignment;

/** What is known of a capture point's clock, as short as a column's header needs it. Any thread. */
final class ClockWords {
    private static final Words WORDS = Words.of("ladder");

    private ClockWords() {}

    /** {@code clock +37.2 ms ± 410 µs}. */
    static String of(ClockAlignment clock) {
        if (clock.reference()) {
            return WORDS.get("clock-reference");
        }
        if (!clock.known()) {
            return WORDS.get("clock-unknown");
        }
        String sign = clock.offsetNanos() < 0 ? "\u2212" : "+";
        String offset = sign + Words.language().duration(Math.abs(clock.offsetNanos()));
        return clock.boundNanos() == Long.MAX_VALUE
                ? WORDS.get("clock-unbounded", offset)
                : WORDS.get("clock-bounded", offset, Words.language().duration(clock.boundNanos()));
    }
}
