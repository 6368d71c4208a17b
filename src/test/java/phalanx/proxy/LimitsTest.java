package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phalanx.proxy.guard.client.GuardLog;

/** Limits, bans and floods, by real clients. */
class LimitsTest extends ProxyTesting {
    private static final String TRUSTED = "set_real_ip_from 127.0.0.1; ";

    private void startWith(String http, String server) throws IOException {
        start(config(http, server));
    }

    private Path config(String http, String server) throws IOException {
        Path file = write("", server);
        return Files.writeString(file, Files.readString(file).replace("http { ", "http {\n" + http + "\n"));
    }

    private int from(String client, String path, String... more) throws Exception {
        String[] headers = new String[more.length + 2];
        headers[0] = "X-Forwarded-For";
        headers[1] = client;
        System.arraycopy(more, 0, headers, 2, more.length);
        return get(path, headers).statusCode();
    }

    @Test
    void a_route_limits_each_client_alone_and_says_when_to_come_again() throws Exception {
        startWith(
                "limit_req_zone $binary_remote_addr zone=login:1m rate=2r/m;",
                TRUSTED + "route / { return 200; } route /login { return 200; limit_req zone=login burst=1 nodelay; }");
        assertEquals(200, from("192.0.2.1", "/login"));
        assertEquals(200, from("192.0.2.1", "/login"));
        HttpResponse<String> refused = get("/login", "X-Forwarded-For", "192.0.2.1");
        assertEquals(429, refused.statusCode());
        int seconds =
                Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0"));
        assertTrue(seconds > 20 && seconds <= 30, "" + seconds);
        assertEquals(
                "refused: over the rate of login",
                proxy().log().newest(1).getFirst().guard());
        assertEquals(200, from("192.0.2.2", "/login"));
        assertEquals(200, from("192.0.2.1", "/"));
        String limits = admin("GET", "/limits").body();
        assertTrue(
                limits.contains("\"login\"") && limits.contains("\"2r/m\"") && limits.contains("\"refused\" : 1"),
                limits);
        assertTrue(admin("GET", "/metrics").body().contains("phalanx_guard_refused_total{code=\"429\"} 1\n"));
    }

    @Test
    void within_a_burst_requests_are_held_back_until_their_time() throws Exception {
        startWith(
                "limit_req_zone $request_uri zone=all:1m rate=5r/s;",
                "route / { return 200; limit_req zone=all burst=2; }"
                        + " route /some { return 200; limit_req zone=all burst=3 delay=2; }");
        List<Long> millis = at("/a", 4);
        assertTrue(millis.get(0) < 150, millis.toString());
        assertTrue(millis.get(1) >= 190 && millis.get(2) >= 390, millis.toString());
        assertEquals(-429, millis.get(3));
        assertTrue(
                proxy().log().newest(4).stream()
                        .anyMatch(one -> one.guard().matches("held back for [0-9]+ ms: over the rate of all")),
                () -> proxy().log().newest(4).toString());
        List<Long> some = at("/some", 4);
        assertTrue(some.get(0) < 150 && some.get(1) < 150 && some.get(2) < 150, some.toString());
        assertTrue(some.get(3) >= 190, some.toString());
        String limits = admin("GET", "/limits").body();
        assertTrue(limits.contains("\"held\" : 3") && limits.contains("\"refused\" : 1"), limits);
    }

    @Test
    void a_body_that_came_while_its_request_was_held_back_goes_on_in_order() throws Exception {
        TestOrigin origin = origin("A");
        Path file = write(upstream("a", origin), "waf_enabled on; route / { upstream a; limit_req zone=all burst=2; }");
        String zone = "http {\nlimit_req_zone $request_uri zone=all:1m rate=2r/s;\n";
        start(Files.writeString(file, Files.readString(file).replace("http { ", zone)));
        byte[] body = IntStream.range(0, 22_000)
                .mapToObj(i -> "line " + i)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 2; i++) { // the second waits
            assertEquals("200", statusByHttp2("text/plain", body));
            assertArrayEquals(body, origin.lastOctets);
        }
    }

    /** How long each of some requests that come at once takes, those first that were answered first; what was refused is below 0. */
    private List<Long> at(String path, int times) throws Exception {
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                answers.add(all.submit(() -> {
                    long begin = System.nanoTime();
                    int status = get(path).statusCode();
                    return status == 200 ? (System.nanoTime() - begin) / 1_000_000 : (long) -status;
                }));
            }
            List<Long> millis = new ArrayList<>();
            for (Future<Long> answer : answers) {
                millis.add(answer.get());
            }
            millis.sort(Comparator.comparingLong(one -> one < 0 ? Long.MAX_VALUE : one));
            return millis;
        }
    }

    @Test
    void a_key_may_be_a_field_and_requests_without_it_are_not_counted() throws Exception {
        startWith(
                "limit_req_zone $http_x_api_key zone=keys:10m rate=1r/m;",
                "limit_req zone=keys; route / { return 200; }");
        String longer = "k".repeat(3000);
        assertEquals(200, get("/", "X-Api-Key", longer + "1").statusCode());
        assertEquals(429, get("/", "X-Api-Key", longer + "1").statusCode());
        assertEquals(200, get("/", "X-Api-Key", longer + "2").statusCode());
        assertEquals(200, get("/").statusCode());
        assertEquals(200, get("/").statusCode());
    }

    @Test
    void what_one_limit_refuses_is_counted_by_no_other() throws Exception {
        startWith(
                "limit_req_zone $http_x_user zone=user:1m rate=1r/m; limit_req_zone $http_x_site zone=site:1m rate=1r/m;",
                "limit_req zone=site burst=2 nodelay; limit_req zone=user; route / { return 200; }");
        assertEquals(200, get("/", "X-User", "a", "X-Site", "s").statusCode());
        for (int i = 0; i < 5; i++) {
            assertEquals(429, get("/", "X-User", "a", "X-Site", "s").statusCode());
        }
        assertEquals(200, get("/", "X-User", "b", "X-Site", "s").statusCode());
        assertEquals(200, get("/", "X-User", "c", "X-Site", "s").statusCode());
        assertEquals(429, get("/", "X-User", "d", "X-Site", "s").statusCode());
    }

    @Test
    void a_burst_may_last_longer_than_an_hour() throws Exception {
        startWith(
                "limit_req_zone $http_x_user zone=user:1m rate=1r/m;",
                "limit_req zone=user burst=200 nodelay; route / { return 200; }");
        for (int i = 0; i < 200; i++) {
            assertEquals(200, get("/", "X-User", "a").statusCode());
        }
    }

    @Test
    void a_network_of_ipv6_is_one_client() throws Exception {
        startWith("", TRUSTED + "rate_limit_per_ip 1; route / { return 200; }");
        assertEquals(200, from("2001:db8:1:2::7", "/"));
        assertEquals(429, from("2001:db8:1:2:ffff::8", "/"));
        assertEquals(200, from("2001:db8:1:3::7", "/"));
    }

    @Test
    void what_was_counted_outlasts_a_reload() throws Exception {
        Path file = config(
                "limit_req_zone $binary_remote_addr zone=all:10m rate=1r/m;",
                "limit_req zone=all; route / { return 200; }");
        start(file);
        assertEquals(200, get("/").statusCode());
        assertEquals(List.of(), proxy().reload());
        assertEquals(429, get("/").statusCode());
        Files.writeString(file, Files.readString(file).replace("rate=1r/m", "rate=2r/m"));
        assertEquals(List.of(), proxy().reload());
        assertEquals(200, get("/").statusCode());
    }

    @Test
    void what_a_server_counted_outlasts_a_reload_in_which_it_stands_elsewhere() throws Exception {
        Path file = config("", "rate_limit_per_ip 1; route / { return 200; }");
        start(file);
        assertEquals(200, get("/").statusCode());
        Files.writeString(file, "# a line above\n\n" + Files.readString(file));
        assertEquals(List.of(), proxy().reload());
        assertEquals(429, get("/").statusCode());
        String limits = admin("GET", "/limits").body();
        assertTrue(limits.contains("rate_limit_per_ip of 127.0.0.1"), limits);
    }

    @Test
    void paths_that_no_route_has_are_counted_where_requests_are_inspected() throws Exception {
        startWith("", TRUSTED + "waf_enabled on; waf_auto_ban_threshold 9; route /there { return 200; }");
        for (int i = 0; i < 60; i++) {
            from("192.0.2.1", "/old-" + i, "User-Agent", "Mozilla/5.0");
        }
        assertEquals(403, from("192.0.2.1", "/there", "User-Agent", "Mozilla/5.0"));
    }

    @Test
    void refusals_of_many_clients_leave_room_among_the_events() throws Exception {
        startWith("", TRUSTED + "waf_enabled on; route / { return 200; }");
        long begin = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            from("192.0.2." + i % 250, "/?q=%27%20union%20select%201--", "User-Agent", "Mozilla/5.0");
        }
        long seconds = 2 + (System.nanoTime() - begin) / 1_000_000_000;
        long told = proxy().guard().log().after(0, 1000).stream()
                .filter(event -> event.kind() == GuardLog.Kind.REFUSED)
                .count();
        assertTrue(told > 0 && told <= 50 * seconds, told + " in " + seconds + " s");
    }

    @Test
    void faults_are_named_where_they_stand() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.conf"), """
                http {
                    limit_req_zone $binary_remote_addr zone=a:1m rate=ten;
                    limit_req_zone $nothing zone=b:1m rate=1r/s;
                    limit_req_zone $host rate=1r/s rate=2r/s;
                    limit_req_zone $host zone=good:1m rate=1r/s;
                    server {
                        limit_req zone=god;
                        route / { return 200; }
                        route /b { return 200; limit_req zone=good delay=soon; }
                        route /c { return 200; limit_req burst=1; }
                    }
                }
                """);
        assertEquals(
                List.of(
                        "2:50 limit_req_zone cannot use \"rate=ten\".",
                        "3:20 limit_req_zone uses $nothing, which is no variable.",
                        "4:5 limit_req_zone has no zone.",
                        "7:19 There is no zone god.",
                        "9:52 limit_req cannot use \"delay=soon\".",
                        "10:32 limit_req names no zone."),
                ProxyConfig.read(file).faults().stream()
                        .map(fault -> fault.at().line() + ":" + fault.at().column() + " " + fault.what())
                        .toList());
    }

    /** Whether a new connection is closed before it has sent anything. */
    private boolean dropped() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.setSoTimeout(300);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (SocketException _) {
            return true; // reset
        }
    }

    @Test
    void connections_of_banned_clients_are_dropped_where_asked_for() throws Exception {
        Path file = config("", "rate_limit_drop on; waf_allow 10.0.0.0/8; route / { return 200; }");
        start(file);
        assertFalse(dropped());
        assertEquals(200, admin("POST", "/bans/127.0.0.1/ban?for=5m").statusCode());
        assertTrue(dropped());
        assertTrue(admin("GET", "/metrics").body().contains("phalanx_connections_dropped_total 1\n"));
        assertEquals(200, admin("POST", "/bans/127.0.0.1/lift").statusCode());
        assertFalse(dropped());
        admin("POST", "/bans/127.0.0.1/ban");
        Files.writeString(file, Files.readString(file).replace("rate_limit_drop on;", "rate_limit_drop off;"));
        assertEquals(List.of(), proxy().reload());
        assertFalse(dropped());
        assertEquals(403, get("/").statusCode());
    }

    @Test
    void a_flood_is_dropped_and_struck() throws Exception {
        startWith(
                "",
                "rate_limit_drop on; rate_limit_per_ip 1; waf_allow 10.0.0.0/8; waf_auto_ban_threshold 4; route / { return 200; }");
        for (int i = 0; i < 1000 && proxy().guard().reputation().bans().isEmpty(); i++) {
            get("/");
        }
        assertTrue(dropped());
        assertTrue(proxy().guard().log().after(0, 99).stream()
                .anyMatch(event ->
                        event.kind().word().equals("flood") && event.client().equals("127.0.0.1")));
        assertEquals(
                "[flood]",
                proxy().guard()
                        .reputation()
                        .bans()
                        .getFirst()
                        .reasons()
                        .keySet()
                        .toString());
    }

    @Test
    void a_proxy_that_brings_requests_of_others_is_never_dropped_or_banned() throws Exception {
        startWith("", TRUSTED + "rate_limit_drop on; waf_allow 10.0.0.0/8; route / { return 200; }");
        assertEquals(409, admin("POST", "/bans/127.0.0.1/ban").statusCode());
        assertEquals(409, admin("POST", "/bans/10.1.2.3/ban").statusCode());
        assertEquals(400, admin("POST", "/bans/example/ban").statusCode());
        assertEquals(200, admin("POST", "/bans/192.0.2.1/ban?for=1h").statusCode());
        assertEquals(403, from("192.0.2.1", "/"));
        assertEquals(200, from("192.0.2.2", "/"));
        assertFalse(dropped());
    }

    @Test
    void the_file_of_bans_is_read_anew_at_a_reload() throws Exception {
        Path file = config("", TRUSTED + "route / { return 200; }");
        Files.writeString(file, "waf_bans kept.bans;\n" + Files.readString(file));
        start(file);
        Path bans = folder.resolve("kept.bans");
        admin("POST", "/bans/192.0.2.1/ban");
        admin("POST", "/bans/192.0.2.2/ban");
        await(() -> lines(bans) == 2);
        String text = Files.readString(bans);
        String kept = text.lines()
                .filter(line -> line.startsWith("192.0.2.2"))
                .findFirst()
                .orElseThrow();
        Files.writeString(bans, kept + "\n" + kept.replace("192.0.2.2", "192.0.2.3") + "\n");
        assertEquals(200, from("192.0.2.3", "/"));
        assertEquals(List.of(), proxy().reload());
        assertEquals(200, from("192.0.2.1", "/"));
        assertEquals(403, from("192.0.2.2", "/"));
        assertEquals(403, from("192.0.2.3", "/"));
    }

    private static long lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).size() : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    @Test
    void who_tries_paths_is_banned_and_who_misses_one_again_and_again_is_not() throws Exception {
        startWith(
                "",
                TRUSTED
                        + "waf_enabled on; waf_auto_ban_threshold 9; route / { return 404; } route /there { return 200; }");
        for (int i = 0; i < 60; i++) {
            String path = "/old-" + i;
            from("192.0.2.1", path, "User-Agent", "Mozilla/5.0");
            assertEquals(404, from("192.0.2.2", "/favicon.ico", "User-Agent", "Mozilla/5.0"));
            assertEquals(
                    i % 2 == 0 ? 200 : 404,
                    from("192.0.2.3", i % 2 == 0 ? "/there" : path, "User-Agent", "Mozilla/5.0"));
        }
        assertEquals(403, from("192.0.2.1", "/there"));
        assertEquals(
                List.of("192.0.2.1 [probing]"),
                proxy().guard().reputation().bans().stream()
                        .map(ban -> ban.text() + " " + ban.reasons().keySet())
                        .toList());
    }

    @Test
    void where_all_clients_miss_the_site_is_at_fault_and_nobody_is_banned() throws Exception {
        startWith("", TRUSTED + "waf_enabled on; waf_auto_ban_threshold 9; route / { return 404; }");
        for (int i = 0; i < 80; i++) {
            for (int client = 1; client <= 4; client++) {
                assertEquals(404, from("192.0.2." + client, "/asset-" + i, "User-Agent", "Mozilla/5.0"));
            }
        }
        assertEquals(List.of(), proxy().guard().reputation().bans());
    }

    @Test
    void what_another_site_has_a_browser_ask_is_refused_and_counts_a_tenth() throws Exception {
        startWith("", TRUSTED + "waf_enabled on; waf_auto_ban_threshold 2; route / { return 200; }");
        String attack = "/?q=%27%20union%20select%201--";
        for (int i = 0; i < 5; i++) {
            assertEquals(403, from("192.0.2.1", attack, "User-Agent", "Mozilla/5.0", "Sec-Fetch-Site", "cross-site"));
        }
        assertEquals(200, from("192.0.2.1", "/", "User-Agent", "Mozilla/5.0"));
        assertEquals(403, from("192.0.2.1", attack, "User-Agent", "Mozilla/5.0"));
        assertEquals(403, from("192.0.2.1", "/", "User-Agent", "Mozilla/5.0"));
        for (int i = 0; i < 9; i++) { // who says so of everything he does is no page
            assertEquals(403, from("192.0.2.2", attack, "User-Agent", "Mozilla/5.0", "Sec-Fetch-Site", "cross-site"));
        }
        assertEquals(403, from("192.0.2.2", "/", "User-Agent", "Mozilla/5.0"));
        assertEquals(403, from("192.0.2.3", "/", "User-Agent", "sqlmap/1.8", "Sec-Fetch-Site", "cross-site"));
        assertEquals(403, from("192.0.2.3", "/", "User-Agent", "Mozilla/5.0"), "no page chooses a browser's name");
    }

    @Test
    void who_tries_paths_is_banned_though_he_says_that_it_is_for_another_site() throws Exception {
        startWith("", TRUSTED + "waf_enabled on; waf_auto_ban_threshold 4; route / { return 404; }");
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    404, from("192.0.2.1", "/a-" + i, "User-Agent", "Mozilla/5.0", "Sec-Fetch-Site", "cross-site"));
        }
        for (int i = 100; i < 300; i++) {
            from("192.0.2.1", "/a-" + i, "User-Agent", "Mozilla/5.0", "Sec-Fetch-Site", "cross-site");
        }
        assertEquals(1, proxy().guard().reputation().bans().size());
    }

    @Test
    void a_proxy_whose_clients_hide_is_struck_by_none_of_them() throws Exception {
        startWith(
                "",
                TRUSTED
                        + "real_ip_header Forwarded; waf_enabled on; waf_allow 10.0.0.0/8; waf_auto_ban_threshold 2; route / { return 200; }");
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    403,
                    get("/?q=%27%20union%20select%201--", "User-Agent", "Mozilla/5.0", "Forwarded", "for=_hidden")
                            .statusCode());
        }
        assertEquals(List.of(), proxy().guard().reputation().bans());
    }

    @Test
    void events_come_as_they_happen_and_masked() throws Exception {
        startWith("", TRUSTED + "waf_enabled on; waf_auto_ban_threshold 2; route / { return 200; }");
        from("192.0.2.1", "/?q=%27%20union%20select%20secret%20from%20staff--", "User-Agent", "Mozilla/5.0");
        from("192.0.2.1", "/");
        String text = "";
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), proxy().adminAddress().getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET /guard/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (!text.contains("event: lifted")) {
                String line = in.readLine();
                text += line + "\n";
                if (line.equals("event: refused")) {
                    assertEquals(200, admin("POST", "/bans/192.0.2.1/lift").statusCode());
                }
            }
        }
        assertTrue(text.contains("event: banned\n"), text);
        assertTrue(text.contains("\"client\":\"192.0.2.1\",\"says\":\"refused, score "), text);
        assertFalse(text.contains("secret") || text.contains("staff"), text);
    }

    @Test
    void monitor_bans_nobody() throws Exception {
        startWith("", TRUSTED + "waf_enabled on; waf_mode monitor; waf_auto_ban_threshold 1; route / { return 404; }");
        for (int i = 0; i < 30; i++) {
            assertEquals(404, from("192.0.2.1", "/" + i + "?q=%27%20union%20select%201--"));
        }
        assertEquals(List.of(), proxy().guard().reputation().bans());
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 500 && !done.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertTrue(done.getAsBoolean());
    }
}
