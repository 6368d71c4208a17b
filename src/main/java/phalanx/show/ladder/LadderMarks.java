package phalanx.show.ladder;

import java.util.NavigableMap;

/**
 * What is pointed at on a ladder, over and above its packets. Immutable.
 *
 * @param selected rung of the selected packet, -1 for none
 * @param sighting the capture point whose sighting of it is selected, -1 for none
 * @param second rung of the packet that the selected one is measured against, -1 for none
 * @param noted what somebody noted, by rung
 * @param capture the selected capture point, -1 for none
 * @param pointer height of the pointer on the screen, NaN when it is elsewhere
 * @param draggedFrom and {@code draggedTo} rows between which a stretch of time is being chosen, NaN when none is
 */
record LadderMarks(
        int selected,
        int sighting,
        int second,
        NavigableMap<Integer, String> noted,
        int capture,
        double pointer,
        double draggedFrom,
        double draggedTo) {}
