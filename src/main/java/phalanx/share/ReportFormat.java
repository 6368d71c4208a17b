package phalanx.share;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import phalanx.explain.CaseAccount;

/** What a report can be written as; the ending of its file decides. */
public enum ReportFormat {
    PDF(".pdf"),
    HTML(".html"),
    MARKDOWN(".md"),
    JSON(".json");

    private final String ending;

    ReportFormat(String ending) {
        this.ending = ending;
    }

    /** As the ending of that file says, in capitals or not. */
    public static Optional<ReportFormat> of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.ending))
                .findFirst();
    }

    /** All of them, for a message. */
    public static String endings() {
        return Arrays.stream(values()).map(format -> format.ending).collect(Collectors.joining(" "));
    }

    /**
     * Writes the whole report.
     *
     * @param out stays open
     * @throws IOException when it fails; what was written until then is no whole report
     */
    public void write(CaseAccount account, Provenance provenance, OutputStream out) throws IOException {
        if (this == PDF) {
            new PdfReport(new HtmlReport(provenance)).write(account, Paper.of(Locale.getDefault()), out);
            return;
        }
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        text(provenance).write(account, writer);
        writer.flush();
    }

    private Report text(Provenance provenance) {
        return switch (this) {
            case PDF, HTML -> new HtmlReport(provenance);
            case MARKDOWN -> new MarkdownReport(provenance);
            case JSON -> new AnalysisJson();
        };
    }
}
