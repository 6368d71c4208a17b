package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import phalanx.proxy.record.RequestRecord;

/** The guard in the proxy's way, between a real client and a real origin. */
class GuardTest extends ProxyTesting {
    private static final String ATTACK = "/find?id=7%20union%20select%20name%20from%20staff";
    private static final String[] BROWSER = {
        "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    };

    private int status(String path, String... more) throws Exception {
        return get(path, headers(more)).statusCode();
    }

    private static String[] headers(String... more) {
        String[] all = new String[more.length + 2];
        System.arraycopy(BROWSER, 0, all, 0, 2);
        System.arraycopy(more, 0, all, 2, more.length);
        return all;
    }

    private HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)),
                headers("Content-Type", type));
    }

    private String logged() {
        List<RequestRecord> newest = proxy().log().newest(1);
        return newest.isEmpty() ? "" : newest.getFirst().guard();
    }

    @Test
    void an_attack_is_refused_with_its_number_and_without_its_words() throws Exception {
        start(upstream("a", origin("A")), "waf_enabled on; route / { upstream a; }");
        HttpResponse<String> answer = get(ATTACK, headers());
        assertEquals(403, answer.statusCode());
        assertTrue(answer.body().contains("Request: "), answer.body());
        assertFalse(answer.body().contains("union") || answer.body().contains("staff"), answer.body());
        assertEquals(200, status("/find?id=7"));
    }

    @Test
    void a_refusal_comes_in_the_form_that_the_client_would_rather_have() throws Exception {
        start(upstream("a", origin("A")), "waf_enabled on; route / { upstream a; }");
        HttpResponse<String> page =
                get(ATTACK, headers("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
        HttpResponse<String> problem = get(ATTACK, headers("Accept", "text/html;q=0.5, application/json"));
        HttpResponse<String> text = get(ATTACK, headers("Accept", "*/*"));
        assertEquals(
                "text/html; charset=utf-8",
                page.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "application/problem+json",
                problem.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "text/plain; charset=utf-8",
                text.headers().firstValue("Content-Type").orElse(""));
        List<RequestRecord> newest = proxy().log().newest(3);
        List<HttpResponse<String>> answers = List.of(text, problem, page);
        for (int i = 0; i < answers.size(); i++) {
            String body = answers.get(i).body();
            assertEquals(403, answers.get(i).statusCode());
            assertTrue(body.contains(newest.get(i).id()), body);
            assertFalse(body.contains("sqli") || body.contains("score"), body);
        }
        JsonNode read = new ObjectMapper().readTree(problem.body());
        assertEquals("Forbidden", read.path("title").asText());
        assertEquals(403, read.path("status").asInt());
    }

    @Test
    void the_log_says_which_rule_held_where_and_for_what() throws Exception {
        start(upstream("a", origin("A")), "waf_enabled on; route / { upstream a; }");
        status(ATTACK);
        assertTrue(logged().matches("refused, score [0-9]+: sqli-union at query id: .*"), logged());
        assertTrue(admin("GET", "/requests").body().contains("sqli-union"));
    }

    @Test
    void bodies_are_inspected_before_anything_of_them_goes_on() throws Exception {
        TestOrigin origin = origin("A");
        start(upstream("a", origin), "waf_enabled on; route / { upstream a; }");
        assertEquals(
                403,
                post("/f", "application/x-www-form-urlencoded", "a=1&b=x%27+or+1%3D1--+")
                        .statusCode());
        assertEquals(
                403,
                post("/f", "application/json", "{\"a\":[\"x' or 1=1-- \"]}").statusCode());
        HttpResponse<String> good = post("/f", "application/json", "{\"a\":[\"O'Neill and Sons\"]}");
        assertTrue(good.body().startsWith("A POST /f 26\n"), good.body());
    }

    @Test
    void bodies_beyond_the_limit_pass_whole() throws Exception {
        start(upstream("a", origin("A")), "waf_enabled on; waf_body_limit 64k; route / { upstream a; }");
        byte[] body = "some words of a text ".repeat(150_000).getBytes(StandardCharsets.US_ASCII);
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(uri("/up"))
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))),
                headers("Content-Type", "text/plain"));
        assertTrue(answer.body().startsWith("A POST /up " + body.length + "\n"), answer.body());
    }

    @Test
    void a_client_that_waits_for_a_100_is_asked_for_its_body() throws Exception {
        start(upstream("a", origin("A")), "waf_enabled on; route / { upstream a; }");
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(uri("/f"))
                        .expectContinue(true)
                        .POST(HttpRequest.BodyPublishers.ofString("a=hello")),
                headers("Content-Type", "application/x-www-form-urlencoded"));
        assertTrue(answer.body().startsWith("A POST /f 7\n"), answer.body());
    }

    @Test
    void monitor_notes_and_lets_through() throws Exception {
        start(upstream("a", origin("A")), "waf_enabled on; waf_mode monitor; route / { upstream a; }");
        assertEquals(200, status(ATTACK));
        assertTrue(logged().startsWith("noted, score "), logged());
    }

    @Test
    void routes_differ_and_exclude_rules() throws Exception {
        start(
                upstream("a", origin("A")),
                "waf_enabled on; route / { upstream a; } route /search { upstream a; waf_exclude sqli; } route /raw { upstream a; waf_enabled off; }");
        assertEquals(403, status(ATTACK));
        assertEquals(200, status("/search?id=7%20union%20select%201"));
        assertEquals(403, status("/search?q=%3Cscript%3Ego()%3C/script%3E"));
        assertEquals(200, status("/raw?q=%3Cscript%3Ego()%3C/script%3E"));
    }

    @Test
    void rules_of_one_s_own_hold_and_unknown_names_are_refused() throws Exception {
        Files.writeString(
                folder.resolve("own.rules"), "rule house-1 house { any \"xyzzy\"; says \"No magic here.\"; }\n");
        start(upstream("a", origin("A")), "waf_enabled on; waf_rules own.rules; route / { upstream a; }");
        assertEquals(403, status("/find?q=XYZZY"));
        List<String> faults =
                ProxyConfig.read(write("", "waf_enabled on; waf_exclude sqlli; route / { return 200; }"))
                        .faults()
                        .stream()
                        .map(fault -> fault.what() + " " + fault.remedy())
                        .toList();
        assertEquals(List.of("There is no rule or category sqlli. Did you mean sqli?"), faults);
    }

    @Test
    void who_attacks_again_and_again_is_banned_alone_even_behind_a_trusted_proxy() throws Exception {
        start(
                upstream("a", origin("A")),
                "set_real_ip_from 127.0.0.1; waf_enabled on; waf_auto_ban_threshold 5; waf_auto_ban_duration 60; route / { upstream a; }");
        assertEquals(403, status(ATTACK, "X-Forwarded-For", "192.0.2.1"));
        assertEquals(200, status("/", "X-Forwarded-For", "192.0.2.1"));
        assertEquals(403, status(ATTACK, "X-Forwarded-For", "192.0.2.1"));
        HttpResponse<String> banned = get("/", headers("X-Forwarded-For", "192.0.2.1"));
        assertEquals(403, banned.statusCode());
        assertTrue(Integer.parseInt(banned.headers().firstValue("Retry-After").orElse("0")) > 30);
        assertEquals(200, status("/", "X-Forwarded-For", "192.0.2.2"));
        assertTrue(admin("GET", "/bans").body().contains("\"192.0.2.1\""));
        assertEquals(200, admin("POST", "/bans/192.0.2.1/lift").statusCode());
        assertEquals(200, status("/", "X-Forwarded-For", "192.0.2.1"));
        assertEquals(404, admin("POST", "/bans/192.0.2.1/lift").statusCode());
    }

    @Test
    void the_loopback_is_never_banned_unless_the_list_says_otherwise() throws Exception {
        start(upstream("a", origin("A")), "waf_enabled on; waf_auto_ban_threshold 1; route / { upstream a; }");
        assertEquals(403, status(ATTACK));
        assertEquals(200, status("/"));
    }

    @Test
    void a_ban_ends_by_itself() throws Exception {
        start(
                upstream("a", origin("A")),
                "waf_allow 10.0.0.0/8; waf_enabled on; waf_auto_ban_threshold 1; waf_auto_ban_duration 4; route / { upstream a; }");
        assertEquals(403, status(ATTACK));
        assertEquals(403, status("/"));
        await(() -> proxy().guard().reputation().bans().isEmpty());
        assertEquals(200, status("/"));
    }

    @Test
    void bans_outlast_a_restart() throws Exception {
        Path file = write(
                "waf_bans kept.bans;\n" + upstream("a", origin("A")),
                "waf_allow 10.0.0.0/8; waf_enabled on; waf_auto_ban_threshold 1; waf_auto_ban_duration 600; route / { upstream a; }");
        start(file);
        assertEquals(403, status(ATTACK));
        await(() -> Files.exists(folder.resolve("kept.bans")));
        start(file);
        assertEquals(403, status("/"));
    }

    @Test
    void scanners_are_known_by_their_names() throws Exception {
        start(upstream("a", origin("A")), "waf_enabled on; route / { upstream a; }");
        assertEquals(403, get("/", "User-Agent", "sqlmap/1.9").statusCode());
        assertEquals(200, get("/", "User-Agent", "curl/8.14.1").statusCode());
        assertTrue(raw("GET / HTTP/1.1\r\nHost: "
                        + URI.create("http://127.0.0.1").getHost() + "\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 200"));
        assertEquals("passed, score 2: agent-missing at request: ", logged());
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 500 && !done.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertTrue(done.getAsBoolean());
    }
}
