package phalanx.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import phalanx.decode.filter.DisplayFilter;
import phalanx.inspect.Inspector;
import phalanx.inspect.TestTraffic;
import phalanx.run.Outcome;
import phalanx.run.Progress;

/** Any text as a display filter; what is understood is held against real frames. For Jazzer. */
public final class FilterFuzzer {
    private static final Path FILE = traffic();

    private FilterFuzzer() {}

    private static Path traffic() {
        try {
            return Files.write(Files.createTempFile("phalanx-fuzz", ".pcap"), TestTraffic.pcap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Jazzer's entry: whatever is thrown is a finding. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.UTF_8);
        if (text.contains("matches") || text.contains("~")) {
            return; // the user's own regular expression may be as slow as he likes
        }
        if (DisplayFilter.parse(text) instanceof Outcome.Ok<DisplayFilter>(var filter)) {
            Inspector.visit(FILE, () -> false, (_, frame) -> filter.holds(frame), Progress.NONE);
        }
    }
}
