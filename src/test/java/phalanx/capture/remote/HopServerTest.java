package phalanx.capture.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.capture.remote.Datagrams.await;
import static phalanx.capture.remote.Datagrams.ok;
import static phalanx.capture.remote.Datagrams.problem;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Problem;

/** Who gets a line when many come. */
class HopServerTest {
    private static final HopToken TOKEN = HopToken.of("canary-0123456789abcdef");

    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Socket> silent = new ArrayList<>();
    private final List<HopLine> known = new ArrayList<>();
    private HopIdentity identity;
    private HopServer server;

    /** Answers until the line ends. */
    private static final class Echo implements HopServer.Handler {
        @Override
        public Message.@Nullable Refused refuses(String hop) {
            return null;
        }

        @Override
        public void serve(HopLine line, String hop) throws IOException {
            while (true) {
                line.send(line.receive(Message.MOST_TOLD));
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        identity = HopIdentity.in(folder);
        server = ok(HopServer.listen("127.0.0.1", 0, identity, TOKEN, new Echo(), told::add));
    }

    @AfterEach
    void end() throws IOException {
        known.forEach(HopLine::close);
        for (Socket socket : silent) {
            socket.close();
        }
        server.close();
    }

    private AgentAccess access() throws Exception {
        return new AgentAccess(Set.of(identity.fingerprint()), TOKEN);
    }

    private void connectSilently(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            silent.add(new Socket(
                    InetAddress.ofLiteral("127.0.0.1"), server.address().getPort()));
        }
    }

    private HopLine connect() throws Exception {
        HopLine line = ok(HopLine.connect("it", "127.0.0.1", server.address().getPort(), access(), ""));
        known.add(line);
        return line;
    }

    private static void assertServed(HopLine line) throws IOException {
        line.send(new Message.Ack(7));
        assertEquals(new Message.Ack(7), line.receive(Message.MOST_TOLD));
    }

    @Test
    void many_who_connect_and_say_nothing_keep_nobody_out_and_end_no_line() throws Exception {
        HopLine before = connect();
        connectSilently(40); // more than there are lines
        HopLine behind = connect();
        connectSilently(40);
        assertServed(before);
        assertServed(behind);
        await("those who are too many are let go", () -> threads() <= 2 + 16);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("hop line"))
                .count();
    }

    @Test
    void of_those_with_the_token_one_too_many_is_told_so_and_has_a_place_when_another_one_goes() throws Exception {
        for (int i = 0; i < 32; i++) {
            assertServed(connect());
        }
        Problem problem =
                problem(HopLine.connect("it", "127.0.0.1", server.address().getPort(), access(), ""));
        assertEquals(HopLine.REFUSED, problem.code());
        assertTrue(problem.what().contains("it has 32 lines already"), problem::what);
        known.removeFirst().close();
        await("its place is free", () -> threads() < 32);
        assertServed(connect());
    }
}
