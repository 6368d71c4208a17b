package phalanx.capture.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.capture.remote.Datagrams.await;
import static phalanx.capture.remote.Datagrams.ok;
import static phalanx.capture.remote.Datagrams.problem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.capture.CaptureFile;
import phalanx.capture.PcapngWriter;
import phalanx.capture.live.CaptureFilter;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.FrameSource;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Captures by ssh from OpenSSH's own server on this machine, whose lines are cut and whose keys change. */
class SshSourceTest {
    private static final int PORT = 40_931;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    private LocalSshServer server;

    @BeforeEach
    void start() throws Exception {
        server = LocalSshServer.start(folder);
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }

    private static CaptureOptions options(String filter) {
        return new CaptureOptions("lo", filter, 0, false, 4 << 20);
    }

    private Outcome<FrameSource> open(SshAccess access, String filter) {
        return SshSource.open(server.address("lo"), access, options(filter), PATIENCE);
    }

    private LiveCapture capture(String filter) {
        RingOptions ring = new RingOptions(folder.resolve("far.pcapng"), 0, 0, 0, 0);
        return ok(open(server.access(), filter).then(source -> LiveCapture.start(source, options(filter), ring)));
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static boolean toolIsLeft() {
        return ProcessHandle.allProcesses()
                .anyMatch(one -> one.info().commandLine().orElse("").contains("port " + PORT)
                        && one.info().command().orElse("").matches(".*(dumpcap|tcpdump)"));
    }

    @Test
    void what_passes_there_is_in_a_file_here_and_nothing_is_left_running_there() throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture("udp dst port " + PORT)) {
            assertEquals("dumpcap on 127.0.0.1", capture.by());
            datagrams.send(3000);
            await("all there", () -> capture.counts().frames() == 3000);
            assertTrue(toolIsLeft(), "so that the look below sees one");
            long from = System.nanoTime();
            capture.stop();
            assertTrue(capture.await(Datagrams.PATIENCE_MILLIS));
            assertTrue(System.nanoTime() - from < 4_900_000_000L, "of itself");
            assertNull(capture.problem());
            assertEquals(0, capture.counts().dropped());
            assertEquals(List.of(), capture.gaps());
        }
        assertEquals(numbers(0, 3000), Datagrams.read(folder.resolve("far.pcapng")));
        await("the tool ended", () -> !toolIsLeft());
    }

    @Test
    void the_line_itself_is_left_out_of_the_capture() {
        try (LiveCapture capture = capture("port " + server.port() + " or udp port " + PORT)) {
            Datagrams.sleep(4000); // a keep-alive passes in it
            assertEquals(0, capture.counts().frames(), "no packet of ssh");
            capture.stop();
        }
    }

    @Test
    void a_cut_line_is_made_again_in_the_same_file_and_the_gap_is_counted() throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture("udp dst port " + PORT)) {
            datagrams.send(500);
            await("before", () -> capture.counts().frames() == 500);
            server.cut();
            Datagrams.sleep(1500);
            server.listenAgain();
            await("the gap ended", () -> capture.gaps().size() == 1);
            long before = datagrams.sent();
            datagrams.send(700);
            await("behind", () -> capture.counts().frames() == 1200);
            assertEquals(500, before);
            long cut = capture.gaps().getFirst().millis();
            assertTrue(cut >= 1400 && cut < 15_000, "cut for " + cut + " ms");
            assertTrue(capture.isRunning());
        }
        assertEquals(numbers(0, 1200), Datagrams.read(folder.resolve("far.pcapng")), "one whole file");
        String text = new String(Files.readAllBytes(folder.resolve("far.pcapng")), StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("the line was cut for "), "the packet behind the gap says so");
        await("no tool is left of the line that was cut", () -> !toolIsLeft());
    }

    @Test
    void a_line_that_falls_silent_is_noticed_and_made_again() throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture("udp dst port " + PORT)) {
            datagrams.send(10);
            await("before", () -> capture.counts().frames() == 10);
            long from = System.nanoTime();
            server.hang();
            await("made again", () -> capture.gaps().size() == 1);
            assertTrue(System.nanoTime() - from < 16_000_000_000L, "8 s at most, and the time to connect again");
            assertTrue(capture.gaps().getFirst().millis() > 5_000, "since the last sign of life");
            datagrams.send(10);
            await("behind", () -> capture.counts().frames() == 20);
        }
    }

    @Test
    void a_line_that_stays_cut_ends_the_capture_with_a_sentence() throws Exception {
        RingOptions ring = new RingOptions(folder.resolve("far.pcapng"), 0, 0, 0, 0);
        FrameSource source = ok(SshSource.open(
                server.address("lo"), server.access(), options("udp dst port " + PORT), Duration.ofSeconds(1)));
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = ok(LiveCapture.start(source, options("udp dst port " + PORT), ring))) {
            datagrams.send(10);
            await("before", () -> capture.counts().frames() == 10);
            server.close();
            await("ended", () -> !capture.isRunning());
            Problem problem = Objects.requireNonNull(capture.problem());
            assertEquals(RemoteProblems.CUT, problem.code());
            assertTrue(problem.what().contains("was cut and did not come back"), problem::what);
        }
        assertEquals(numbers(0, 10), Datagrams.read(folder.resolve("far.pcapng")));
    }

    @Test
    void an_unknown_and_a_changed_host_key_are_refused_and_a_named_one_is_accepted() throws Exception {
        SshAccess known = server.access();
        SshAccess stranger =
                new SshAccess(List.of(folder.resolve("nothing")), Set.of(), known.identities(), null, Secrets.NONE);
        Problem unknown = problem(open(stranger, ""));
        assertEquals(HostKeys.UNKNOWN, unknown.code());
        assertTrue(unknown.what().matches(".*\\(SHA256:[A-Za-z0-9+/]{43}\\) is not known\\."), unknown::what);
        String print = unknown.what().replaceAll(".*\\((SHA256:[^)]*)\\).*", "$1");
        assertTrue(unknown.remedy().contains("--accept-host-key " + print), unknown::remedy);

        SshAccess named = new SshAccess(List.of(), Set.of(print), known.identities(), null, Secrets.NONE);
        ok(open(named, "")).abandon();
        SshAccess other =
                new SshAccess(List.of(), Set.of("SHA256:" + "A".repeat(43)), known.identities(), null, Secrets.NONE);
        assertEquals(HostKeys.UNKNOWN, problem(open(other, "")).code());

        server.changeHostKey();
        Problem changed = problem(open(known, ""));
        assertEquals(HostKeys.CHANGED, changed.code());
        assertTrue(changed.what().contains("SHA256:") && !changed.what().contains(print), changed::what);
    }

    @Test
    void a_host_key_that_changes_while_the_line_is_cut_ends_the_capture() throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture("udp dst port " + PORT)) {
            datagrams.send(10);
            await("before", () -> capture.counts().frames() == 10);
            server.changeHostKey();
            await("ended", () -> !capture.isRunning());
            assertEquals(
                    HostKeys.CHANGED, Objects.requireNonNull(capture.problem()).code());
        }
    }

    @Test
    void who_has_no_key_is_not_let_in_and_what_is_not_there_is_told() {
        SshAccess nobody = new SshAccess(server.access().knownHosts(), Set.of(), List.of(), null, _ -> "wrong");
        assertEquals(RemoteProblems.NOT_LET_IN, problem(open(nobody, "")).code());
        HopAddress.Ssh nowhere = new HopAddress.Ssh("", "127.0.0.1", 1, "lo");
        assertEquals(
                RemoteProblems.UNREACHABLE,
                problem(SshSource.open(nowhere, server.access(), options(""), PATIENCE))
                        .code());
        HopAddress.Ssh noName = new HopAddress.Ssh("", "no-such-host.invalid", 22, "lo");
        assertEquals(
                RemoteProblems.UNREACHABLE,
                problem(SshSource.open(noName, server.access(), options(""), PATIENCE))
                        .code());
        CaptureOptions missing = new CaptureOptions("nothere0", "", 0, false, 4 << 20);
        Problem problem = problem(SshSource.open(server.address("nothere0"), server.access(), missing, PATIENCE));
        assertEquals(RemoteProblems.NOT_STARTED, problem.code());
        assertTrue(problem.what().contains("nothere0"), problem::what);
    }

    @Test
    void keys_of_the_agent_are_used() throws Exception {
        Path socket = Files.createTempDirectory("phx").resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await("the agent listens", () -> Files.exists(socket));
            ProcessBuilder add =
                    new ProcessBuilder("ssh-add", "-q", server.file("user_key").toString());
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertEquals(0, add.start().waitFor());
            SshAccess byAgent = new SshAccess(server.access().knownHosts(), Set.of(), List.of(), socket, Secrets.NONE);
            ok(open(byAgent, "udp port " + PORT)).abandon();
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }

    @Test
    void tools_that_may_not_capture_are_run_by_sudo_and_without_it_the_reason_is_told() throws Exception {
        server.program("dumpcap", "echo 'You do not have permission to capture on device lo.' >&2; exit 1");
        server.program("tcpdump", "echo 'tcpdump: lo: Operation not permitted' >&2; exit 1");
        server.program("sudo", "echo 'sudo: a password is required' >&2; exit 1");
        Problem forbidden = problem(open(server.access(), "udp port " + PORT));
        assertEquals(RemoteProblems.NOT_STARTED, forbidden.code());
        assertTrue(forbidden.what().startsWith("Your user there may not capture on ssh://127.0.0.1"), forbidden::what);
        server.program("sudo", "[ \"$1\" = -n ] || exit 1; shift; exec /usr/bin/\"$@\"");
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture("udp dst port " + PORT)) {
            datagrams.send(10);
            await("by sudo", () -> capture.counts().frames() == 10);
        }
        server.program("sudo", "exit 127");
        server.program("dumpcap", "exit 127");
        server.program("tcpdump", "exit 127");
        Problem none = problem(open(server.access(), ""));
        assertTrue(none.what().endsWith("neither dumpcap nor tcpdump is there."), none::what);
    }

    @Test
    void a_shell_that_prints_something_of_its_own_is_told() throws Exception {
        server.program("dumpcap", "echo Welcome to this machine");
        server.program("tcpdump", "echo Welcome to this machine");
        server.program("sudo", "exit 1");
        assertEquals(
                RemoteProblems.NOT_STARTED, problem(open(server.access(), "")).code());
    }

    @Test
    void a_command_that_never_ends_is_not_waited_for() throws Exception {
        try (SshLine line = ok(SshLine.open(server.address("lo"), server.access(), Secrets.NONE))) {
            long from = System.nanoTime();
            IOException late = assertThrows(IOException.class, () -> line.answer("sleep 60", Duration.ofSeconds(1)));
            assertEquals("no answer within 1 s", late.getMessage());
            assertTrue(System.nanoTime() - from < 20_000_000_000L);
            assertEquals("7", line.answer("echo 7", Duration.ofSeconds(20)).strip(), "the line goes on");
        }
    }

    @Test
    void what_arrives_damaged_over_a_line_that_holds_ends_the_capture() throws Exception {
        byte[] packed;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(new GZIPOutputStream(out), "")) {
            int id = writer.addInterface("lo", 1, 0);
            byte[] frame = new byte[1000];
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < 3000; i++) {
                random.nextBytes(frame);
                writer.packet(id, i, frame, 0, frame.length, frame.length, 0, "");
            }
        }
        packed = out.toByteArray();
        Arrays.fill(packed, packed.length / 2, packed.length / 2 + 5000, (byte) 0xFF);
        Path sent = Files.write(server.file("sent"), packed);
        server.program("dumpcap", "cat " + sent + "; sleep 60");
        try (LiveCapture capture = capture("")) {
            await("ended", () -> !capture.isRunning());
            Problem problem = Objects.requireNonNull(capture.problem());
            assertEquals(CaptureFile.DAMAGED, problem.code(), problem::what);
            assertTrue(problem.what().startsWith("What ssh://127.0.0.1"), problem::what);
            assertTrue(capture.counts().frames() > 1000, "what came before is kept");
            assertEquals(List.of(), capture.gaps());
        }
    }

    @Test
    void a_password_is_asked_for_once_and_shown_whichever_way_the_server_asks() throws Exception {
        for (boolean keyboard : new boolean[] {false, true}) {
            try (SshServer other = SshServer.setUpDefaultServer()) {
                other.setHost("127.0.0.1");
                other.setKeyPairProvider(new SimpleGeneratorHostKeyProvider(folder.resolve("other_key")));
                other.setPasswordAuthenticator(
                        (user, password, _) -> user.equals("admin") && password.equals("canary"));
                other.setUserAuthFactories(List.of(
                        keyboard ? UserAuthKeyboardInteractiveFactory.INSTANCE : UserAuthPasswordFactory.INSTANCE));
                other.start();
                HopAddress.Ssh at = new HopAddress.Ssh("admin", "127.0.0.1", other.getPort(), "lo");
                SshAccess stranger = new SshAccess(List.of(), Set.of(), List.of(), null, Secrets.NONE);
                String print = problem(SshLine.open(at, stranger, Secrets.NONE))
                        .what()
                        .replaceAll(".*\\((SHA256:[^)]*)\\).*", "$1");
                SshAccess access = new SshAccess(List.of(), Set.of(print), List.of(), null, Secrets.NONE);
                List<String> asked = new ArrayList<>();
                ok(SshLine.open(at, access, what -> {
                            asked.add(what);
                            return "canary";
                        }))
                        .close();
                assertEquals(List.of("the password of admin@127.0.0.1"), asked);
                Problem wrong = problem(SshLine.open(at, access, _ -> "wrong"));
                assertEquals(RemoteProblems.NOT_LET_IN, wrong.code());
                assertEquals(
                        RemoteProblems.NOT_LET_IN,
                        problem(SshLine.open(at, access, Secrets.NONE)).code());
            }
        }
    }

    @Test
    void words_that_a_shell_would_take_for_its_own_are_refused_before_anything_is_asked() {
        Path canary = folder.resolve("canary");
        for (String filter : List.of(
                "tcp'; touch " + canary + "; '",
                "tcp`touch " + canary + "`",
                "tcp $(touch " + canary + ")",
                "tcp\ntouch " + canary,
                "tcp; touch " + canary,
                "tcp \\' touch",
                "tcp\u0000")) {
            Problem problem = problem(open(server.access(), filter));
            assertEquals(CaptureFilter.WRONG, problem.code(), filter);
        }
        for (String device : List.of("lo;touch " + canary, "-w/tmp/x", "lo'", "$(id)", "", "a b", "lo\n")) {
            CaptureOptions at = new CaptureOptions(device, "", 0, false, 4 << 20);
            assertEquals(
                    HopAddress.WRONG,
                    problem(SshSource.open(server.address("lo"), server.access(), at, PATIENCE))
                            .code(),
                    device);
        }
        assertFalse(Files.exists(canary));
        ok(open(server.access(), "(tcp[tcpflags] & (tcp-syn|tcp-fin) != 0 and not host 10.0.0.1) or ether proto \\ip"))
                .abandon();
    }
}
