package phalanx.share;

import java.io.IOException;
import java.io.Writer;
import phalanx.explain.Analysis;

/** A way to write an analysis down. Any thread. */
@FunctionalInterface
public interface Report {
    /** @throws IOException when the writer fails; what was written until then is no whole report */
    void write(Analysis analysis, Writer out) throws IOException;
}
