package phalanx.show.map;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import phalanx.net.Endpoint;
import phalanx.show.Words;
import phalanx.stitch.Conversation;
import phalanx.stitch.Stitched;

/** Addresses that are rewritten between two capture points (RFC 3022). Any thread. */
final class Translations {
    private static final Words WORDS = Words.of("map");
    private static final int MOST = 4;

    private Translations() {}

    /** Sentences, the most frequent pairs first, only a few of them. */
    static List<String> between(Stitched stitched, int near, int far) {
        Map<String, Integer> pairs = new TreeMap<>();
        for (Conversation conversation : stitched.conversations()) {
            Optional<Conversation.Leg> before = conversation.leg(near);
            Optional<Conversation.Leg> behind = conversation.leg(far);
            if (before.isPresent() && behind.isPresent()) {
                count(before.get().client(), behind.get().client(), pairs);
                count(before.get().server(), behind.get().server(), pairs);
            }
        }
        return pairs.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST)
                .map(pair -> WORDS.get("summary.nat", pair.getKey(), pair.getValue()))
                .toList();
    }

    private static void count(Endpoint before, Endpoint behind, Map<String, Integer> pairs) {
        if (!before.address().equals(behind.address())) {
            pairs.merge(before.address() + " \u2192 " + behind.address(), 1, Integer::sum);
        }
    }
}
