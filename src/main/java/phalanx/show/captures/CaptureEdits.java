package phalanx.show.captures;

import java.util.List;
import phalanx.show.imports.Entry;
import phalanx.show.imports.ImportsViewModel;
import phalanx.stitch.HopFile;

/** What can be changed about the captures of an investigation; each change is analysed anew and can be undone. Screen thread. */
public interface CaptureEdits {
    /** The captures as the user has placed them, by the index of their capture point. */
    List<HopFile> files();

    /**
     * Analyses the captures anew under other names, places or clocks.
     *
     * @param what the change in words, for the undo entry
     */
    void rearrange(String what, List<HopFile> wanted);

    /** The files of other tools beside the captures. */
    ImportsViewModel imports();

    /** Takes a file of another tool away; can be undone. */
    void remove(Entry imported);

    /** Asks for more captures of the same traffic. */
    void add();
}
