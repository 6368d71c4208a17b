package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import phalanx.app.TestCaptures;

/** What looks at single requests: those under way, recordings, replays, breakpoints. */
class ProxyLabTest extends ProxyTesting {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonNode admin(String path) throws Exception {
        return JSON.readTree(admin("GET", path).body());
    }

    private CompletableFuture<HttpResponse<String>> later(String path) {
        return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The number of what stops first. */
    private long stopped() throws Exception {
        for (int i = 0; i < 200; i++) {
            JsonNode all = admin("/breakpoints").path("stopped");
            if (!all.isEmpty()) {
                return all.path(0).path("number").asLong();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("nothing stopped");
    }

    @Test
    void what_is_recorded_becomes_an_archive_without_secrets_and_can_be_sent_again() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        assertEquals(200, admin("POST", "/recording/start?bodies=64").statusCode());
        HttpRequest.Builder post =
                HttpRequest.newBuilder(uri("/up?q=%C3%A4")).POST(HttpRequest.BodyPublishers.ofString("what was said"));
        assertEquals(200, send(post, "Authorization", "Basic c2VjcmV0").statusCode());
        JsonNode entry = admin("/recording/har").path("log").path("entries").path(0);
        assertEquals("POST", entry.path("request").path("method").asText());
        assertEquals(
                "what was said",
                entry.path("request").path("postData").path("text").asText());
        assertEquals(
                "ä",
                entry.path("request").path("queryString").path(0).path("value").asText());
        assertTrue(entry.path("response").path("content").path("text").asText().startsWith("A POST /up"));
        assertFalse(entry.toString().contains("c2VjcmV0"), "masked unless it is asked for");
        assertTrue(admin("/recording/har?secrets=1").toString().contains("c2VjcmV0"));

        String id = entry.path("_id").asText();
        HttpResponse<String> again = admin("POST", "/recording/" + id + "/replay");
        assertEquals(200, again.statusCode());
        String ownId = again.body().split(" ", -1)[0];
        JsonNode replayed =
                admin("/recording/" + ownId).path("log").path("entries").path(0);
        assertEquals(
                "what was said",
                replayed.path("request").path("postData").path("text").asText());
        assertEquals(200, replayed.path("response").path("status").asInt());
        assertFalse(ownId.equals(id));

        send(HttpRequest.newBuilder(uri("/big")).POST(HttpRequest.BodyPublishers.ofString("x".repeat(65))));
        JsonNode big = admin("/recording").path("requests").path(0);
        assertEquals(
                409,
                admin("POST", "/recording/" + big.path("id").asText() + "/replay")
                        .statusCode());
        assertEquals(404, admin("POST", "/recording/none/replay").statusCode());
        assertEquals(405, admin("GET", "/recording/" + id + "/replay").statusCode());
        HttpResponse<String> read = admin("GET", "/reload");
        assertEquals(405, read.statusCode());
        assertEquals("POST", read.headers().firstValue("Allow").orElse(""));
        assertEquals(405, admin("POST", "/recording").statusCode());
        assertEquals(400, admin("POST", "/recording/start?bodies=1t").statusCode());
    }

    @Test
    void sites_at_two_addresses_of_one_port_do_not_hide_each_other() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start(Files.writeString(folder.resolve("two.conf"), """
                worker_threads 2;
                admin 127.0.0.1:0;
                http {
                    server { listen 127.0.0.1:%1$d; route /first { return 200 one; } }
                    server { listen 127.0.0.2:%1$d; route /second { return 200 two; } }
                }
                """.formatted(port)));
        admin("POST", "/recording/start");
        assertEquals("one", get("/first").body());
        JsonNode routes = admin("/routes").path("routes");
        assertEquals(2, routes.size(), routes.toString());
        String id = admin("/recording").path("requests").path(0).path("id").asText();
        HttpResponse<String> again = admin("POST", "/recording/" + id + "/replay");
        assertTrue(again.body().endsWith(" 200\n"), again.body());
    }

    @Test
    void a_request_stops_is_changed_and_goes_on() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        assertEquals(400, admin("POST", "/breakpoints?set=sometimes").statusCode());
        assertEquals(
                200,
                admin("POST", "/breakpoints?set=request+GET+/stop*;response+*+/back")
                        .statusCode());
        assertEquals(200, get("/other").statusCode());
        CompletableFuture<HttpResponse<String>> waiting = later("/stop/here");
        long number = stopped();
        assertFalse(waiting.isDone());
        assertEquals(
                "/stop/here",
                admin("/requests").path("active").path(0).path("target").asText());
        assertEquals(
                400,
                admin("POST", "/breakpoints/" + number + "/continue?set=Host:evil")
                        .statusCode());
        assertEquals(
                200,
                admin("POST", "/breakpoints/" + number + "/continue?set=X-Lab:+edited")
                        .statusCode());
        assertTrue(
                waiting.get().body().contains("X-lab: [edited]"), waiting.get().body());
        assertEquals(404, admin("POST", "/breakpoints/" + number + "/continue").statusCode());

        CompletableFuture<HttpResponse<String>> back = later("/back");
        assertEquals(
                200,
                admin("POST", "/breakpoints/" + stopped() + "/continue?set=X-Seen:yes")
                        .statusCode());
        assertEquals("yes", back.get().headers().firstValue("X-Seen").orElse(""));

        CompletableFuture<HttpResponse<String>> answered = later("/stop/2");
        assertEquals(
                200,
                admin("POST", "/breakpoints/" + stopped() + "/answer?status=418")
                        .statusCode());
        assertEquals(418, answered.get().statusCode());

        admin("POST", "/breakpoints?set=request+POST+/cut");
        HttpRequest post = HttpRequest.newBuilder(uri("/cut")) // a GET would be sent again by the client
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        CompletableFuture<HttpResponse<String>> cut = client.sendAsync(post, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, admin("POST", "/breakpoints/" + stopped() + "/abort").statusCode());
        assertTrue(cut.handle((_, failure) -> failure != null).get());
        assertEquals(0, admin("/breakpoints").path("stopped").size());
    }

    @Test
    void an_answer_that_is_given_up_frees_its_server_and_is_recorded_as_it_was() throws Exception {
        TestOrigin origin = origin("A");
        start(
                "upstream a { server 127.0.0.1:" + origin.port() + " max_conns=1; queue 1 timeout=200ms; }\n",
                "route / { upstream a; }");
        admin("POST", "/recording/start");
        admin("POST", "/breakpoints?set=response+POST+/cut;response+GET+/kept");
        HttpRequest post = HttpRequest.newBuilder(uri("/cut"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        CompletableFuture<HttpResponse<String>> cut = client.sendAsync(post, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, admin("POST", "/breakpoints/" + stopped() + "/abort").statusCode());
        assertTrue(cut.handle((_, failure) -> failure != null).get());
        assertEquals(200, get("/other").statusCode());
        assertEquals(0, admin("/requests").path("active").size());

        CompletableFuture<HttpResponse<String>> kept = later("/kept");
        admin("POST", "/breakpoints/" + stopped() + "/continue");
        assertEquals(200, kept.get().statusCode());
        JsonNode entries = admin("/recording/har").path("log").path("entries");
        JsonNode last = entries.path(entries.size() - 1);
        assertEquals("/kept", last.path("request").path("url").asText().replaceAll("http://[^/]+", ""));
        assertEquals(200, last.path("response").path("status").asInt());
        assertTrue(last.path("response").path("content").path("text").asText().startsWith("A GET /kept"));
    }

    @Test
    void clients_that_leave_take_their_stopped_answers_with_them() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        admin("POST", "/breakpoints?set=response+*+*");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            stopped();
        }
        for (int i = 0; i < 100 && !admin("/breakpoints").path("stopped").isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertEquals(0, admin("/breakpoints").path("stopped").size());
    }

    @Test
    void half_a_request_is_not_sent_again() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        admin("POST", "/recording/start");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.getOutputStream()
                    .write("POST /x HTTP/1.1\r\nHost: a\r\nX-Request-ID: half\r\nContent-Length: 9\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
            while (admin("/requests").path("active").isEmpty()) {
                Thread.sleep(10);
            }
        }
        for (int i = 0; i < 100 && admin("/recording").path("requests").isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertEquals(409, admin("POST", "/recording/half/replay").statusCode());
    }

    @Test
    void bad_encoding_is_answered_and_a_reload_may_drop_a_log() throws Exception {
        start(
                "",
                "access_log " + folder.resolve("a.log")
                        + "; route / { return 200 x; proxy_set_header X-Token s3cret; }");
        for (String bad : List.of("GET /recording?x=%zz", "GET /breakpoints?x=%zz", "POST /routes/1/faults?set=%zz")) {
            String answer = raw(
                    proxy().adminAddress().getPort(),
                    bad + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        }
        assertFalse(admin("GET", "/config").body().contains("s3cret"));
        for (int i = 0; i < 3; i++) { // on either of the threads for what takes long
            write("", "access_log " + folder.resolve(i + ".log") + "; route / { return 200 x; }");
            assertEquals(200, admin("POST", "/reload").statusCode());
        }
        assertTrue(admin("GET", "/config").body().contains("2.log"));
    }

    @Test
    void captures_are_started_and_ended_until_too_many_lie_about() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        StringWriter complaints = new StringWriter();
        proxy().captures(TestCaptures.of(proxy(), new PrintWriter(complaints, true)));
        assertEquals(200, get("/before").statusCode());
        assertEquals(200, admin("POST", "/capture/start").statusCode());
        assertEquals(200, get("/unseen").statusCode()); // the connection from before ends behind it
        assertEquals(200, get("/seen").statusCode());
        Path at = Path.of(admin("POST", "/capture/stop").body().strip().replace("Captured in ", ""));
        for (String side : List.of("client-side.pcapng", "server-side.pcapng")) {
            String octets = Files.readString(at.resolve(side), StandardCharsets.ISO_8859_1);
            assertTrue(octets.contains("GET /seen"), side);
        }
        Files.write(at.resolve("old.pcapng"), new byte[5 << 20]);
        HttpResponse<String> refused = admin("POST", "/capture/start");
        assertEquals(500, refused.statusCode());
        assertTrue(refused.body().contains("Move or delete"), refused.body());
        assertEquals("", complaints.toString());
    }

    @Test
    void what_has_stopped_goes_on_when_the_proxy_drains() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        admin("POST", "/breakpoints?set=request+*+*");
        CompletableFuture<HttpResponse<String>> waiting = later("/x");
        stopped();
        proxy().drain(Duration.ofSeconds(5));
        assertEquals(200, waiting.get().statusCode());
    }
}
