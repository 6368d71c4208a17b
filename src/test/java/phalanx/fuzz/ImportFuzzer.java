package phalanx.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import phalanx.telemetry.TelemetryFile;

/** Any bytes as a record of another tool. For Jazzer; see {@code .ci/fuzz}. */
public final class ImportFuzzer {
    private static final Path FILE = CaptureFuzzer.temporary();

    private ImportFuzzer() {}

    /** Jazzer's entry: whatever is thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        TelemetryFile.read(FILE);
    }
}
