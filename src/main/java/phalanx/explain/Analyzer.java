package phalanx.explain;

import java.util.List;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.stitch.HopFile;

/** Captures in, answer out: what the command line, the desk and the API all call. */
@FunctionalInterface
public interface Analyzer {
    /**
     * Reads, stitches, measures and diagnoses. A file that cannot be read is left out and named in
     * {@link Analysis#problems()}.
     *
     * @param files at least one, hop names distinct, in any order
     * @return failed when not one file could be read
     * @throws Progress.Cancelled when the work was given up
     */
    Outcome<Analysis> analyze(List<HopFile> files, Progress progress);
}
