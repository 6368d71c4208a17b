package phalanx.fuzz;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import phalanx.inspect.Inspection;
import phalanx.inspect.Inspector;
import phalanx.redact.CaptureRedactor;
import phalanx.redact.RedactionKey;
import phalanx.redact.RedactionOptions;
import phalanx.redact.Tally;
import phalanx.run.Outcome;
import phalanx.run.Progress;
import phalanx.share.InspectionJson;
import phalanx.share.InspectionText;

/** Any bytes as a capture file: read, decoded through all layers, analysed, redacted and written out. For Jazzer; see {@code .ci/fuzz}. */
public final class CaptureFuzzer {
    private static final Path FILE = temporary();
    private static final RedactionKey KEY = RedactionKey.of(new byte[RedactionKey.LENGTH]);
    private static final RedactionOptions ALL = new RedactionOptions(4096, false, false);

    private CaptureFuzzer() {}

    static Path temporary() {
        try {
            Path shared = Path.of("/dev/shm");
            Path folder = Files.isDirectory(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
            return Files.createTempFile(folder, "phalanx-fuzz", ".capture");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jazzer's entry: whatever is thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        switch (Inspector.visit(FILE, () -> false, (_, frame) -> frame.line(), Progress.NONE)) {
            case Outcome.Failed<Inspection>(var problem) -> Inspection.refused(FILE, problem);
            case Outcome.Ok<Inspection>(var inspection) -> {
                InspectionJson.write(inspection, Writer.nullWriter());
                new InspectionText(false).write(inspection, Writer.nullWriter());
                new CaptureRedactor(KEY, ALL, new Tally(true))
                        .write(FILE, OutputStream.nullOutputStream(), Progress.NONE);
            }
        }
    }
}
