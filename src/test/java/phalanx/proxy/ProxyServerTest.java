package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.internal.PlatformDependent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import phalanx.proxy.http.Octets;
import phalanx.proxy.listen.LabAuthority;

/** The proxy at work between a real client and real origins. Every test ends with a look for lost buffers. */
class ProxyServerTest extends ProxyTesting {
    @Test
    void requests_are_passed_on_with_what_tells_of_the_client() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; add_header X-By \"$scheme $upstream_name\"; }");
        HttpResponse<String> answer = get("/x?y=z", "X-Forwarded-For", "1.2.3.4");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("A GET /x?y=z 0\n"), answer.body());
        assertTrue(answer.body().contains("X-forwarded-for: [1.2.3.4, 127.0.0.1]"), answer.body());
        assertTrue(answer.body().contains("Via: [1.1 phalanx]"), answer.body());
        assertTrue(answer.body().contains("X-request-id: ["), answer.body());
        assertEquals("http a", answer.headers().firstValue("X-By").orElse(""));
    }

    @Test
    void bodies_pass_both_ways_whole() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        byte[] body = new byte[3_000_000];
        HttpRequest.Builder post = HttpRequest.newBuilder(uri("/up"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        assertTrue(send(post).body().startsWith("A POST /up 3000000\n"));
        HttpResponse<byte[]> big =
                client.send(HttpRequest.newBuilder(uri("/big")).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertArrayEquals(new byte[5_000_000], big.body());
    }

    @Test
    void a_dead_server_costs_no_request_and_failures_name_their_side() throws Exception {
        TestOrigin dead = origin("dead");
        TestOrigin well = origin("well");
        start(
                upstream("both", dead, well) + upstream("none", dead),
                "route / { upstream both; } route /none { upstream none; }");
        dead.close();
        for (int i = 0; i < 10; i++) {
            assertEquals("well", get("/").headers().firstValue("X-Origin").orElse(""));
        }
        HttpResponse<String> refused = get("/none");
        assertEquals(502, refused.statusCode());
        assertTrue(refused.body().contains("Side that failed: upstream"), refused.body());
        assertTrue(
                refused.headers().firstValue("Proxy-Status").orElse("").startsWith("phalanx; error=connection_refused"),
                refused.headers().toString());
    }

    @Test
    void a_silent_server_is_given_up_and_not_asked_twice() throws Exception {
        TestOrigin slow = origin("slow");
        slow.delayMillis = 3000;
        start(upstream("slow", slow), "proxy_read_timeout 500ms; route / { upstream slow; }");
        assertEquals(504, get("/").statusCode());
        assertEquals(1, slow.requests.get());
    }

    @Test
    void an_answer_of_503_is_asked_again_elsewhere_where_that_is_wanted_and_safe() throws Exception {
        TestOrigin sick = origin("sick");
        sick.status = 503;
        start(upstream("both", sick, origin("well")), "proxy_next_upstream error http_503; route / { upstream both; }");
        for (int i = 0; i < 6; i++) {
            assertEquals("well", get("/").headers().firstValue("X-Origin").orElse(""));
        }
        sick.requests.set(0);
        Set<Integer> statuses = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            statuses.add(send(HttpRequest.newBuilder(uri("/")).POST(HttpRequest.BodyPublishers.ofString("x")))
                    .statusCode());
        }
        assertTrue(statuses.contains(200), statuses.toString());
    }

    @Test
    void a_full_server_lets_requests_wait() throws Exception {
        TestOrigin slow = origin("slow");
        slow.delayMillis = 300;
        start(
                "upstream one { server 127.0.0.1:" + slow.port() + " max_conns=1; queue 2 timeout=5s; }\n",
                "route / { upstream one; }");
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(
                    client.sendAsync(HttpRequest.newBuilder(uri("/")).build(), HttpResponse.BodyHandlers.discarding())
                            .thenApply(HttpResponse::statusCode));
        }
        List<Integer> statuses = answers.stream().map(f -> f.join()).sorted().toList();
        assertEquals(200, statuses.getFirst());
        assertEquals(503, statuses.getLast());
        assertTrue(statuses.stream().filter(s -> s == 200).count() >= 3, statuses.toString());
    }

    @Test
    void a_reload_keeps_connections_and_a_bad_file_changes_nothing() throws Exception {
        TestOrigin a = origin("A");
        TestOrigin b = origin("B");
        start(upstream("x", a), "route / { upstream x; }");
        assertEquals("A", get("/").headers().firstValue("X-Origin").orElse(""));
        write(upstream("x", b), "route / { upstream x; }");
        assertEquals(200, admin("POST", "/reload").statusCode());
        assertEquals("B", get("/").headers().firstValue("X-Origin").orElse(""));
        write(upstream("x", a), "rout / { upstream x; }");
        HttpResponse<String> bad = admin("POST", "/reload");
        assertEquals(400, bad.statusCode());
        assertTrue(bad.body().contains("There is no directive rout. Did you mean route?"), bad.body());
        assertEquals("B", get("/").headers().firstValue("X-Origin").orElse(""));
    }

    @Test
    void a_server_is_marked_down_and_up_by_the_admin_api() throws Exception {
        TestOrigin a = origin("A");
        start(upstream("x", a, origin("B")), "route / { upstream x; }");
        assertEquals(
                200,
                admin("POST", "/upstreams/x/127.0.0.1:" + a.port() + "/down").statusCode());
        for (int i = 0; i < 4; i++) {
            assertEquals("B", get("/").headers().firstValue("X-Origin").orElse(""));
        }
        assertTrue(admin("GET", "/upstreams").body().contains("\"marked_down\""));
        assertTrue(admin("GET", "/requests").body().contains("\"upstream_server\" : \"127.0.0.1:"));
        assertTrue(admin("GET", "/metrics").body().contains("phalanx_http_requests_total 4\n"));
        admin("POST", "/upstreams/x/127.0.0.1:" + a.port() + "/up");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            names.add(get("/").headers().firstValue("X-Origin").orElse(""));
        }
        assertEquals(Set.of("A", "B"), names);
    }

    @Test
    void files_are_served_in_parts_and_never_from_outside() throws Exception {
        Path www = Files.createDirectory(folder.resolve("www"));
        Files.writeString(www.resolve("a.html"), "<p>hello</p>");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(www.resolve("link"), folder.resolve("secret"));
        start("", "route /s { root www; }");
        HttpResponse<String> whole = get("/s/a.html");
        assertEquals(
                "text/html; charset=utf-8",
                whole.headers().firstValue("Content-Type").orElse(""));
        assertEquals("<p>hello</p>", whole.body());
        HttpResponse<String> part = get("/s/a.html", "Range", "bytes=3-7");
        assertEquals(206, part.statusCode());
        assertEquals("hello", part.body());
        assertEquals(
                304,
                get(
                                "/s/a.html",
                                "If-None-Match",
                                whole.headers().firstValue("ETag").orElse(""))
                        .statusCode());
        assertEquals(404, get("/s/link").statusCode());
        assertEquals(404, get("/s/none").statusCode());
        assertEquals(400, get("/s/..%2fsecret").statusCode());
    }

    @Test
    void letters_beyond_ascii_of_the_configuration_are_utf_8_everywhere() throws Exception {
        start(
                upstream("a", origin("A")),
                "route /x { upstream a; proxy_set_header X-City Zürich; } route / { return 200 \"Zürich $request_uri\"; }");
        assertEquals("Zürich /%C3%BC", get("/%C3%BC").body());
        assertTrue(get("/x").body().contains(Octets.of("[Zürich]")), get("/x").body());
    }

    @Test
    void what_is_no_http_gets_no_answer_of_an_origin() throws Exception {
        start(upstream("a", origin("A")), "route / { upstream a; }");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
            assertTrue(answer.contains("Connection: close"), answer);
        }
    }

    @Test
    void a_connection_outlives_an_answer_that_came_before_the_request_was_whole() throws Exception {
        start("", "route / { return 200 done; }");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.setSoTimeout(5000);
            InputStream in = socket.getInputStream();
            for (String body :
                    List.of("Content-Length: 8\r\n\r\nabcd", "Transfer-Encoding: chunked\r\n\r\n6\r\nabcd")) {
                write(socket, "POST / HTTP/1.1\r\nHost: a\r\n" + body);
                assertTrue(readUntil(in, "done").startsWith("HTTP/1.1 200"));
                write(socket, body.startsWith("C") ? "efgh" : "ef\r\n0\r\n\r\n");
            }
            write(socket, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertTrue(readUntil(in, "done").contains("Connection: close"), "a body that may never come");
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int octet = in.read();
            assertTrue(octet >= 0, text.toString());
            text.append((char) octet);
        }
        return text.toString();
    }

    @Test
    void a_client_of_http_2_that_opens_its_windows_and_reads_nothing_is_closed() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("big").toFile(), "rw")) {
            file.setLength(100 << 20);
        }
        start("", "send_timeout 500ms; route / { root " + folder + "; }");
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        HexFormat hex = HexFormat.of();
        sent.write(hex.parseHex("000006" + "0400" + "00000000" + "0004" + "7fffffff")); // the windows of all streams
        sent.write(hex.parseHex("000004" + "0800" + "00000000" + "7fff0000")); // and that of the connection
        for (int stream = 1; stream < 16; stream += 2) { // GET http /big, host a
            sent.write(hex.parseHex("00000b" + "0105" + "%08x".formatted(stream) + "8286" + "04042f626967" + "410161"));
        }
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri("/").getPort()));
            socket.getOutputStream().write(sent.toByteArray());
            RealServer.await(
                    "it is connected", () -> admin("GET", "/metrics").body().contains("phalanx_connections 1"));
            RealServer.await(
                    "its requests begin", () -> admin("GET", "/metrics").body().contains("phalanx_http_active 8"));
            RealServer.await(
                    "it is closed", () -> admin("GET", "/metrics").body().contains("phalanx_connections 0"));
        }
    }

    @Test
    void a_client_that_waits_to_be_asked_for_its_body_is_not_too_slow() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start(
                    "upstream slow { server 127.0.0.1:" + server.getLocalPort() + "; health_check off; }\n",
                    "client_body_min_rate 100; route / { upstream slow; }");
            Thread.ofVirtual().start(new FutureTask<>(() -> {
                try (Socket socket = server.accept()) {
                    readUntil(socket.getInputStream(), "\r\n\r\n");
                    Thread.sleep(6000);
                    write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
                    readUntil(socket.getInputStream(), "body");
                    write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nthat");
                }
                return null;
            }));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
                write(socket, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
                assertTrue(readUntil(socket.getInputStream(), "\r\n\r\n").startsWith("HTTP/1.1 100"));
                write(socket, "body");
                assertTrue(readUntil(socket.getInputStream(), "that").startsWith("HTTP/1.1 200"));
            }
        }
    }

    @Test
    void a_body_that_trickles_in_is_given_up() throws Exception {
        start(upstream("a", origin("A")), "client_body_min_rate 100; route / { upstream a; }");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.setSoTimeout(100);
            write(socket, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
            StringBuilder answer = new StringBuilder();
            for (int i = 0; i < 100 && !answer.toString().contains("\r\n\r\n"); i++) {
                write(socket, "x"); // never silent for long
                try {
                    answer.append((char) socket.getInputStream().read())
                            .append(new String(
                                    socket.getInputStream()
                                            .readNBytes(socket.getInputStream().available()),
                                    StandardCharsets.ISO_8859_1));
                } catch (SocketTimeoutException _) {
                    // no answer yet
                }
            }
            assertTrue(answer.toString().startsWith("HTTP/1.1 408"), answer.toString());
        }
    }

    @Test
    void a_site_that_asks_for_certificates_is_not_reached_by_another_s_door() throws Exception {
        LabAuthority authority = LabAuthority.in(folder.resolve("ca"));
        Path certificate = authority.issue(List.of("locked.lab"));
        String key = certificate.toString().replace(".pem", "-key.pem");
        Path file = Files.writeString(
                folder.resolve("proxy.conf"),
                """
                admin 127.0.0.1:0;
                http {
                    server { listen 127.0.0.1:7; server_name open.lab; route / { return 200 open; } }
                    server { listen 127.0.0.1:7; server_name locked.lab; ssl_certificate %s; ssl_certificate_key %s;
                             ssl_client_certificate %s; ssl_verify_client on; route / { return 200 secret; } }
                }
                """.formatted(certificate, key, authority.certificateFile()).replace("127.0.0.1:7", "127.0.0.1:0"));
        start(file);
        assertTrue(raw("GET / HTTP/1.1\r\nHost: open.lab\r\nConnection: close\r\n\r\n")
                .endsWith("open"));
        assertTrue(raw("GET / HTTP/1.1\r\nHost: locked.lab\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 421"));
        assertTrue(raw("GET http://locked.lab/ HTTP/1.1\r\nHost: open.lab\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 421"));
    }

    @Test
    void who_asks_and_never_reads_is_not_answered_without_end() throws Exception {
        start("", "route / { return 200 hello; }");
        long before = PlatformDependent.usedDirectMemory();
        byte[] requests = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        Thread writer;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("/").getPort())) {
            socket.setReceiveBufferSize(4096);
            writer = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 10; i++) {
                        socket.getOutputStream().write(requests);
                    }
                } catch (IOException _) {
                    // the socket is closed before all was written
                }
            });
            Thread.sleep(2000);
            assertTrue(PlatformDependent.usedDirectMemory() - before < 64 << 20, "buffers grew without end");
        }
        writer.join(5000);
    }

    @Test
    void reloads_and_scrapes_do_not_wait_for_each_other() throws Exception {
        TestOrigin a = origin("A");
        start(upstream("x", a), "route / { upstream x; }");
        List<CompletableFuture<Integer>> scrapes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Files.writeString(
                    folder.resolve("proxy.conf"),
                    "worker_threads 2;\nadmin 127.0.0.1:0;\n" + upstream("x", a)
                            + "http { server { listen 127.0.0.1:0; route / { upstream x; } } server { listen 127.0.0."
                            + (i + 2)
                            + ":0; route / { upstream x; } } }");
            for (int j = 0; j < 5; j++) {
                URI uri =
                        URI.create("http://127.0.0.1:" + proxy().adminAddress().getPort() + "/metrics");
                scrapes.add(client.sendAsync(
                                HttpRequest.newBuilder(uri)
                                        .timeout(Duration.ofSeconds(10))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode));
            }
            assertEquals(200, admin("POST", "/reload").statusCode());
        }
        for (CompletableFuture<Integer> scrape : scrapes) {
            assertEquals(200, scrape.join());
        }
        assertEquals("A", get("/").headers().firstValue("X-Origin").orElse(""));
    }

    @Test
    void faults_are_made_as_asked_and_noted() throws Exception {
        start(
                upstream("a", origin("A")),
                "route / { upstream a; } route /late { upstream a; fault delay 300ms; } route /no { upstream a; fault abort 418; }"
                        + " route /cut { upstream a; fault truncate 10; }");
        long begun = System.nanoTime();
        assertEquals(200, get("/late").statusCode());
        assertTrue(System.nanoTime() - begun > 300_000_000);
        assertEquals(418, get("/no").statusCode());
        assertThrows(IOException.class, () -> get("/cut"));
        assertTrue(admin("GET", "/requests").body().contains("\"fault\" : \"truncate 10\""));
        assertEquals(200, admin("POST", "/routes/3/faults?set=").statusCode());
        assertEquals(200, get("/no").statusCode());
    }

    @Test
    void answers_are_compressed_for_clients_that_take_it() throws Exception {
        start(
                upstream("a", origin("A")),
                "gzip on; gzip_min_length 10; gzip_types text/plain; route / { return 200 $request_uri; }");
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(uri("/" + "x".repeat(2000)))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse(""));
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertEquals("/" + "x".repeat(2000), new String(plain, StandardCharsets.US_ASCII));
    }

    @Test
    void a_mirror_gets_copies_and_costs_nothing() throws Exception {
        TestOrigin copy = origin("copy");
        copy.delayMillis = 1000;
        start(upstream("a", origin("A")) + upstream("m", copy), "route / { upstream a; mirror m; }");
        long begun = System.nanoTime();
        HttpRequest.Builder post = HttpRequest.newBuilder(uri("/x")).POST(HttpRequest.BodyPublishers.ofString("hello"));
        assertTrue(send(post).body().startsWith("A POST /x 5\n"));
        assertTrue(System.nanoTime() - begun < 900_000_000);
        for (int i = 0; i < 50 && copy.requests.get() == 0; i++) {
            Thread.sleep(20);
        }
        assertEquals(1, copy.requests.get());
        Thread.sleep(1200);
    }

    @Test
    void a_trace_goes_on_and_its_spans_reach_the_collector() throws Exception {
        TestOrigin collector = origin("collector");
        start(
                upstream("a", origin("A")) + "otel_exporter 127.0.0.1:" + collector.port() + ";\n",
                "otel_trace on; route / { upstream a; }");
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        String body =
                get("/x", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01").body();
        assertTrue(body.contains("Traceparent: [00-" + trace + "-"), body);
        assertTrue(!body.contains("00f067aa0ba902b7"), "the server's caller is our span");
        for (int i = 0; i < 250 && collector.lastBody.isEmpty(); i++) {
            Thread.sleep(20);
        }
        String spans = collector.lastBody;
        assertTrue(spans.contains("\"traceId\":\"" + trace + "\""), spans);
        assertTrue(spans.contains("\"parentSpanId\":\"00f067aa0ba902b7\""), spans);
        assertEquals(2, spans.split("\"spanId\"", -1).length - 1, "one span for each side");
    }
}
