package phalanx.diagnose.host;

import java.util.ArrayList;
import java.util.List;
import phalanx.decode.PacketTable;
import phalanx.diagnose.Thresholds;
import phalanx.net.SeqNumber;
import phalanx.net.TcpFlags;

/** Follows requests and answers of one TCP conversation at one capture, and notes the answers that the server itself was slow with. */
final class Answering {
    private final PacketTable packets;
    private final Thresholds thresholds;
    private final long beyond;

    /** How many requests were answered. */
    long answers;

    /** How often the server spoke after a pause though nothing was asked: it sends news, not answers. */
    int unasked;

    final List<Slow> slow = new ArrayList<>();

    /** A request, its answer, and what the server took. */
    record Slow(int request, int answer, long nanos) {}

    private int request = -1;
    private long asked;
    private int end;
    private long acknowledged;
    private boolean again;
    private boolean closed;
    private boolean any;
    private long spoke;

    /** @param beyond nanoseconds that the way behind the capture takes, there and back */
    Answering(PacketTable packets, Thresholds thresholds, long beyond) {
        this.packets = packets;
        this.thresholds = thresholds;
        this.beyond = beyond;
    }

    /** The next packet in the order of the file. */
    void packet(int journey, int row, boolean fromClient) {
        boolean data = packets.payloadLength(row) > 0 && !packets.hasQuote(row);
        long now = packets.timeNanos(row);
        if (fromClient) {
            if (data) {
                ask(journey, row, now);
            }
            return;
        }
        if (data && request >= 0) {
            answer(journey, now);
        } else if (data && answers > 0 && now - spoke >= thresholds.slowAnswerNanos()) {
            unasked++;
        }
        if (data) {
            spoke = now;
        }
        if ((packets.tcpFlags(row) & TcpFlags.ACK) != 0
                && acknowledged == 0
                && packets.acknowledgment(row) - end >= 0) {
            acknowledged = now;
        }
        closed |= packets.window(row) == 0 && (packets.tcpFlags(row) & TcpFlags.RST) == 0;
    }

    private void ask(int journey, int row, long now) {
        int next = packets.sequence(row) + packets.payloadLength(row);
        boolean old = any && !SeqNumber.isBefore(end, next);
        again = old || request >= 0 && again;
        closed &= request >= 0;
        request = journey;
        asked = now;
        end = old ? end : next;
        any = true;
        acknowledged = 0;
    }

    /**
     * Slow was the server when its host had acknowledged the request well before: then it was neither lost nor kept out of a full queue,
     * and it was taken whole; a window closed meanwhile is another cause ({@link ZeroWindowRule}).
     */
    private void answer(int journey, long now) {
        answers++;
        long thought = now - asked - beyond;
        boolean taken = acknowledged != 0 && acknowledged <= asked + (now - asked) / 2;
        if (thought >= thresholds.slowAnswerNanos() && thought >= 2 * beyond && taken && !again && !closed) {
            slow.add(new Slow(request, journey, thought));
        }
        request = -1;
        again = false;
        closed = false;
    }
}
