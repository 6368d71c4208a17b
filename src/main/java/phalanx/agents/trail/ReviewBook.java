package phalanx.agents.trail;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What reviews propose, by the steps that tell of it; the oldest of very many make way. Any thread. */
public final class ReviewBook {
    private static final int MOST = 200;

    private final Map<String, ReviewRecord> proposals = new LinkedHashMap<>();

    /** Takes a step; those of a review come in their order. */
    public synchronized void take(Message step) {
        switch (step) {
            case Message.Reviewed reviewed -> reviewed.advice().forEach(advice -> put(reviewed, advice));
            case Message.Decided decided -> proposals.computeIfPresent(decided.proposal(), (_, one) -> one.with(step));
            case Message.Acted acted -> proposals.computeIfPresent(acted.proposal(), (_, one) -> one.with(step));
            default -> {
                // nothing about a review
            }
        }
    }

    private void put(Message.Reviewed review, Message.Advice advice) {
        proposals.putIfAbsent(advice.id(), new ReviewRecord(review.incident(), review.at(), advice, null, null));
        if (proposals.size() > MOST) {
            Iterator<String> oldest = proposals.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** The newest first. */
    public synchronized List<ReviewRecord> newest() {
        return new ArrayList<>(proposals.values()).reversed();
    }
}
