package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;

/** The command line of live captures, on the loopback interface. */
class CaptureCommandTest {
    private static final int PORT = 40_923;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void interfaces_are_listed_with_their_addresses() {
        assertEquals(ExitCode.OK, run("interfaces"), err::toString);
        assertTrue(
                out.toString().lines().anyMatch(line -> line.startsWith("lo ") && line.contains("127.0.0.1")),
                out::toString);
    }

    @Test
    void several_capture_points_begin_and_end_together() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread sender = Thread.ofPlatform().start(() -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                while (!over.get()) {
                    socket.send(new DatagramPacket(new byte[20], 20, InetAddress.getLoopbackAddress(), PORT));
                    Thread.sleep(10);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Path captures = folder.resolve("captures");
        int code = run(
                "capture",
                "--hop",
                "inside=lo",
                "--hop",
                "outside=lo",
                "--filter",
                "udp dst port " + PORT,
                "--duration",
                "1",
                "--leave-free",
                "0",
                "--output",
                captures.toString());
        int ring = run(
                "capture",
                "--interface",
                "lo",
                "--filter",
                "udp dst port " + PORT,
                "--file-seconds",
                "1",
                "--duration",
                "3",
                "--analyze",
                "--leave-free",
                "0",
                "--output",
                folder.resolve("ring.pcapng").toString());
        over.set(true);
        sender.join();
        Assumptions.assumeFalse(err.toString().contains("PHX-1605"), "this user may not capture on lo");
        assertEquals(ExitCode.OK, ring, err::toString);
        assertTrue(err.toString().contains(" older ones are beside it"), err::toString);
        assertEquals(ExitCode.OK, code, err::toString);
        for (String name : new String[] {"inside.pcapng", "outside.pcapng"}) {
            assertEquals(
                    ExitCode.OK, run("filter", "udp", captures.resolve(name).toString(), "--count"));
            assertTrue(Integer.parseInt(out.toString().strip()) > 20, out::toString);
        }
    }

    @Test
    void mistakes_of_the_command_line_are_told_and_nothing_is_left_behind() {
        String file = folder.resolve("x.pcapng").toString();
        assertEquals(ExitCode.FORBIDDEN, run("capture", "--interface", "nothere0", "--output", file));
        assertTrue(err.toString().startsWith("PHX-1603 There is no interface nothere0"), err::toString);
        assertEquals(ExitCode.USAGE, run("capture", "--interface", "lo", "--files", "3", "--output", file));
        assertTrue(err.toString().contains("--file-size"), err::toString);
        assertEquals(ExitCode.USAGE, run("capture", "--output", file));
        assertEquals(ExitCode.USAGE, run("capture", "--interface", "lo", "--hop", "a=lo", "--output", file));
        assertEquals(
                ExitCode.USAGE,
                run(
                        "capture",
                        "--hop",
                        "../up=lo",
                        "--output",
                        folder.resolve("y").toString()));
        assertTrue(err.toString().contains("names a file"), err::toString);
        assertFalse(Files.exists(folder.resolve("up.pcapng")) || Files.exists(folder.resolve("y")));
        assertEquals(
                ExitCode.FORBIDDEN, run("capture", "--interface", "lo", "--filter", "tcp prot 1", "--output", file));
        assertTrue(err.toString().contains("syntax error"), err::toString);
        assertFalse(Files.exists(Path.of(file)));
    }
}
