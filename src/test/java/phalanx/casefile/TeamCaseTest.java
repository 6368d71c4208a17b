package phalanx.casefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.casefile.CaseWriter.ok;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Cases in a team's PostgreSQL. */
class TeamCaseTest extends CaseContract {
    private static @Nullable PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new PostgresServer();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static PostgresServer server() {
        return Objects.requireNonNull(server);
    }

    @Override
    CaseStore store(String user) {
        return new CaseStore(user, ok(TeamDatabase.at(server().url())));
    }

    private void tamper(String change) throws Exception {
        String schema =
                "phalanx_" + Files.readString(home().resolve("case.id")).strip().replace("-", "");
        try (var connection = DriverManager.getConnection(server().url());
                Statement statement = connection.createStatement()) {
            statement.execute(change.replace("audit", schema + ".audit").replace("SCHEMA", schema));
        }
    }

    private void assertBroken(String change, String expected) throws Exception {
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            ada.leave(null);
            tamper(change);
            assertEquals(
                    CaseCheck.BROKEN + " : " + expected + "; the case can only be read.",
                    records(ada).getFirst());
            ada.leave(null);
            assertToldWhenOpened(ada, expected);
            ada.leave(null);
            assertEquals(
                    CaseCheck.BROKEN,
                    assertInstanceOf(Outcome.Failed.class, ada.rebuild(home()))
                            .problem()
                            .code());
        }
    }

    private void assertToldWhenOpened(CaseStore store, String expected) {
        ok(store.read(home()));
        Problem told = store.readOnly(home()).orElseThrow();
        assertEquals(CaseCheck.BROKEN, told.code());
        assertTrue(told.what().endsWith(": " + expected + "; the case can only be read."), told.what());
        assertEquals(
                told,
                assertInstanceOf(Outcome.Failed.class, store.write(home(), CONTENT.withDesk(null)))
                        .problem());
    }

    @Test
    void who_can_only_read_a_case_is_told_that_its_trail_is_broken() throws Exception {
        try (CaseStore ada = store("ada");
                CaseStore eve = store("eve")) {
            ok(ada.write(home(), CONTENT));
            tamper("UPDATE audit SET who = 'eve' WHERE number = 2");
            assertToldWhenOpened(eve, "entry 2 of the audit trail is not as it was written");
        }
    }

    @Test
    void a_changed_row_of_the_trail_is_named() throws Exception {
        assertBroken(
                "UPDATE audit SET who = 'eve' WHERE number = 2", "entry 2 of the audit trail is not as it was written");
    }

    @Test
    void a_removed_row_of_the_trail_is_named() throws Exception {
        assertBroken("DELETE FROM audit WHERE number = 3", "entry 3 of the audit trail is missing");
    }

    @Test
    void a_last_row_that_was_taken_away_is_missed() throws Exception {
        assertBroken(
                "DELETE FROM audit WHERE number = (SELECT MAX(number) FROM audit)",
                "entry 8 of the audit trail is missing");
    }

    @Test
    void an_inserted_row_of_the_trail_is_named() throws Exception {
        AuditTrail.Entry forged;
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            ok(ok(ada.open(home())).record(new Change.Restored("x")));
        }
        try (var connection = DriverManager.getConnection(server().url() + "&currentSchema=phalanx_"
                + Files.readString(home().resolve("case.id")).strip().replace("-", ""))) {
            Sql sql = new Sql(connection);
            forged = AuditTrail.after(
                    AuditTrail.end(sql), "2026-01-01T00:00:00Z", "eve", new Change.BookmarkRemoved("case"));
        }
        assertBroken(
                "INSERT INTO audit VALUES (%d, '%s', 'eve', '%s', '%s')"
                        .formatted(forged.number(), forged.at(), forged.content(), forged.hash()),
                "entry " + forged.number() + " of the audit trail was inserted");
    }

    @Test
    void a_server_that_went_away_is_told_without_its_password_and_all_goes_on_when_it_is_back() throws Exception {
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            Case open = ok(ada.open(home()));
            server().stop();
            Problem problem = assertInstanceOf(Outcome.Failed.class, open.record(bookmarked("case", "lost")))
                    .problem();
            assertEquals(TeamDatabase.UNREACHED, problem.code());
            assertFalse(problem.toString().contains(PostgresServer.PASSWORD));
            server().start();
            ok(open.record(bookmarked("case", "kept")));
            assertEquals("kept", titles(open).get("case"));
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
    }

    /** What is lost with the answer to a commit: that connection, or all that come after it, too. */
    private enum Losing {
        NOTHING,
        ONE,
        ALL
    }

    /** A network that can be lost: the clients notice, the server does not. */
    private static final class Network implements AutoCloseable {
        private final ServerSocket entry = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final List<Socket> clients = new CopyOnWriteArrayList<>();
        private final List<Socket> behind = new CopyOnWriteArrayList<>();
        private volatile Losing losing = Losing.NOTHING;

        Network() throws IOException {
            Jobs.assistant("network", this::serve);
        }

        private void serve() {
            try {
                while (true) {
                    Socket client = entry.accept();
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), server().port());
                    clients.add(client);
                    behind.add(server);
                    Jobs.assistant("there", () -> carry(client, server));
                    Jobs.assistant("back", () -> answer(server, client));
                }
            } catch (IOException _) {
                // the test is over
            }
        }

        private static void carry(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException _) {
                // it was lost
            }
        }

        private void answer(Socket from, Socket to) {
            byte[] some = new byte[1 << 16];
            try {
                int length = from.getInputStream().read(some);
                while (length > 0) {
                    boolean committed = new String(some, 0, length, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
                    if (committed && losing != Losing.NOTHING) {
                        if (losing == Losing.ALL) {
                            entry.close();
                        }
                        losing = Losing.NOTHING;
                        lose();
                        return;
                    }
                    to.getOutputStream().write(some, 0, length);
                    length = from.getInputStream().read(some);
                }
            } catch (IOException _) {
                // it was lost
            }
        }

        void lose() throws IOException {
            for (Socket client : clients) {
                client.close();
            }
            clients.clear();
        }

        @Override
        public void close() throws IOException {
            entry.close();
            lose();
            for (Socket socket : behind) {
                socket.close();
            }
        }
    }

    @Test
    void a_connection_that_the_network_lost_is_made_anew_by_the_next_save() throws Exception {
        try (Network network = new Network();
                CaseStore ada =
                        new CaseStore("ada", ok(TeamDatabase.at(PostgresServer.url(network.entry.getLocalPort()))))) {
            ok(ada.write(home(), CONTENT));
            Case open = ok(ada.open(home()));
            for (int time = 0; time < 3; time++) {
                network.lose();
                Problem problem = assertInstanceOf(Outcome.Failed.class, open.record(bookmarked("case", "lost")))
                        .problem();
                assertEquals(TeamDatabase.UNREACHED, problem.code());
                assertTrue(problem.remedy().contains("the next save connects anew"), problem.toString());
                assertTrue(ada.readOnly(home()).isEmpty());
                String title = "kept " + time;
                ok(open.record(bookmarked("case", title)));
                assertEquals(title, titles(open).get("case"));
                assertEquals(List.of(), ada.notices(home()));
            }
        }
    }

    @Test
    void a_commit_whose_answer_was_lost_is_looked_for_and_told_as_it_is() throws Exception {
        try (Network network = new Network();
                CaseStore ada =
                        new CaseStore("ada", ok(TeamDatabase.at(PostgresServer.url(network.entry.getLocalPort()))));
                CaseStore eve = store("eve")) {
            ok(ada.write(home(), CONTENT));
            Case open = ok(ada.open(home()));
            int entries = ok(open.trail()).size();
            network.losing = Losing.ONE;
            ok(open.record(bookmarked("case", "kept")));
            assertEquals(Losing.NOTHING, network.losing, "it was lost");
            assertEquals("kept", titles(open).get("case"));
            assertEquals(entries + 1, ok(open.trail()).size(), "once");
            ok(open.record(bookmarked("case", "and on")));
            assertTrue(ada.readOnly(home()).isEmpty());

            network.losing = Losing.ALL;
            Problem problem = assertInstanceOf(Outcome.Failed.class, open.record(bookmarked("case", "who knows")))
                    .problem();
            assertEquals(TeamDatabase.UNREACHED, problem.code());
            assertTrue(problem.what().contains("whether the last change was saved is not known"), problem.what());
            ada.leave(null);
            assertEquals(List.of(), records(eve));
        }
    }

    @Test
    void what_another_one_changed_while_the_connection_was_lost_is_not_written_over() throws Exception {
        try (Network network = new Network();
                CaseStore ada =
                        new CaseStore("ada", ok(TeamDatabase.at(PostgresServer.url(network.entry.getLocalPort()))));
                CaseStore eve = store("eve")) {
            ok(ada.write(home(), CONTENT));
            network.lose();
            try (var connection = DriverManager.getConnection(server().url());
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()");
            }
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (ok(eve.open(home())).readOnly().isPresent() && System.nanoTime() < until) {
                eve.leave(null);
                TimeUnit.MILLISECONDS.sleep(50);
            }
            ok(ok(eve.open(home())).record(new Change.NoteWritten(NOTE)));
            assertInstanceOf(Outcome.Failed.class, ada.write(home(), CONTENT.withDesk(null))); // lost
            assertInstanceOf(Outcome.Failed.class, ada.write(home(), CONTENT.withDesk(null))); // taken
            assertTrue(ada.readOnly(home()).isEmpty(), "it may be free by now");
            eve.leave(null);
            Problem problem = assertInstanceOf(Outcome.Failed.class, ada.write(home(), CONTENT.withDesk(null)))
                    .problem();
            assertTrue(problem.what().contains("was changed in another Phalanx"), problem.toString());
            assertEquals(problem, ada.readOnly(home()).orElseThrow());
            ada.leave(null);
            assertEquals(
                    CONTENT.notes().size() + 1, ok(ada.read(home())).notes().size());
            assertTrue(ada.readOnly(home()).isEmpty());
        }
    }

    @Test
    void a_case_of_the_team_says_so_where_no_team_is_known() {
        try (CaseStore ada = store("ada");
                CaseStore alone = new CaseStore("eve", null)) {
            ok(ada.write(home(), CONTENT));
            Problem problem =
                    assertInstanceOf(Outcome.Failed.class, alone.read(home())).problem();
            assertTrue(problem.remedy().contains("PHALANX_STORE"), problem.toString());
        }
    }

    @Test
    void a_newer_form_is_refused() throws Exception {
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            ada.leave(null);
            tamper("INSERT INTO SCHEMA.flyway_schema_history VALUES (9, '7', 'x', 'SQL', 'x', 0, 'x', now(), 0, TRUE)");
            for (Outcome<?> outcome : List.of(ada.read(home()), ada.write(home(), CONTENT))) {
                assertEquals(
                        CaseStore.NEWER,
                        assertInstanceOf(Outcome.Failed.class, outcome)
                                .problem()
                                .code());
            }
        }
    }

    @Test
    void addresses_with_passwords_and_of_other_databases_are_refused() {
        for (String url : List.of(
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'x'",
                "jdbc:postgresql://h/d?user=a&password=b",
                "jdbc:postgresql://h/d?socketFactory=x(y)",
                "postgresql://a:b@h/d",
                "jdbc:postgresql://a:b@h/d")) {
            Problem problem =
                    assertInstanceOf(Outcome.Failed.class, TeamDatabase.at(url)).problem();
            assertEquals(TeamDatabase.UNREACHED, problem.code());
            assertFalse(problem.what().contains(url));
        }
    }
}
