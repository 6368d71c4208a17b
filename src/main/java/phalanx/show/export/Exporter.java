package phalanx.show.export;

import java.io.IOException;
import java.io.OutputStream;
import phalanx.explain.CaseAccount;
import phalanx.explain.Drawing;
import phalanx.run.Progress;
import phalanx.show.DataTable;

/**
 * Knows the file formats; the desk does not. Any thread. Streams stay open; where one fails with {@link IOException} or {@link
 * Progress.Cancelled}, what was written until then is to be thrown away.
 */
public interface Exporter {
    /** Lines and letters that stay so, SVG 1.1. */
    void svg(Drawing drawing, OutputStream out) throws IOException;

    /** Every row, RFC 4180. */
    void csv(DataTable table, OutputStream out, Progress progress) throws IOException;

    /** @param format one of {@link ExportFormat#REPORTS} */
    void report(CaseAccount account, ExportFormat format, OutputStream out, Progress progress) throws IOException;
}
