package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;

/** The command line of captures that come from other machines, with agents and servers in processes of their own. */
class RemoteCommandsTest {
    private static final int PORT = 40_951;

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Process> children = new ArrayList<>();
    private DatagramSocket socket;
    private volatile boolean over;

    @BeforeEach
    void send() throws IOException {
        socket = new DatagramSocket();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!over) {
                    socket.send(new DatagramPacket(new byte[20], 20, InetAddress.getLoopbackAddress(), PORT));
                    Thread.sleep(10);
                }
            } catch (IOException | InterruptedException e) {
                if (!over) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    @AfterEach
    void end() {
        over = true;
        socket.close();
        children.forEach(Process::destroyForcibly);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private Process phalanx(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "phalanx.app.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("child.txt").toFile())
                .start();
        children.add(process);
        return process;
    }

    private static String ready(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        assertTrue(line != null && line.startsWith("ready "), "it says " + line);
        return line;
    }

    private int packets(Path file) {
        assertEquals(ExitCode.OK, run("filter", "udp.dstport == " + PORT, file.toString(), "--count"), err::toString);
        return Integer.parseInt(out.toString().strip());
    }

    @Test
    void an_agent_that_waits_lists_its_interfaces_and_captures_together_with_this_machine() throws Exception {
        Process agent = phalanx(
                "agent", "--listen", "0", "--keys", folder.resolve("keys").toString());
        String ready = ready(agent);
        String place = ready.replaceAll(".*agent=(\\S+).*", "$1");
        String[] trust = {
            "--fingerprint",
            ready.replaceAll(".*fingerprint=(\\S+).*", "$1"),
            "--token-file",
            folder.resolve("keys/token").toString()
        };
        assertEquals(
                ExitCode.OK,
                run("interfaces", "agent://" + place, trust[0], trust[1], trust[2], trust[3]),
                err::toString);
        assertTrue(
                out.toString().lines().anyMatch(line -> line.startsWith("lo ") && line.contains("127.0.0.1")),
                out::toString);
        Path path = folder.resolve("path");
        int code = run(
                "capture",
                "--hop",
                "far=agent://" + place + "/lo",
                "--hop",
                "here=lo",
                trust[0],
                trust[1],
                trust[2],
                trust[3],
                "--filter",
                "udp dst port " + PORT,
                "--duration",
                "2",
                "--leave-free",
                "0",
                "--output",
                path.toString());
        Assumptions.assumeFalse(err.toString().contains("PHX-1605"), "this user may not capture on lo");
        assertEquals(ExitCode.OK, code, err::toString);
        assertTrue(
                err.toString().contains("Capturing on agent://" + place + "/lo by libpcap of the agent"),
                err::toString);
        assertTrue(packets(path.resolve("far.pcapng")) > 50, out::toString);
        assertTrue(packets(path.resolve("here.pcapng")) > 50, out::toString);
        agent.destroy();
        assertTrue(agent.waitFor(20, TimeUnit.SECONDS), "SIGTERM ends it");
        assertEquals(ExitCode.OK, agent.exitValue());
        String token = Files.readString(folder.resolve("keys/token")).strip();
        assertFalse(Files.readString(folder.resolve("child.txt")).contains(token), "the token is not told");
    }

    @Test
    void an_agent_that_pushes_comes_to_the_capture_that_waits_and_goes_with_it() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path keys = folder.resolve("keys");
        Process waiting = phalanx(
                "receive", "--folder", folder.resolve("unused").toString(), "--listen", "0", "--keys", keys.toString());
        String fingerprint = ready(waiting).replaceAll(".*fingerprint=(\\S+).*", "$1"); // makes the keys
        Process agent = phalanx(
                "agent",
                "--push",
                "127.0.0.1:" + port,
                "--hop",
                "lb=lo",
                "--fingerprint",
                fingerprint,
                "--token-file",
                keys.resolve("token").toString());
        int code = run(
                "capture",
                "--hop",
                "lb=push",
                "--listen",
                Integer.toString(port),
                "--keys",
                keys.toString(),
                "--filter",
                "udp dst port " + PORT,
                "--duration",
                "2",
                "--leave-free",
                "0",
                "--output",
                folder.resolve("path").toString());
        Assumptions.assumeFalse(err.toString().contains("may not capture"), "this user may not capture on lo");
        assertEquals(ExitCode.OK, code, err::toString);
        assertTrue(err.toString().contains("Fingerprint " + fingerprint), err::toString);
        assertTrue(packets(folder.resolve("path/lb.pcapng")) > 50, out::toString);
        assertTrue(agent.waitFor(20, TimeUnit.SECONDS), "it goes when the capture has ended");
        assertEquals(ExitCode.OK, agent.exitValue());
    }

    @Test
    void mistakes_are_told_before_anything_is_made() {
        String output = folder.resolve("x").toString();
        assertEquals(ExitCode.USAGE, run("capture", "--hop", "a=ssh://web1", "--output", output));
        assertTrue(err.toString().contains("names no interface"), err::toString);
        assertEquals(ExitCode.USAGE, run("capture", "--hop", "a=push", "--output", output));
        assertTrue(err.toString().contains("go together"), err::toString);
        assertEquals(ExitCode.USAGE, run("interfaces", "eth0"));
        assertEquals(ExitCode.USAGE, run("agent", "--push", "127.0.0.1:1"));
        assertEquals(
                ExitCode.FORBIDDEN,
                run("capture", "--hop", "b=agent://127.0.0.1:1/lo", "--hop", "a=lo", "--output", output));
        assertTrue(err.toString().startsWith("PHX-1614 b did not begin, and so none did: "), err::toString);
        assertFalse(Files.exists(folder.resolve("x/a.pcapng")));
        assertEquals(
                ExitCode.FORBIDDEN,
                run("capture", "--interface", "ssh://127.0.0.1:1/lo", "--output", output + ".pcapng"));
        assertTrue(err.toString().startsWith("PHX-1614 ssh://127.0.0.1:1/lo cannot be reached"), err::toString);
        assertEquals(
                ExitCode.FORBIDDEN,
                run(
                        "receive",
                        "--folder",
                        output,
                        "--listen",
                        "192.0.2.77:1",
                        "--keys",
                        folder.resolve("k").toString()));
        assertTrue(err.toString().startsWith("PHX-1707 "), err::toString);
    }
}
