package phalanx.measure;

import java.util.Optional;
import phalanx.decode.PacketTable;
import phalanx.stitch.Conversation;
import phalanx.stitch.Journeys;
import phalanx.stitch.Stitched;

/**
 * Requests and answers of a conversation as one capture saw them: payload from the client, then payload from the server. Near the
 * server the time between is the server's own.
 */
public final class Exchange {
    private final Stitched stitched;
    private final Conversation conversation;
    private final int capture;

    public Exchange(Stitched stitched, Conversation conversation, int capture) {
        this.stitched = stitched;
        this.conversation = conversation;
        this.capture = capture;
    }

    /** Told of each answer. */
    @FunctionalInterface
    public interface Listener {
        /**
         * @param request journey of the request's last packet
         * @param answer journey of the answer's first packet
         * @param nanos between them
         */
        void answered(int request, int answer, long nanos);
    }

    /** Walks the exchange in the order of the file. */
    public void walk(Listener listener) {
        PacketTable packets = stitched.captures().get(capture).packets();
        Journeys journeys = stitched.journeys();
        int request = -1;
        long asked = 0;
        for (int journey : journeys.of(conversation.id(), capture)) {
            int row = journeys.row(journey, capture);
            if (packets.payloadLength(row) <= 0 || packets.hasQuote(row)) {
                continue;
            }
            if (journeys.direction(journey) == conversation.clientDirection()) {
                request = journey;
                asked = packets.timeNanos(row);
            } else if (request >= 0) {
                listener.answered(request, journey, packets.timeNanos(row) - asked);
                request = -1;
            }
        }
    }

    /** @param also told of each answer */
    Optional<DelaySummary> answerTimes(Listener also) {
        LongList times = new LongList();
        walk((request, answer, nanos) -> {
            times.add(nanos);
            also.answered(request, answer, nanos);
        });
        return times.size() == 0 ? Optional.empty() : Optional.of(Delays.summary(times.toArray()));
    }
}
