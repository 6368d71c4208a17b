package phalanx.show.dock;

import java.util.Locale;

/** Where views dock when nobody moved them. */
public enum DockPlace {
    LEFT,
    TOP,
    CENTRE,
    BOTTOM,
    RIGHT,
    /** Below the right dock. */
    INSPECTOR;

    /** As it is kept. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
