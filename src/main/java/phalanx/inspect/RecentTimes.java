package phalanx.inspect;

/**
 * When keys were last seen, for the most recent ones: sets of four, the oldest of a set makes room for a new one. Fixed memory, no
 * allocation; one thread.
 */
final class RecentTimes {
    static final long NONE = Long.MIN_VALUE;
    private static final int WAYS = 4;

    /** Sets of one cache line each: four keys, the newest first, and their times. */
    private final long[] table;

    private final int shift;

    /** @param bits of the number of sets; four times as many keys are kept */
    RecentTimes(int bits) {
        table = new long[(2 * WAYS) << bits];
        shift = 64 - bits;
    }

    /** @param key spread over all 64 bits, not 0  @return when it was seen before, {@link #NONE} when it was not or too long ago */
    long replace(long key, long now) {
        int set = (int) (key >>> shift) * 2 * WAYS;
        int way = 0;
        while (way < WAYS - 1 && table[set + way] != key) {
            way++;
        }
        long before = table[set + way] == key ? table[set + WAYS + way] : NONE;
        for (; way > 0; way--) {
            table[set + way] = table[set + way - 1];
            table[set + WAYS + way] = table[set + WAYS + way - 1];
        }
        table[set] = key;
        table[set + WAYS] = now;
        return before;
    }

    /** @return as {@link #replace}; the key is forgotten */
    long take(long key) {
        int set = (int) (key >>> shift) * 2 * WAYS;
        for (int way = 0; way < WAYS; way++) {
            if (table[set + way] == key) {
                table[set + way] = 0;
                return table[set + WAYS + way];
            }
        }
        return NONE;
    }

    /** Mixes a value into a key; every bit of it reaches the upper ones. */
    static long mix(long key, long value) {
        long product = (key ^ value) * 0x9E3779B97F4A7C15L;
        return product ^ product >>> 32;
    }
}
