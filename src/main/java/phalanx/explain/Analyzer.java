package phalanx.explain;

import java.util.List;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.stitch.HopFile;

/** Captures in, answer out: what the command line, the desk and the API all call. */
public interface Analyzer {
    /** All packets that memory has room for. */
    long ALL = Long.MAX_VALUE;

    /**
     * Reads, stitches, measures and diagnoses. A file that cannot be read is left out and named in
     * {@link Analysis#problems()}; so is what lies behind the first {@code packets}.
     *
     * @param files at least one, hop names distinct, in any order
     * @param packets most of each capture that are read, for a first look at large ones; {@link #ALL} for the whole answer
     * @return failed when not one file could be read
     * @throws Progress.Cancelled when the work was given up
     */
    Outcome<Analysis> analyze(List<HopFile> files, long packets, Progress progress);

    /** The whole answer. */
    default Outcome<Analysis> analyze(List<HopFile> files, Progress progress) {
        return analyze(files, ALL, progress);
    }

    /** For captures that are still written. */
    LiveAnalyzer live();
}
