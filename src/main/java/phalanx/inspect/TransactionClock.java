package phalanx.inspect;

import java.util.Arrays;

/**
 * Books the time between the data of one stream to what it was spent on, by whose turn it is: the side that opened the stream asks, or of a
 * stream whose opening was not captured that with the higher port, and the other answers. From the first packet to the last byte of a response every nanosecond is booked once, so that the shares add up. One
 * thread.
 */
final class TransactionClock {
    private enum Turn {
        NOBODY,
        ASKING,
        ANSWERING
    }

    private final long[] shares = new long[TimeShare.values().length];
    private Turn turn = Turn.NOBODY;
    private long last;
    private long startNanos;
    private long frame;
    private final boolean aAsks;

    /** Begins with the stream's first packet; its handshake is over if there is one. */
    TransactionClock(TcpStream stream) {
        startNanos = stream.firstNanos();
        last = startNanos;
        frame = stream.firstFrame();
        aAsks = stream.sawSyn() || stream.aPort >= stream.bPort;
        if (stream.handshakeNanos() >= 0) {
            last = Math.max(startNanos, stream.synAt + stream.handshakeNanos());
            book(TimeShare.CONNECT, last - startNanos);
        }
    }

    /** The stream's server was looked up before. */
    void lookedUp(long asked, long answered) {
        book(TimeShare.NAME_LOOKUP, answered - asked);
        book(TimeShare.IDLE, Math.max(0, startNanos - answered));
        startNanos = asked;
    }

    /**
     * Takes a segment with data.
     *
     * @param fromA whether {@link TcpStream#a()} sent it
     * @param tls whether a TLS handshake was under way before it
     * @param again whether it was sent before
     */
    void data(
            TcpStream stream, boolean fromA, boolean tls, boolean again, long frameNumber, long now, Transactions all) {
        long passed = Math.max(0, now - last);
        last = Math.max(last, now);
        if (tls) {
            book(again ? TimeShare.RECOVERY : TimeShare.TLS, passed);
            turn = Turn.NOBODY;
        } else if (again) {
            book(turn == Turn.NOBODY ? TimeShare.IDLE : TimeShare.RECOVERY, passed);
        } else if (fromA != aAsks) {
            book(turn == Turn.ANSWERING ? TimeShare.TRANSFER : TimeShare.SERVER, passed);
            turn = Turn.ANSWERING;
        } else if (turn == Turn.ANSWERING) {
            finish(stream, all); // what passed since its last byte belongs to no transaction
            startNanos = now;
            frame = frameNumber;
            turn = Turn.ASKING;
        } else {
            book(turn == Turn.ASKING ? TimeShare.REQUEST : TimeShare.IDLE, passed);
            frame = turn == Turn.ASKING ? frame : frameNumber;
            turn = Turn.ASKING;
        }
    }

    /** Hands the transaction over and begins anew; only those that were answered count. */
    void finish(TcpStream stream, Transactions all) {
        if (turn == Turn.ANSWERING) {
            all.add(stream.number(), frame, startNanos, shares);
        }
        Arrays.fill(shares, 0);
        turn = Turn.NOBODY;
    }

    private void book(TimeShare share, long nanos) {
        shares[share.ordinal()] += nanos;
    }
}
