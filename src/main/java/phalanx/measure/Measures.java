package phalanx.measure;

import java.util.List;

/**
 * All figures of an investigation.
 *
 * @param segments neighbouring capture points of every path, each pair and direction once, in path order
 * @param conversations by {@link phalanx.stitch.Conversation#id()}
 * @param seconds the traffic second by second
 */
public record Measures(
        List<SegmentTraffic> segments, List<ConversationMetrics> conversations, List<SecondSeries> seconds) {
    public Measures {
        segments = List.copyOf(segments);
        conversations = List.copyOf(conversations);
        seconds = List.copyOf(seconds);
    }
}
