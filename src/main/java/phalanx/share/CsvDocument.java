package phalanx.share;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import phalanx.run.Progress;

/** A table as comma-separated values (RFC 4180): UTF-8 without byte order mark, written row by row. Any thread. */
public final class CsvDocument {
    private static final CsvFactory CSV = CsvFactory.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    /** What spreadsheets take for a formula when it begins a cell (OWASP, CSV injection). */
    private static final String FORMULA = "=+-@\t\r\n";

    private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d,.]*\\d(?:[eE][+-]?\\d{1,3})?(?: ?(?:%|[µnm]?s))?");
    private static final int ROWS_A_STEP = 4096;

    private CsvDocument() {}

    /**
     * Writes a head line and the rows.
     *
     * @param row the cells of a row, as many as there are columns; asked for once each, in order
     * @param out stays open
     * @throws Progress.Cancelled when the work was given up
     */
    public static void write(
            String title,
            List<String> columns,
            int rows,
            IntFunction<List<String>> row,
            OutputStream out,
            Progress progress)
            throws IOException {
        try (CsvGenerator csv = CSV.createGenerator(out)) {
            csv.setSchema(CsvSchema.builder()
                    .setUseHeader(false)
                    .setLineSeparator("\r\n")
                    .build());
            line(csv, columns);
            for (int i = 0; i < rows; i++) {
                if (i % ROWS_A_STEP == 0) {
                    progress.stopIfCancelled();
                    progress.at(title, i, rows);
                }
                line(csv, row.apply(i));
            }
        }
        out.flush();
    }

    private static void line(CsvGenerator csv, List<String> cells) throws IOException {
        csv.writeStartArray();
        for (String cell : cells) {
            csv.writeString(harmless(cell));
        }
        csv.writeEndArray();
    }

    /** The text with an apostrophe before what a spreadsheet would carry out; numbers stay as they are. */
    static String harmless(String cell) {
        boolean formula = !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0;
        return formula && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
    }
}
