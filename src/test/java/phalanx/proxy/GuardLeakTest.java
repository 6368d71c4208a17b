package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that say too much, between a real client and a real origin: noted, and never changed. */
class GuardLeakTest extends ProxyTesting {
    private static final String TRACE =
            "<h1>Error</h1><pre>java.lang.IllegalStateException: no\n\tAT java.base/java.util.X.y(X.java:7)</pre>";

    private volatile int status = 500;
    private volatile String type = "text/html";
    private volatile String coding = "";
    private volatile String text = "";
    private int port;

    @BeforeEach
    void serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            if (!coding.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Encoding", coding);
            }
            exchange.sendResponseHeaders(status, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                int half = octets.length / 2; // a literal may come in two pieces
                out.write(octets, 0, half);
                out.flush();
                out.write(octets, half, octets.length - half);
            }
        });
        server.start();
        port = server.getAddress().getPort();
        toClose.add(() -> server.stop(0));
    }

    private void guarded(String more) throws IOException {
        start(
                "upstream a { server 127.0.0.1:" + port + "; health_check off; }\n",
                "waf_enabled on; " + more + " route / { upstream a; }");
    }

    private String logged() throws Exception {
        HttpResponse<String> answer = get("/", "User-Agent", "Test/1");
        assertEquals(status, answer.statusCode());
        assertEquals(text, answer.body());
        return proxy().log().newest(1).getFirst().guard();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "leak-java | text/html | Exception in thread \"main\" java.lang.Error",
                "leak-python | text/plain | Traceback (most recent call last):",
                "leak-php | text/html | <b>Fatal error</b>: Uncaught Error",
                "leak-dotnet | text/html | <title>Server Error in '/' Application.</title>",
                "leak-script | application/json | {\"stack\":\"at Object.<anonymous> (/srv/a.js:1:1)\"}",
                "leak-sql | application/json | You have an error in your SQL syntax",
                "leak-listing | text/html | <title>Index of /backup</title>",
                "leak-key | text/plain | -----BEGIN RSA PRIVATE KEY-----"
            })
    void what_a_server_should_not_say_is_noted(String rule, String of, String said) throws Exception {
        guarded("waf_leaks on;");
        type = of;
        text = "Some words before it. " + said + " And some behind it.";
        for (int each : new int[] {200, 500}) {
            status = each;
            assertEquals("the answer shows " + rule, logged());
        }
        assertTrue(admin("GET", "/metrics").body().contains("phalanx_http_leaks_total 2\n"));
    }

    @Test
    void answers_of_other_kinds_are_left_alone() throws Exception {
        guarded("waf_leaks on;");
        text = TRACE;
        assertEquals("the answer shows leak-java", logged());
        status = 404;
        assertEquals("", logged());
        status = 200;
        type = "image/svg+xml";
        assertEquals("", logged());
        type = "text/html";
        coding = "x-own";
        assertEquals("", logged());
        coding = "";
        text = " ".repeat(16 << 10) + TRACE;
        assertEquals("", logged());
        text = "All is well.";
        assertEquals("", logged());
    }

    @Test
    void it_is_off_at_the_first_level_and_on_from_the_second_and_rules_can_be_excluded() throws Exception {
        text = TRACE;
        guarded("");
        assertEquals("", logged());
        guarded("waf_paranoia 2; waf_threshold 100;");
        assertTrue(logged().endsWith("the answer shows leak-java"));
        guarded("waf_leaks on; waf_exclude leak-java;");
        assertEquals("", logged());
    }
}
