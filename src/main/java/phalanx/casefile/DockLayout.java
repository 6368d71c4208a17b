package phalanx.casefile;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How views are docked in a window: splits of splits of tabs. Immutable, any thread. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(DockLayout.Split.class), @JsonSubTypes.Type(DockLayout.Tabs.class)})
public sealed interface DockLayout {
    /**
     * Parts side by side, or one below the other.
     *
     * @param dividers where each part but the last ends, 0..1
     */
    record Split(boolean vertical, List<Double> dividers, List<DockLayout> parts) implements DockLayout {
        public Split {
            dividers = List.copyOf(dividers);
            parts = List.copyOf(parts);
        }
    }

    /**
     * Views in one place, one of them in front.
     *
     * @param place name of the dock
     * @param views their ids in order
     * @param selected the one in front, null for none
     */
    record Tabs(String place, List<String> views, @Nullable String selected) implements DockLayout {
        public Tabs {
            views = List.copyOf(views);
        }
    }

    /** The ids of all views in it. */
    default List<String> allViews() {
        List<String> all = new ArrayList<>();
        switch (this) {
            case Split(var _, var _, var parts) -> parts.forEach(part -> all.addAll(part.allViews()));
            case Tabs(var _, var views, var _) -> all.addAll(views);
        }
        return all;
    }
}
