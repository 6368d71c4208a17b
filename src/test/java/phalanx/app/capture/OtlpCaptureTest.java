package phalanx.app.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;
import picocli.CommandLine;

/** What OpenTelemetry sends while packets are captured lies beside these. */
class OtlpCaptureTest {
    private static final String SPAN =
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"a\",\"startTimeUnixNano\":\"1700000000000000000\"}]}]}]}";

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final CommandLine line = new CommandLine(new CaptureCommand()).setErr(new PrintWriter(said, true));

    private int send() {
        Matcher port = Pattern.compile("127\\.0\\.0\\.1:(\\d+) \\(HTTP\\)").matcher(said.toString());
        assertTrue(port.find(), said.toString());
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + "/v1/traces"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(SPAN))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_comes_is_in_a_file_beside_the_capture_and_told() throws Exception {
        Path capture = folder.resolve("trace.pcapng");
        assertEquals(200, OtlpCapture.during("0", capture, false, false, line, this::send));
        assertEquals(SPAN, Files.readString(folder.resolve("trace.otlp.jsonl")).strip());
        assertTrue(said.toString().contains("1 span, 0 points, 0 log records in trace.otlp.jsonl"), said.toString());
        assertThrows(
                CommandLine.ParameterException.class,
                () -> OtlpCapture.during("0", capture, false, false, line, () -> 0),
                "nothing is overwritten");
    }

    @Test
    void without_the_option_nothing_listens_and_on_a_port_that_is_taken_nothing_is_captured() throws Exception {
        assertEquals(7, OtlpCapture.during(null, folder, true, false, line, () -> 7));
        assertEquals("", said.toString());
        try (ServerSocket taken = new ServerSocket(0)) {
            assertEquals(
                    ExitCode.FORBIDDEN,
                    OtlpCapture.during("0.0.0.0:" + taken.getLocalPort(), folder, true, false, line, () -> {
                        throw new AssertionError("it captures");
                    }));
        }
        assertTrue(said.toString().contains("PHX-1805"), said.toString());
        assertFalse(Files.exists(folder.resolve("otlp.jsonl")));
    }

    @Test
    void who_listens_to_other_machines_is_told_what_that_means() throws Exception {
        OtlpCapture.during("127.0.0.1:0", folder.resolve("a.pcapng"), false, false, line, () -> 0);
        assertFalse(said.toString().contains("PHX-1806"), said.toString());
        OtlpCapture.during("0.0.0.0:0", folder.resolve("b.pcapng"), false, false, line, () -> 0);
        assertTrue(
                said.toString().contains("Whoever can reach any address of this machine can send here"),
                said.toString());
        assertTrue(said.toString().contains("listen on 127.0.0.1"), said.toString());
    }
}
