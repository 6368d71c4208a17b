package phalanx.agents;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import phalanx.agents.trail.Message;

/** The messages that came lately, by their keys, so that one that arrives twice is known; the oldest of very many make way. One thread. */
final class Recent {
    private static final int MOST = 10_000;

    private final Set<String> keys = new LinkedHashSet<>();

    boolean knows(Message message) {
        return keys.contains(message.key());
    }

    void add(Message message) {
        keys.add(message.key());
        if (keys.size() > MOST) {
            Iterator<String> oldest = keys.iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
