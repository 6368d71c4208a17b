package phalanx.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.IntStream;
import phalanx.explain.CaseAccount;
import phalanx.explain.Drawing;
import phalanx.run.Progress;
import phalanx.share.CsvDocument;
import phalanx.share.Provenance;
import phalanx.share.ReportFormat;
import phalanx.share.SvgDocument;
import phalanx.show.DataTable;
import phalanx.show.export.ExportFormat;
import phalanx.show.export.Exporter;

/**
 * Writes what the desk exports, by the same writers as the command line. Any thread.
 *
 * @param clock tells when a report is made
 */
public record DeskExporter(InstantSource clock) implements Exporter {
    @Override
    public void svg(Drawing drawing, OutputStream out) throws IOException {
        out.write(SvgDocument.file(drawing).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void csv(DataTable table, OutputStream out, Progress progress) throws IOException {
        int columns = table.columns().size();
        CsvDocument.write(
                table.title(),
                table.columns(),
                table.rows(),
                row -> IntStream.range(0, columns)
                        .mapToObj(column -> table.cell(row, column))
                        .toList(),
                out,
                progress);
    }

    @Override
    public void report(CaseAccount account, ExportFormat format, OutputStream out, Progress progress)
            throws IOException {
        ReportFormat of = ReportFormat.of(Path.of("report" + format.ending())).orElseThrow();
        Provenance provenance = Provenance.of(account.analysis(), clock.instant(), Main.version(), progress);
        progress.at("Writing the report", 0, 0);
        of.write(account, provenance, out);
    }
}
