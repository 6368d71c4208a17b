package phalanx.measure;

import java.util.ArrayList;
import java.util.List;
import phalanx.run.Progress;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/** One conversation in more figures than most readers ask for, taken when they are. Immutable, any thread. */
public record ConversationDetail(HeaderFacts headers, PathCounts path) {
    private static final int BETWEEN_CHECKS = 4096;

    /**
     * All conversations, by {@link Conversation#id()}.
     *
     * @throws Progress.Cancelled when the work was given up
     */
    public static List<ConversationDetail> all(Stitched stitched, Measures measures, Progress progress) {
        List<Conversation> conversations = stitched.conversations();
        PathTally tally = new PathTally(stitched.journeys(), conversations.size());
        for (int segment = 0; segment < measures.segments().size(); segment++) {
            progress.stopIfCancelled();
            tally.add(segment, measures.segments().get(segment));
        }
        List<ConversationDetail> all = new ArrayList<>(conversations.size());
        for (Conversation conversation : conversations) {
            if (conversation.id() % BETWEEN_CHECKS == 0) {
                progress.stopIfCancelled();
                progress.at("Reading headers", conversation.id(), conversations.size());
            }
            all.add(new ConversationDetail(HeaderReading.of(stitched, conversation), tally.counts(conversation.id())));
        }
        return all;
    }
}
