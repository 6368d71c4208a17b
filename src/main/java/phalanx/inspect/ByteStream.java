package phalanx.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phalanx.net.SeqNumber;

/**
 * What one side of a TCP stream sends, in order and once: segments that came too soon wait, within bounds; what was not captured is
 * told as a gap. Costs nothing once its reader has lost interest. One thread.
 */
final class ByteStream {
    /** Told of the bytes of one direction. */
    interface Reader {
        /** The next bytes. @return false when nothing that follows is of interest */
        boolean bytes(byte[] bytes, int start, int end, long frame, long now);

        /** So many bytes are missing. @return as {@link #bytes} */
        boolean gap(long length, long frame, long now);

        /** The sender closes; nothing follows. */
        void end(long frame, long now);
    }

    private static final byte[] NOTHING = {};
    private static final int OVERHEAD = 64;
    private static final int MOST_WAITING = 64;
    private static final int MOST_WAITING_BYTES = 128 << 10;

    private record Waiting(int sequence, byte[] bytes, int length, long frame, long now) {}

    private final Reader reader;
    private final Allowance allowance;
    private boolean interested = true;
    private int expected;
    private final List<Waiting> waiting = new ArrayList<>(0);
    private int waitingBytes;

    /** @param expected sequence number of the first byte that is of interest  @param allowance for segments that wait */
    ByteStream(Reader reader, int expected, Allowance allowance) {
        this.reader = reader;
        this.allowance = allowance;
        this.expected = expected;
    }

    boolean interested() {
        return interested;
    }

    /** @param length of the payload on the wire  @param end of its captured bytes */
    void segment(int sequence, int length, byte[] bytes, int start, int end, long frame, long now) {
        if (SeqNumber.isBefore(expected, sequence)) {
            hold(sequence, length, bytes, start, end, frame, now);
            return;
        }
        deliver(sequence, length, bytes, start, end, frame, now);
        release();
    }

    private void deliver(int sequence, int length, byte[] bytes, int start, int end, long frame, long now) {
        int known = expected - sequence;
        if (known >= length || !interested) {
            return;
        }
        expected = sequence + length;
        int from = start + known;
        if (from < end) {
            interested = reader.bytes(bytes, from, end, frame, now);
        }
        int missing = start + length - Math.max(from, end); // cut by the snaplen
        if (missing > 0 && interested) {
            interested = reader.gap(missing, frame, now);
        }
    }

    private void hold(int sequence, int length, byte[] bytes, int start, int end, long frame, long now) {
        int captured = Math.max(0, end - start);
        if (!allowance.take(captured + OVERHEAD)) {
            skipHole();
            return;
        }
        byte[] kept = captured == 0 ? NOTHING : Arrays.copyOfRange(bytes, start, start + captured);
        waiting.add(new Waiting(sequence, kept, length, frame, now));
        waitingBytes += captured;
        if (waiting.size() > MOST_WAITING || waitingBytes > MOST_WAITING_BYTES) {
            skipHole();
        }
    }

    /** The other side has acknowledged up to here: what is missing before that will not come any more. */
    void acknowledged(int number) {
        if (!waiting.isEmpty() && SeqNumber.isBefore(expected, number)) {
            skipHole();
        }
    }

    private void skipHole() {
        if (waiting.isEmpty()) {
            return;
        }
        Waiting nearest = waiting.getFirst();
        for (Waiting one : waiting) {
            nearest = SeqNumber.isBefore(one.sequence, nearest.sequence) ? one : nearest;
        }
        if (SeqNumber.isBefore(expected, nearest.sequence)) {
            interested = interested
                    && reader.gap(Integer.toUnsignedLong(nearest.sequence - expected), nearest.frame, nearest.now);
            expected = nearest.sequence;
        }
        release();
    }

    private void release() {
        boolean found = !waiting.isEmpty();
        while (found) {
            found = false;
            for (int i = 0; i < waiting.size(); i++) {
                Waiting one = waiting.get(i);
                if (!SeqNumber.isBefore(expected, one.sequence)) {
                    waiting.remove(i);
                    waitingBytes -= one.bytes.length;
                    allowance.giveBack(one.bytes.length + OVERHEAD);
                    deliver(one.sequence, one.length, one.bytes, 0, one.bytes.length, one.frame, one.now);
                    found = true;
                    break;
                }
            }
        }
        if (!interested) {
            forget();
        }
    }

    private void forget() {
        waiting.forEach(one -> allowance.giveBack(one.bytes.length + OVERHEAD));
        waiting.clear();
        waitingBytes = 0;
    }

    /** FIN or RST. */
    void end(long frame, long now) {
        if (interested) {
            reader.end(frame, now);
        }
    }
}
