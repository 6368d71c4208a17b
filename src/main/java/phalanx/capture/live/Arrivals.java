package phalanx.capture.live;

/**
 * Up to which moment all frames of a capture are in its file. A frame comes some time after its stamp, by another clock perhaps; the
 * shortest such time seen tells the two clocks apart. Told by the thread that captures, asked by any.
 */
final class Arrivals {
    /** A frame that comes so much later or earlier than the quickest one was stamped by a clock that was set meanwhile. */
    private static final long SET_NANOS = 2_000_000_000L;

    /** What was stamped so long ago has come and was handed to the disk, when nothing else keeps coming. */
    private static final long SETTLED_MILLIS = 1_000;

    private static final long NANOS = 1_000_000;

    private volatile long lastStamp = Long.MIN_VALUE;
    private volatile long lastMillis = Long.MIN_VALUE;
    private volatile long leastLag = Long.MAX_VALUE;
    private volatile long inFile = Long.MIN_VALUE;

    /** @param stamp epoch nanoseconds of the capturing machine  @param now epoch milliseconds of this one */
    void frame(long stamp, long now) {
        lastStamp = stamp;
        lastMillis = now;
        long lag = now * NANOS - stamp;
        if (lag < leastLag || lag - leastLag > SET_NANOS) {
            leastLag = lag;
        }
    }

    /** The stamp of the newest frame, to be told again when all up to now is in the file. */
    long newest() {
        return lastStamp;
    }

    /** @param stamp up to which all is in the file */
    void inFile(long stamp) {
        inFile = stamp;
    }

    /** Epoch milliseconds of this machine up to which all that was captured is in the file. */
    long settledMillis(long now) {
        long quiet = now - SETTLED_MILLIS;
        boolean coming = lastMillis != Long.MIN_VALUE && lastMillis > quiet;
        return coming ? inFile == Long.MIN_VALUE ? Long.MIN_VALUE : (inFile + leastLag) / NANOS : quiet;
    }

    /** What the capturing machine's clock said then, epoch nanoseconds. @param millis of this machine */
    long stampAt(long millis) {
        return millis * NANOS - (leastLag == Long.MAX_VALUE ? 0 : leastLag);
    }
}
