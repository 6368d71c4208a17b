package phalanx.capture.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.capture.remote.Datagrams.await;
import static phalanx.capture.remote.Datagrams.ok;
import static phalanx.capture.remote.Datagrams.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.capture.live.CaptureInterface;
import phalanx.capture.live.CaptureInterfaces;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.FrameReceiver;
import phalanx.capture.live.FrameSource;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** An agent and who records, in one process with real TLS, through a relay that cuts and slows the line. */
class AgentTest {
    private static final int PORT = 40_941;
    private static final String TOKEN = "canary-0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final CaptureOptions OPTIONS = new CaptureOptions("lo", "udp dst port " + PORT, 0, false, 4 << 20);

    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new CopyOnWriteArrayList<>();
    private HopIdentity identity;
    private AgentServer agent;
    private Relay relay;

    @BeforeEach
    void start() throws Exception {
        boolean may = FrameSource.open(OPTIONS) instanceof Outcome.Ok<FrameSource>(var source) && abandoned(source);
        if (!may) {
            System.err.println("SKIPPED: this user may not capture on lo, so no agent is tested");
        }
        Assumptions.assumeTrue(may, "this user may not capture on lo");
        identity = HopIdentity.in(folder.resolve("agent"));
        listen(16 << 20);
    }

    private static boolean abandoned(FrameSource source) {
        source.abandon();
        return true;
    }

    private void listen(long buffer) throws IOException {
        if (agent != null) {
            agent.close();
            relay.close();
        }
        agent = ok(AgentServer.listen("127.0.0.1", 0, identity, HopToken.of(TOKEN), buffer, PATIENCE, told::add));
        relay = new Relay(agent.address().getPort());
    }

    @AfterEach
    void end() throws IOException {
        if (agent != null) {
            agent.close();
            relay.close();
        }
    }

    private AgentAccess access() throws Exception {
        return new AgentAccess(Set.of(identity.fingerprint()), HopToken.of(TOKEN));
    }

    private RemoteAccess remote(AgentAccess agentAccess) {
        return new RemoteAccess(SshAccess.usual(folder, null, Secrets.NONE), agentAccess, null, PATIENCE);
    }

    private HopCaptures.Hop hop(CaptureOptions options) {
        return new HopCaptures.Hop(
                "lb",
                new HopAddress.Agent("127.0.0.1", relay.port(), options.device()),
                options,
                new RingOptions(folder.resolve("lb.pcapng"), 0, 0, 0, 0));
    }

    private LiveCapture capture() throws Exception {
        return Objects.requireNonNull(
                ok(HopCaptures.start(List.of(hop(OPTIONS)), remote(access()))).get("lb"));
    }

    private static List<Integer> numbers(int to) {
        return IntStream.range(0, to).boxed().toList();
    }

    @Test
    void what_passes_at_the_agent_is_in_a_file_here() throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture()) {
            assertEquals("libpcap of the agent", capture.by());
            datagrams.send(5000);
            await("all there", () -> capture.counts().frames() == 5000);
            capture.stop();
            assertTrue(capture.await(Datagrams.PATIENCE_MILLIS));
            assertNull(capture.problem());
            assertEquals(0, capture.counts().dropped());
        }
        assertEquals(numbers(5000), Datagrams.read(folder.resolve("lb.pcapng")));
        await("the agent says so", () -> told.contains("127.0.0.1: everything was sent"));
    }

    @Test
    void a_cut_line_goes_on_where_it_was_cut_without_a_loss_or_a_double() throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture()) {
            for (int round = 0; round < 5; round++) {
                datagrams.send(1000);
                relay.cut(); // while they are under way
                datagrams.send(1000);
                int cuts = round + 1;
                await("made again", () -> relay.lines() > cuts);
            }
            await("all there", () -> capture.counts().frames() == 10_000);
            capture.stop();
            assertTrue(capture.await(Datagrams.PATIENCE_MILLIS));
            assertNull(capture.problem());
            assertEquals(0, capture.counts().dropped());
            assertEquals(List.of(), capture.gaps(), "nothing was missed, so no gap");
        }
        assertEquals(numbers(10_000), Datagrams.read(folder.resolve("lb.pcapng")));
    }

    @Test
    void what_the_buffer_of_the_agent_does_not_hold_is_lost_and_counted_and_the_file_says_so() throws Exception {
        listen(400 * 1000L);
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture()) {
            datagrams.send(100);
            await("before", () -> capture.counts().frames() == 100);
            relay.refuse(true);
            relay.cut();
            datagrams.send(5000);
            Datagrams.sleep(500);
            relay.refuse(false);
            await(
                    "all known",
                    () -> capture.counts().dropped() > 0
                            && capture.counts().frames() + capture.counts().dropped() == 5100);
            datagrams.send(50);
            await("and on", () -> capture.counts().frames() + capture.counts().dropped() == 5150);
            long kept = capture.counts().frames();
            assertTrue(kept > 1000 && kept < 3000, () -> kept + " are what 400 kB hold");
            capture.stop();
            assertTrue(capture.await(Datagrams.PATIENCE_MILLIS));
        }
        List<Integer> read = Datagrams.read(folder.resolve("lb.pcapng"));
        assertEquals(numbers(read.size() - 50), read.subList(0, read.size() - 50), "in order up to the loss");
        assertEquals(5149, read.getLast());
        try (FrameCursor cursor = ok(CaptureFile.open(folder.resolve("lb.pcapng")))) {
            while (cursor.next()) {
                assertTrue(cursor.captured() > 0);
            }
            assertEquals(
                    5150 - read.size(), cursor.summary().interfaces().getFirst().drops());
        }
    }

    @Test
    void an_agent_that_was_started_anew_begins_a_new_capture_in_the_same_file_and_the_gap_is_counted()
            throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture()) {
            datagrams.send(100);
            await("before", () -> capture.counts().frames() == 100);
            int port = agent.address().getPort();
            agent.close();
            relay.cut();
            Datagrams.sleep(1000);
            agent = ok(
                    AgentServer.listen("127.0.0.1", port, identity, HopToken.of(TOKEN), 1 << 20, PATIENCE, told::add));
            await("the gap ended", () -> capture.gaps().size() == 1);
            assertTrue(capture.gaps().getFirst().millis() >= 900);
            datagrams.send(100);
            await("behind", () -> capture.counts().frames() == 200);
        }
        assertEquals(numbers(200), Datagrams.read(folder.resolve("lb.pcapng")));
    }

    @Test
    void stop_ends_a_capture_whose_line_is_being_made_again() throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture()) {
            datagrams.send(100);
            await("before", () -> capture.counts().frames() == 100);
            relay.silence(true); // who connects waits for an answer
            relay.cut();
            await("it connects", () -> relay.lines() == 2);
            capture.stop();
            assertTrue(capture.await(2000), "it does not wait for the connection");
            assertEquals(
                    RemoteProblems.CUT,
                    Objects.requireNonNull(capture.problem()).code());
        }
        assertEquals(numbers(100), Datagrams.read(folder.resolve("lb.pcapng")));
    }

    @Test
    void stop_that_falls_together_with_a_line_that_was_made_again_ends_the_capture_here_and_there() throws Exception {
        HopCaptures.Hop hop = hop(OPTIONS);
        AgentAccess access = access();
        AtomicReference<@Nullable LiveCapture> capture = new AtomicReference<>();
        FrameSource source = ok(AgentSource.open(
                hop.at(),
                () -> {
                    Outcome<HopLine> line = HopLine.connect("it", "127.0.0.1", relay.port(), access, "");
                    LiveCapture now = capture.get();
                    if (now != null) {
                        now.stop();
                    }
                    return line;
                },
                OPTIONS,
                PATIENCE));
        LiveCapture begun = ok(LiveCapture.start(source, OPTIONS, hop.ring()));
        capture.set(begun);
        relay.cut();
        assertTrue(begun.await(8_000));
        await("the agent does not capture any more", () -> capturing() == 0);
    }

    private static long capturing() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("agent capture"))
                .count();
    }

    @Test
    void what_a_slow_line_has_not_brought_after_stop_is_counted_and_told() throws Exception {
        try (Datagrams datagrams = new Datagrams(PORT);
                LiveCapture capture = capture()) {
            datagrams.send(100);
            await("before", () -> capture.counts().frames() == 100);
            relay.slow(100); // 80 kB a second
            datagrams.send(30_000);
            capture.stop();
            assertTrue(capture.await(Datagrams.PATIENCE_MILLIS));
            LiveCapture.Counts counts = capture.counts();
            Problem problem = Objects.requireNonNull(capture.problem());
            assertTrue(
                    problem.what().endsWith("did not arrive in time: " + counts.dropped() + " packets."),
                    () -> problem + " " + counts);
            assertTrue(counts.dropped() > 1000, counts::toString);
            assertEquals(30_100, counts.frames() + counts.dropped());
        }
    }

    @Test
    void what_an_agent_says_of_itself_reaches_no_terminal_raw() throws Exception {
        HopServer.Handler liar = new HopServer.Handler() {
            @Override
            public Message.@Nullable Refused refuses(String hop) {
                return null;
            }

            @Override
            public void serve(HopLine line, String hop) throws IOException {
                line.send(
                        line.receive(Message.MOST_TOLD) instanceof Message.Start
                                ? new Message.Started(false, "\u001b]0;owned\u0007")
                                : new Message.Refused("\u001b[2Jno", "\u001b[2J"));
            }
        };
        try (HopServer server = ok(HopServer.listen("127.0.0.1", 0, identity, HopToken.of(TOKEN), liar, told::add))) {
            HopAddress.Agent at =
                    new HopAddress.Agent("127.0.0.1", server.address().getPort(), "lo");
            FrameSource source = ok(HopCaptures.open(
                    new HopCaptures.Hop("lb", at, OPTIONS, hop(OPTIONS).ring()), remote(access())));
            assertEquals("?]0;owned? of the agent", source.name());
            source.stop();
            Problem refused = problem(HopCaptures.interfaces(at, remote(access())));
            assertEquals(RemoteProblems.NOT_STARTED, refused.code());
            assertTrue(refused.what().endsWith("?[2Jno"), refused::what);
        }
    }

    /** By an agent that is another one each time, and cuts the line but the last time. @param clocks what it says the time is, by lines */
    private List<FrameSource.Gap> gaps(long[]... clocks) throws Exception {
        AtomicInteger lines = new AtomicInteger();
        HopServer.Handler anew = new HopServer.Handler() {
            @Override
            public Message.@Nullable Refused refuses(String hop) {
                return null;
            }

            @Override
            public void serve(HopLine line, String hop) throws IOException {
                assertInstanceOf(Message.Start.class, line.receive(Message.MOST_TOLD));
                line.send(new Message.Started(false, "test"));
                int number = lines.getAndIncrement();
                for (long millis : clocks[number]) {
                    line.send(new Message.Counts(0, 0, 0, millis));
                }
                if (number == clocks.length - 1) {
                    line.send(new Message.End(""));
                    line.receive(Message.MOST_TOLD);
                }
            }
        };
        try (HopServer server = ok(HopServer.listen("127.0.0.1", 0, identity, HopToken.of(TOKEN), anew, told::add))) {
            HopAddress.Agent at =
                    new HopAddress.Agent("127.0.0.1", server.address().getPort(), "lo");
            FrameSource source = ok(HopCaptures.open(
                    new HopCaptures.Hop("lb", at, OPTIONS, hop(OPTIONS).ring()), remote(access())));
            assertEquals(true, ok(source.run((_, _, _, _, _, _) -> {})));
            return source.gaps();
        }
    }

    @Test
    void what_was_sent_long_before_it_was_read_does_not_shorten_a_gap() throws Exception {
        long now = 50_000;
        List<FrameSource.Gap> gaps =
                gaps(new long[] {now, now - 5000}, new long[] {now}); // as if it had waited for who reads
        assertEquals(1, gaps.size());
        long gap = gaps.getFirst().millis();
        assertTrue(gap >= 5000 && gap < 9000, () -> gap + " ms");
    }

    @Test
    void another_clock_of_another_agent_makes_no_gap_longer() throws Exception {
        List<FrameSource.Gap> gaps = gaps(new long[] {3_600_000}, new long[] {0}, new long[] {7});
        assertEquals(2, gaps.size());
        gaps.forEach(gap -> assertTrue(gap.millis() < 9000, () -> gap + " ms"));
    }

    @Test
    void an_agent_whose_capture_fails_says_so() throws Exception {
        FrameSource broken = new FrameSource() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Outcome<Boolean> run(FrameReceiver to) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void stop() {}

            @Override
            public long dropped() {
                return 0;
            }
        };
        AgentSession session = new AgentSession(broken, new FrameBuffer(1 << 20));
        HopServer.Handler serving = new HopServer.Handler() {
            @Override
            public Message.@Nullable Refused refuses(String hop) {
                return null;
            }

            @Override
            public void serve(HopLine line, String hop) throws IOException, InterruptedException {
                session.serve(line, false, 0);
            }
        };
        try (HopServer server = ok(HopServer.listen("127.0.0.1", 0, identity, HopToken.of(TOKEN), serving, told::add));
                HopLine line =
                        ok(HopLine.connect("it", "127.0.0.1", server.address().getPort(), access(), ""))) {
            Message message = line.receive(Message.MOST_SENT);
            while (!(message instanceof Message.End)) {
                message = line.receive(Message.MOST_SENT);
            }
            assertEquals(new Message.End("Phalanx met a fault of its own there (IllegalStateException)."), message);
        }
    }

    @Test
    void a_receiver_that_takes_nothing_for_a_while_gets_what_the_buffer_held_and_the_count_of_the_rest()
            throws Exception {
        listen(1 << 20);
        int count = 30_000; // more than the buffer holds
        try (Datagrams datagrams = new Datagrams(PORT);
                HopLine line = ok(HopLine.connect("it", "127.0.0.1", relay.port(), access(), ""))) {
            line.send(new Message.Start(
                    UUID.randomUUID(), 0, new CaptureOptions("lo", OPTIONS.filter(), 0, false, 64 << 20)));
            assertInstanceOf(Message.Started.class, line.receive(Message.MOST_SENT));
            datagrams.send(count);
            long frames = 0;
            Message.Counts counts = new Message.Counts(0, 0, 0, 0);
            while (frames + counts.lost() + Math.max(0, counts.dropped()) < count) {
                switch (line.receive(Message.MOST_SENT)) {
                    case Message.Frame frame -> assertEquals(frames++, frame.number());
                    case Message.Counts said -> {
                        counts = said;
                        line.send(new Message.Ack(frames));
                    }
                    default -> throw new AssertionError("nothing else is due");
                }
            }
            assertTrue(counts.lost() > 0 && frames > 4000, counts + " and " + frames);
            assertEquals(count, frames + counts.lost() + Math.max(0, counts.dropped()));
        }
    }

    private static Message started(HopLine line) throws IOException {
        line.send(new Message.Start(UUID.randomUUID(), 0, OPTIONS));
        return line.receive(Message.MOST_SENT);
    }

    @Test
    void the_buffers_of_all_captures_of_an_agent_are_bounded_together() throws Exception {
        BufferRoom room = new BufferRoom(3 << 20);
        assertEquals(3 << 20, room.atMost(1L << 40), "one is never larger than all");
        try (AgentSessions sessions = new AgentSessions(2 << 20, PATIENCE, room)) {
            HopServer.Handler serving = new HopServer.Handler() {
                @Override
                public Message.@Nullable Refused refuses(String hop) {
                    return null;
                }

                @Override
                public void serve(HopLine line, String hop) throws IOException, InterruptedException {
                    sessions.serve(line, line.here(), "");
                }
            };
            try (HopServer server =
                    ok(HopServer.listen("127.0.0.1", 0, identity, HopToken.of(TOKEN), serving, told::add))) {
                try (HopLine first = line(server);
                        HopLine second = line(server)) {
                    assertInstanceOf(Message.Started.class, started(first));
                    Message.Refused refused = assertInstanceOf(Message.Refused.class, started(second));
                    assertEquals("it has no memory left for the buffer of another capture (2 MB).", refused.what());
                    assertTrue(refused.remedy().contains("--buffer"), refused::remedy);
                    first.send(new Message.Stop());
                    while (!(first.receive(Message.MOST_SENT) instanceof Message.End)) {
                        assertFalse(first.isClosed());
                    }
                }
                await("its room is free", () -> {
                    boolean free = room.take(2 << 20);
                    if (free) {
                        room.give(2 << 20);
                    }
                    return free;
                });
                try (HopLine third = line(server)) {
                    assertInstanceOf(Message.Started.class, started(third));
                }
            }
        }
        assertTrue(room.take(3 << 20), "all of it is given back");
    }

    private HopLine line(HopServer server) throws Exception {
        return ok(HopLine.connect("it", "127.0.0.1", server.address().getPort(), access(), ""));
    }

    @Test
    void the_buffer_of_an_agent_is_bounded_and_holds_what_has_not_arrived() throws Exception {
        FrameBuffer buffer = new FrameBuffer(1_000_000);
        byte[] frame = new byte[1000];
        for (int i = 0; i < 100_000; i++) {
            buffer.frame(1, i, frame, 0, frame.length, frame.length);
        }
        assertTrue(buffer.octets() <= 1_000_000);
        long held = buffer.octets() / 1096;
        assertEquals(100_000 - held, buffer.lost());
        for (int i = 0; i < held; i++) {
            assertEquals(i, Objects.requireNonNull(buffer.take(0)).number());
        }
        assertNull(buffer.take(0));
        buffer.frame(1, 0, frame, 0, frame.length, frame.length);
        assertEquals(100_001 - held, buffer.lost(), "sent is not arrived");
        assertTrue(buffer.resume(10));
        assertEquals(10, Objects.requireNonNull(buffer.take(0)).number(), "sent again from there on");
        assertFalse(buffer.resume(5), "what has arrived is not kept");
        while (buffer.take(0) != null) {
            assertTrue(buffer.octets() > 0);
        }
        buffer.acknowledged(held);
        assertEquals(0, buffer.octets());
    }

    @Test
    void a_wrong_token_and_an_unknown_certificate_are_refused_and_no_secret_is_told() throws Exception {
        AgentAccess wrong = new AgentAccess(Set.of(identity.fingerprint()), HopToken.of("another-0123456789abcdef"));
        Problem refused = problem(HopCaptures.start(List.of(hop(OPTIONS)), remote(wrong)));
        assertEquals(HopLine.REFUSED, refused.code());
        assertTrue(refused.what().contains("token is wrong"), refused::what);
        await("it is told", () -> told.contains("127.0.0.1: wrong token"));

        AgentAccess other = new AgentAccess(Set.of("SHA256:" + "A".repeat(43)), HopToken.of(TOKEN));
        Problem unknown = problem(HopCaptures.start(List.of(hop(OPTIONS)), remote(other)));
        assertEquals(HopLine.OTHER_CERTIFICATE, unknown.code());
        assertTrue(unknown.remedy().contains("--fingerprint " + identity.fingerprint()), unknown::remedy);
        assertEquals(
                HopLine.OTHER_CERTIFICATE,
                problem(HopCaptures.start(List.of(hop(OPTIONS)), remote(AgentAccess.NONE)))
                        .code(),
                "nobody is believed by default");
        assertFalse((refused + " " + unknown + told).contains("0123456789abcdef"), "no token in what is said");
        assertFalse(Files.exists(folder.resolve("lb.pcapng")));
    }

    @Test
    void what_the_agent_cannot_do_is_told_with_its_words() throws Exception {
        CaptureOptions nowhere = new CaptureOptions("nothere0", "", 0, false, 4 << 20);
        Problem problem = problem(HopCaptures.start(List.of(hop(nowhere)), remote(access())));
        assertEquals(RemoteProblems.NOT_STARTED, problem.code());
        assertTrue(problem.what().contains("There is no interface nothere0"), problem::what);
        Problem filter = problem(HopCaptures.start(
                List.of(hop(new CaptureOptions("lo", "tcp prot 1", 0, false, 4 << 20))), remote(access())));
        assertTrue(filter.what().contains("syntax error"), filter::what);
        List<CaptureInterface> there =
                ok(HopCaptures.interfaces(new HopAddress.Agent("127.0.0.1", relay.port(), ""), remote(access())));
        assertEquals(
                ok(CaptureInterfaces.list()).stream()
                        .map(CaptureInterface::name)
                        .toList(),
                there.stream().map(CaptureInterface::name).toList());
    }

    @Test
    void an_agent_that_pushes_is_recorded_when_it_comes() throws Exception {
        HopToken token = HopToken.of(TOKEN);
        try (PushListener listener = ok(PushListener.listen("127.0.0.1", 0, identity, token, Set.of("lb"), told::add));
                AgentPush push = new AgentPush(
                        "127.0.0.1", listener.address().getPort(), access(), "lb", "lo", 1 << 20, PATIENCE, told::add);
                AgentPush stranger = new AgentPush(
                        "127.0.0.1", listener.address().getPort(), access(), "x", "lo", 1 << 20, PATIENCE, told::add)) {
            assertEquals(HopLine.REFUSED, problem(stranger.run()).code());
            Thread pushing = Thread.ofPlatform().start(() -> {
                try {
                    assertEquals(true, ok(push.run()));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            RemoteAccess access =
                    new RemoteAccess(SshAccess.usual(folder, null, Secrets.NONE), AgentAccess.NONE, listener, PATIENCE);
            HopCaptures.Hop hop = new HopCaptures.Hop(
                    "lb",
                    new HopAddress.Pushed(),
                    new CaptureOptions("", OPTIONS.filter(), 0, false, 4 << 20),
                    new RingOptions(folder.resolve("lb.pcapng"), 0, 0, 0, 0));
            try (Datagrams datagrams = new Datagrams(PORT);
                    LiveCapture capture = Objects.requireNonNull(
                            ok(HopCaptures.start(List.of(hop), access)).get("lb"))) {
                datagrams.send(500);
                await("all there", () -> capture.counts().frames() == 500);
            }
            pushing.join(Datagrams.PATIENCE_MILLIS);
            assertFalse(pushing.isAlive(), "it goes when it is not needed any more");
        }
        assertEquals(numbers(500), Datagrams.read(folder.resolve("lb.pcapng")));
    }

    @Test
    void when_one_does_not_begin_none_does_and_the_sentence_names_it() throws Exception {
        HopCaptures.Hop here = new HopCaptures.Hop(
                "here",
                new HopAddress.Local("lo"),
                OPTIONS,
                new RingOptions(folder.resolve("here.pcapng"), 0, 0, 0, 0));
        HopCaptures.Hop nowhere = new HopCaptures.Hop(
                "edge",
                new HopAddress.Agent("127.0.0.1", 1, "lo"),
                OPTIONS,
                new RingOptions(folder.resolve("edge.pcapng"), 0, 0, 0, 0));
        Problem far = problem(HopCaptures.start(List.of(here, hop(OPTIONS), nowhere), remote(access())));
        assertEquals(RemoteProblems.UNREACHABLE, far.code());
        assertTrue(far.what().startsWith("edge did not begin, and so none did: agent://127.0.0.1:1/lo"), far::what);
        Files.writeString(folder.resolve("here.pcapng"), "mine");
        Problem file = problem(HopCaptures.start(List.of(hop(OPTIONS), here), remote(access())));
        assertEquals(LiveCapture.EXISTS, file.code());
        assertEquals("mine", Files.readString(folder.resolve("here.pcapng")));
        assertFalse(Files.exists(folder.resolve("lb.pcapng")), "what had begun is taken back");
        await("the agent was told", () -> told.contains("127.0.0.1: everything was sent"));
        Files.delete(folder.resolve("here.pcapng"));
        Map<String, LiveCapture> both = ok(HopCaptures.start(List.of(here, hop(OPTIONS)), remote(access())));
        assertEquals(List.of("here", "lb"), List.copyOf(both.keySet()));
        try (Datagrams datagrams = new Datagrams(PORT)) {
            datagrams.send(10);
            await(
                    "both",
                    () -> both.values().stream().allMatch(one -> one.counts().frames() == 10));
        }
        both.values().forEach(LiveCapture::close);
    }

    @Test
    void what_passes_before_all_points_are_ready_is_in_no_file() throws Exception {
        HopToken token = HopToken.of(TOKEN);
        HopCaptures.Hop edge = new HopCaptures.Hop(
                "edge", new HopAddress.Pushed(), OPTIONS, new RingOptions(folder.resolve("edge.pcapng"), 0, 0, 0, 0));
        HopCaptures.Hop here = new HopCaptures.Hop(
                "here",
                new HopAddress.Local("lo"),
                OPTIONS,
                new RingOptions(folder.resolve("here.pcapng"), 0, 0, 0, 0));
        try (Datagrams datagrams = new Datagrams(PORT);
                PushListener listener =
                        ok(PushListener.listen("127.0.0.1", 0, identity, token, Set.of("edge"), told::add));
                AgentPush push = new AgentPush(
                        "127.0.0.1",
                        listener.address().getPort(),
                        access(),
                        "edge",
                        "lo",
                        1 << 20,
                        PATIENCE,
                        told::add)) {
            Thread coming = Thread.ofPlatform().start(() -> {
                try {
                    await("the first one captures", () -> capturing() == 1);
                    datagrams.send(100);
                    Datagrams.sleep(300);
                    push.run();
                } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            Map<String, LiveCapture> all = ok(HopCaptures.start(
                    List.of(here, hop(OPTIONS), edge),
                    new RemoteAccess(SshAccess.usual(folder, null, Secrets.NONE), access(), listener, PATIENCE)));
            assertEquals(List.of("here", "lb", "edge"), List.copyOf(all.keySet()));
            datagrams.send(10);
            await(
                    "all have them",
                    () -> all.values().stream().allMatch(one -> one.counts().frames() >= 10));
            all.values().forEach(LiveCapture::close);
            coming.join(Datagrams.PATIENCE_MILLIS);
        }
        for (String name : List.of("here", "lb", "edge")) {
            assertEquals(
                    IntStream.range(100, 110).boxed().toList(), Datagrams.read(folder.resolve(name + ".pcapng")), name);
        }
    }

    @Test
    void certificate_and_token_are_made_once_and_for_their_owner_alone() throws Exception {
        assertEquals(
                identity.fingerprint(), HopIdentity.in(folder.resolve("agent")).fingerprint());
        assertNotEquals(
                identity.fingerprint(), HopIdentity.in(folder.resolve("other")).fingerprint());
        assertTrue(identity.fingerprint().matches("SHA256:[A-Za-z0-9+/]{43}"));
        Path file = folder.resolve("agent/token");
        HopToken made = HopToken.madeIn(file);
        assertTrue(made.is(HopToken.madeIn(file).secret()));
        assertFalse(made.is(TOKEN));
        for (String name : List.of("token", "identity.p12")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(
                            folder.resolve("agent").resolve(name))));
        }
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("agent"))));
        Files.writeString(folder.resolve("short"), "abc");
        try {
            HopToken.in(folder.resolve("short"));
            throw new AssertionError("three characters are no token");
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("16 to 256"), e::getMessage);
        }
        assertEquals(
                64, Files.readString(file, StandardCharsets.US_ASCII).strip().length());
    }
}
