package phalanx.capture.remote;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.FrameReceiver;

/**
 * Frames that wait for the line, and those that were sent and may be lost with it. Bounded: what does not fit is lost and counted, and has
 * no number, so that the numbers on the line have no gap. Any thread.
 */
final class FrameBuffer implements FrameReceiver {
    /** What a frame costs beside its bytes. */
    private static final int OVERHEAD = 96;

    private final long most;
    private final Deque<Message.Frame> waiting = new ArrayDeque<>();
    private final Deque<Message.Frame> sent = new ArrayDeque<>();
    private long octets;
    private long next;
    private long lost;
    private boolean over;

    /** @param most octets */
    FrameBuffer(long most) {
        this.most = most;
    }

    @Override
    public synchronized void frame(int linkType, long nanos, byte[] bytes, int start, int captured, int length) {
        if (octets + captured + OVERHEAD > most) {
            lost++;
            return;
        }
        byte[] copy = Arrays.copyOfRange(bytes, start, start + captured); // fails, if at all, before it is counted
        waiting.add(new Message.Frame(next, linkType, nanos, length, copy));
        next++;
        octets += captured + OVERHEAD;
        notifyAll();
    }

    /** Nothing more comes. */
    synchronized void finish() {
        over = true;
        notifyAll();
    }

    /** The next one to send; null when none came in time. */
    synchronized Message.@Nullable Frame take(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        while (waiting.isEmpty() && !over) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        Message.Frame frame = waiting.poll();
        if (frame != null) {
            sent.add(frame);
        }
        return frame;
    }

    /** Whether everything was handed out, and nothing more comes. */
    synchronized boolean exhausted() {
        return over && waiting.isEmpty();
    }

    /** All before this number have arrived. */
    synchronized void acknowledged(long number) {
        while (!sent.isEmpty() && sent.element().number() < number) {
            octets -= sent.remove().bytes().length + OVERHEAD;
        }
    }

    /** Sends again from this number on. @return false when it can not: they were acknowledged, or never were */
    synchronized boolean resume(long number) {
        acknowledged(number);
        while (!sent.isEmpty()) {
            waiting.addFirst(sent.removeLast());
        }
        Message.Frame first = waiting.peek();
        return number == (first == null ? next : first.number());
    }

    /** Frames that were given a number so far. */
    synchronized long numbered() {
        return next;
    }

    /** Frames that did not fit. */
    synchronized long lost() {
        return lost;
    }

    /** Octets that it holds. */
    synchronized long octets() {
        return octets;
    }
}
