package phalanx.explain;

import java.util.List;
import phalanx.run.Outcome;
import phalanx.run.Progress;

/**
 * Captures that are still written in, one answer after the other out. While all packets are few enough an answer knows them all and is
 * the one that {@link Analyzer} gives; later ones know the newest of each capture from one moment on, and {@link Analysis#problems()}
 * says so. What it keeps between answers does not grow with the captures. One thread at a time.
 */
public interface LiveAnalyzer {
    /**
     * Answers to what the files hold now. A file that cannot be read yet is left out and named in {@link Analysis#problems()}.
     *
     * @param files that frames are written to at this moment, at least one, hop names distinct
     * @return failed when not one file could be read
     * @throws Progress.Cancelled when the work was given up
     */
    Outcome<Analysis> analyze(List<LiveFile> files, Progress progress);
}
