package phalanx.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phalanx.proxy.listen.LabAuthority;

/** The proxy before programs of others: php-fpm, uwsgi, etcd, Chromium and curl. */
@Timeout(60)
class PeersTest extends ProxyTesting {
    private RealServer program(String... command) throws IOException {
        RealServer program = new RealServer(folder, command);
        toClose.add(program);
        return program;
    }

    private String post(URI uri, HttpRequest.BodyPublisher body) throws Exception {
        return send(HttpRequest.newBuilder(uri).POST(body)).body();
    }

    /** Posts a megabyte, once with its length and once in chunks, to a script that answers with its SHA-256. */
    private void assertThatBodiesArriveWhole(String path) throws Exception {
        byte[] megabyte = new byte[1 << 20];
        new Random(1).nextBytes(megabyte);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(megabyte);
        String expected = "POST " + HexFormat.of().formatHex(hash);
        HttpRequest.BodyPublisher whole = BodyPublishers.ofByteArray(megabyte);
        assertEquals(expected, post(uri(path), whole));
        assertEquals(expected, post(uri(path), BodyPublishers.fromPublisher(whole)));
    }

    private static String value(HttpResponse<?> answer, String field) {
        return answer.headers().firstValue(field).orElse("");
    }

    private void startPhp() throws Exception {
        String php = RealServer.program("php-fpm[0-9.]*", "php-fpm");
        int port = RealServer.freePort();
        Files.writeString(folder.resolve("fpm.conf"), """
                [global]
                error_log = /dev/stderr
                [www]
                user = %s
                listen = 127.0.0.1:%d
                pm = static
                pm.max_children = 2
                """.formatted(System.getProperty("user.name"), port));
        Files.writeString(folder.resolve("show.php"), """
                <?php
                copy(__FILE__, "gr\\u{FC}n-\\u{4E16}.php"); // in UTF-8, whatever the locale
                http_response_code((int) ($_GET['status'] ?? 200));
                header('X-Script: ' . basename(__FILE__) . ($_SERVER['PATH_INFO'] ?? ''));
                echo $_SERVER['REQUEST_METHOD'], ' ', $_GET['word'] ?? hash('sha256', file_get_contents('php://input'));
                """);
        program(php, "-n", "-F", "-R", "-y", "fpm.conf").awaitPort(port);
        start("", "route / { root " + folder + "; fastcgi_pass 127.0.0.1:" + port + "; }");
    }

    @Test
    void php_gets_queries_and_bodies_and_sets_status_and_fields() throws Exception {
        startPhp();
        assertThatBodiesArriveWhole("/show.php");
        HttpResponse<String> teapot = get("/show.php/more%20of%20it?word=f%C3%BCr+alle&status=418");
        assertEquals("GET für alle", teapot.body());
        assertEquals("show.php/more of it", value(teapot, "X-Script"));
        assertEquals(418, teapot.statusCode());
    }

    @Test
    void php_runs_a_script_whose_name_has_letters_beyond_ascii() throws Exception {
        startPhp();
        assertEquals(200, get("/show.php").statusCode());
        assertEquals("GET hello", get("/gr%C3%BCn-%E4%B8%96.php?word=hello").body());
    }

    @Test
    void python_behind_uwsgi_gets_queries_bodies_and_the_octets_of_paths() throws Exception {
        String uwsgi = RealServer.program("uwsgi", "uwsgi-core uwsgi-plugin-python3");
        int port = RealServer.freePort();
        String address = "127.0.0.1:" + port;
        Files.writeString(folder.resolve("lab.py"), """
                import hashlib
                def application(environ, start_response):
                    text = environ['QUERY_STRING'] or hashlib.sha256(environ['wsgi.input'].read()).hexdigest()
                    start_response('202 Taken', [('X-Path', ascii(environ['PATH_INFO']))])
                    return [environ['REQUEST_METHOD'].encode(), b' ', text.encode()]
                """);
        program(uwsgi, "--plugin", "python3", "--socket", address, "--die-on-term", "--wsgi-file", "lab.py")
                .awaitPort(port);
        start("", "route / { uwsgi_pass " + address + "; }");
        assertThatBodiesArriveWhole("/hash");
        HttpResponse<String> answer = get("/%C3%BC%E4%B8%96?word=f%C3%BCr+alle");
        assertEquals("GET word=f%C3%BCr+alle", answer.body());
        assertEquals(202, answer.statusCode());
        assertEquals("'/\\xc3\\xbc\\xe4\\xb8\\x96'", value(answer, "X-Path")); // as PEP 3333 has it
    }

    private void tellEtcd(int port, String action, String key, String value) throws Exception {
        Map<String, byte[]> pair = Map.of("key", key.getBytes(UTF_8), "value", value.getBytes(UTF_8));
        String document = new ObjectMapper().writeValueAsString(pair); // octets become base64
        URI uri = URI.create("http://127.0.0.1:" + port + "/v3/kv/" + action);
        assertTrue(post(uri, BodyPublishers.ofString(document)).contains("revision"));
    }

    private Set<String> answering() throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            names.add(value(get("/"), "X-Origin"));
        }
        return names;
    }

    @Test
    void servers_in_etcd_get_requests_until_they_are_deleted() throws Exception {
        String program = RealServer.program("etcd", "etcd-server");
        int etcd = RealServer.freePort();
        String clients = "-client-urls=http://127.0.0.1:" + etcd;
        String peers = "--listen-peer-urls=http://127.0.0.1:0";
        program(program, "--data-dir=etcd", "--listen" + clients, "--advertise" + clients, peers)
                .awaitPort(etcd);
        tellEtcd(etcd, "put", "/shop/1", "127.0.0.1:" + origin("first").port());
        tellEtcd(etcd, "put", "/shopping", "127.0.0.1:" + origin("other").port());
        start("upstream shop { discover etcd 127.0.0.1:" + etcd + " /shop/; }\n", "route / { upstream shop; }");
        RealServer.await("the first is found", () -> answering().equals(Set.of("first")));
        tellEtcd(etcd, "put", "/shop/2", "127.0.0.1:" + origin("second").port() + " weight=2");
        RealServer.await("the second is found", () -> answering().equals(Set.of("first", "second")));
        tellEtcd(etcd, "deleterange", "/shop/1", "");
        RealServer.await("the first is gone", () -> answering().equals(Set.of("second")));
        assertEquals(Set.of("second"), answering());
    }

    @Test
    void the_last_answer_over_tls_has_an_end_that_nobody_could_have_made_up() throws Exception {
        String openssl = RealServer.program("openssl", "openssl");
        LabAuthority.in(folder.resolve("ca")).issue(List.of("127.0.0.1"));
        start(
                "",
                "ssl_certificate ca/127.0.0.1.pem; ssl_certificate_key ca/127.0.0.1-key.pem; route / { return 200; }");
        Path noHost = Files.writeString(folder.resolve("request"), "GET / HTTP/1.1\r\n\r\n");
        String command = "(cat " + noHost + "; sleep 1) | " + openssl + " s_client -quiet -connect 127.0.0.1:"
                + uri("/").getPort();
        try (RealServer client = new RealServer(folder, "sh", "-c", command)) {
            String seen = client.awaitEnd();
            assertTrue(seen.contains("400 Bad Request"), seen);
            assertFalse(
                    seen.contains("unexpected eof"), seen); // close_notify comes before the FIN (RFC 8446 section 6.1)
        }
    }

    @Test
    void a_browser_s_web_socket_passes_through_a_stream_of_http_2() throws Exception {
        String browser = RealServer.program("chromium", "chromium");
        Files.writeString(folder.resolve("page.html"), """
                <script>
                const socket = new WebSocket('wss://' + location.host + '/echo'), long = 'x'.repeat(200000), seen = ['/seen'];
                socket.onopen = () => { socket.send('hello'); socket.send(long); };
                socket.onmessage = (event) => { seen.push(event.data === long ? 'long' : event.data); seen[2] && socket.close(); };
                socket.onclose = (event) => { fetch([...seen, event.code].join('/')); };
                </script>
                """);
        LabAuthority.in(folder.resolve("ca")).issue(List.of("127.0.0.1"));
        start(
                "upstream echo { server " + serve(PeersTest::echo) + "; health_check off; }\n",
                "ssl_certificate ca/127.0.0.1.pem; ssl_certificate_key ca/127.0.0.1-key.pem; route / { root " + folder
                        + "; } route = /echo { upstream echo; }");
        String profile = "--user-data-dir=" + folder.resolve("profile");
        String page = "https://127.0.0.1:" + uri("/").getPort() + "/page.html";
        program(browser, "--headless", "--no-sandbox", "--ignore-certificate-errors", profile, page);
        RealServer.await("the page is asked for", () -> inLog("/page.html"));
        RealServer.await("the page has seen its messages again", () -> inLog("/seen/hello/long/1005"));
        RealServer.await("a tunnel in HTTP/2", () -> inLog("/echo\",\"protocol\":\"HTTP/2.0\",\"status\":101"));
    }

    private boolean inLog(String target) throws Exception {
        return admin("GET", "/requests").body().replaceAll("\\s", "").contains("\"target\":\"" + target);
    }

    private interface Service {
        void serve(DataInputStream in, OutputStream out) throws Exception;
    }

    /** Opens a port, whose clients are served one after the other. */
    private String serve(Service service) throws IOException {
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        toClose.add(door);
        Thread.ofVirtual().start(() -> {
            while (!door.isClosed()) {
                try (Socket client = door.accept()) {
                    service.serve(new DataInputStream(client.getInputStream()), client.getOutputStream());
                } catch (Exception _) {
                    // the client is gone, or the test is over
                }
            }
        });
        return "127.0.0.1:" + door.getLocalPort();
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        return head.toString();
    }

    /** Sends every message of a WebSocket back (RFC 6455). */
    private static void echo(DataInputStream in, OutputStream out) throws Exception {
        String key = head(in).replaceAll("(?is).*\r\nsec-websocket-key: *([^\r ]+).*", "$1");
        byte[] both = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1);
        String accept = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
        String head = "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept
                + "\r\n\r\n";
        out.write(head.getBytes(ISO_8859_1));
        while (echoFrame(in, out) != 8) {} // the opcode of a close
    }

    /** Sends a frame back without its mask, which only clients use; its opcode. */
    private static int echoFrame(DataInputStream in, OutputStream out) throws IOException {
        byte[] start = {in.readByte(), (byte) (in.readByte() & 0x7F)};
        byte[] more = in.readNBytes(start[1] == 127 ? 8 : start[1] == 126 ? 2 : 0);
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(more.length == 0 ? start[1] : new BigInteger(1, more).intValueExact());
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        out.write(start);
        out.write(more);
        out.write(payload);
        return start[0] & 0x0F;
    }

    @Test
    void servers_are_told_of_the_client_that_curl_names_in_a_proxy_header() throws Exception {
        String curl = RealServer.program("curl", "curl");
        Path file = write(upstream("a", origin("A")), "route / { upstream a; }");
        String text = Files.readString(file).replace("listen 127.0.0.1:0;", "listen 127.0.0.1:0 proxy_protocol;");
        start(Files.writeString(file, text));
        String relay = serve((in, out) -> out.write(raw(head(in)).getBytes(ISO_8859_1))); // from 127.0.0.1 itself
        String answer = program(
                        curl, "-s", "--haproxy-protocol", "--interface", "127.0.0.2", "-HConnection:close", relay)
                .awaitEnd();
        assertTrue(answer.contains("X-forwarded-for: [127.0.0.2]\n"), answer);
    }
}
