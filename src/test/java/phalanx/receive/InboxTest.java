package phalanx.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the folder that captures come into. */
class InboxTest {
    private static final ReceiveLimits LIMITS = new ReceiveLimits(1000, 1000, 5, 1000, Duration.ofSeconds(1));

    @TempDir
    private Path folder = Path.of("");

    /** Another process that tries to take hold of a folder, and says whether it did. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println(Inbox.hold(Path.of(arguments[0]), LIMITS).isPresent());
        }
    }

    private String elsewhere() throws IOException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void a_second_one_of_the_same_process_does_not_let_other_processes_in() throws Exception {
        Inbox first = Inbox.hold(folder, LIMITS).orElseThrow();
        Path link = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        assertTrue(Inbox.hold(folder, LIMITS).isEmpty());
        assertTrue(Inbox.hold(link, LIMITS).isEmpty(), "by another name");
        Files.delete(link);
        assertEquals("false", elsewhere());
        first.close();
        assertEquals("true", elsewhere());
        Inbox second = Inbox.hold(folder, LIMITS).orElseThrow();
        first.close();
        assertTrue(Inbox.hold(folder, LIMITS).isEmpty(), "closing twice gives away nothing of others");
        second.close();
    }
}
