package phalanx.share;

import java.io.IOException;
import java.io.Writer;
import phalanx.explain.CaseAccount;

/** A way to write an analysis down. Any thread. */
@FunctionalInterface
public interface Report {
    /** @throws IOException when the writer fails; what was written until then is no whole report */
    void write(CaseAccount account, Writer out) throws IOException;
}
