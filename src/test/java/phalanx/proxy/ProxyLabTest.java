package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

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
        assertEquals(400, admin("POST", "/recording/start?bodies=1t").statusCode());
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
    void what_has_stopped_goes_on_when_the_proxy_drains() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        admin("POST", "/breakpoints?set=request+*+*");
        CompletableFuture<HttpResponse<String>> waiting = later("/x");
        stopped();
        proxy().drain(Duration.ofSeconds(5));
        assertEquals(200, waiting.get().statusCode());
    }
}
