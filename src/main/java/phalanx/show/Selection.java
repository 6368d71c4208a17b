package phalanx.show;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import phalanx.explain.ExplainedFinding;

/**
 * What the user looks at: one selection that all views follow. Numbers are indexes into the analysis, {@link #NONE} for nothing.
 * Screen thread.
 */
public final class Selection {
    public static final int NONE = -1;

    private final ObjectProperty<@Nullable ExplainedFinding> finding = new SimpleObjectProperty<>();
    private final IntegerProperty conversation = new SimpleIntegerProperty(NONE);
    private final IntegerProperty journey = new SimpleIntegerProperty(NONE);
    private final IntegerProperty capture = new SimpleIntegerProperty(NONE);

    /** The finding whose proof is shown. */
    public ObjectProperty<@Nullable ExplainedFinding> finding() {
        return finding;
    }

    /** The conversation that ladder and table are about. */
    public IntegerProperty conversation() {
        return conversation;
    }

    /** The packet. */
    public IntegerProperty journey() {
        return journey;
    }

    /** The capture point. */
    public IntegerProperty capture() {
        return capture;
    }

    /** Shows a finding: its first conversation and, by {@code proof}, its first packet. */
    public void show(ExplainedFinding told, int proof) {
        journey.set(NONE);
        conversation.set(
                told.finding().conversations().size() == 1
                        ? told.finding().conversations().getFirst()
                        : NONE);
        finding.set(told);
        journey.set(proof);
    }

    /** One step back: from packet to finding to conversation to everything. */
    public void widen() {
        if (journey.get() != NONE) {
            journey.set(NONE);
        } else if (finding.get() != null) {
            finding.set(null);
        } else if (conversation.get() != NONE) {
            conversation.set(NONE);
        } else {
            capture.set(NONE);
        }
    }

    /** Forgets everything, as for a new analysis. */
    public void clear() {
        journey.set(NONE);
        finding.set(null);
        conversation.set(NONE);
        capture.set(NONE);
    }
}
