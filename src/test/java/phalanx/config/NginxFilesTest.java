package phalanx.config;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Other people's configurations of nginx, where they are at hand: read, printed, read again, they say the same. */
class NginxFilesTest {
    private static final Path CASES =
            Path.of(Objects.requireNonNullElse(System.getenv("PHALANX_CASES"), "../shared"), "http/nginx-conf");

    @Test
    void files_of_nginx_keep_their_meaning() throws IOException {
        assumeTrue(Files.isDirectory(CASES), "SKIPPED: no configurations of nginx in " + CASES);
        int read = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(CASES)) {
            for (Path file : files) {
                ConfText.Parsed parsed = ConfText.read(file);
                // The folder says of some that they are broken; two more hold a line of letters without its end.
                boolean broken = file.toString().contains("broken-")
                        || Files.readString(file, StandardCharsets.ISO_8859_1).contains("asdfasdf");
                assertTrue(parsed.fault().isPresent() == broken, () -> file + ": " + parsed.fault());
                if (!broken) {
                    ConfText.Parsed again = ConfText.parse("again", ConfText.print(parsed.nodes()));
                    assertTrue(Node.same(parsed.nodes(), again.nodes()), () -> file + ": " + again.fault());
                    read++;
                }
            }
        }
        assertTrue(read > 50, "only " + read + " files");
    }
}
