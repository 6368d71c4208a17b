package phalanx.agents.trail;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The incidents that steps tell of; the oldest of very many make way. Any thread. */
public final class IncidentBook {
    private static final int MOST = 200;

    private final Map<String, IncidentRecord> incidents = new LinkedHashMap<>();

    /** Takes a step; those of an incident come in their order. */
    public synchronized void take(Message step) {
        if (step instanceof Message.Signalled first) {
            incidents.putIfAbsent(first.incident(), IncidentRecord.of(first));
            if (incidents.size() > MOST) {
                Iterator<String> oldest = incidents.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        } else {
            incidents.computeIfPresent(step.incident(), (_, known) -> known.with(step));
        }
    }

    /** The newest first. */
    public synchronized List<IncidentRecord> newest() {
        return new ArrayList<>(incidents.values()).reversed();
    }
}
