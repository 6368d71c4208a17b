package phalanx.proxy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    /** What was read of some octets: each message as method, target and body; the last word says what is wrong. */
    private static List<String> read(String octets, int step) {
        RequestReader reader = new RequestReader(Http1Limits.STANDARD, false);
        BodyReader body = new BodyReader(Http1Limits.STANDARD, false);
        List<String> messages = new ArrayList<>();
        boolean inBody = false;
        StringBuilder text = new StringBuilder();
        byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += step) {
            ByteBuf in = Unpooled.wrappedBuffer(bytes, at, Math.min(step, bytes.length - at));
            while (in.isReadable() || inBody && body.over()) {
                if (!inBody) {
                    HeadReader.Progress progress = reader.read(in);
                    if (progress == HeadReader.Progress.REFUSED) {
                        messages.add(reader.refusal().status() + " "
                                + reader.refusal().reason());
                        return messages;
                    }
                    if (progress == HeadReader.Progress.DONE) {
                        RequestHead head = reader.head();
                        text = new StringBuilder(head.method() + " " + head.target() + " ");
                        if (reader.chunked()) {
                            body.beginChunked();
                        } else {
                            body.beginLength(head.contentLength());
                        }
                        reader.begin();
                        inBody = true;
                    }
                    continue;
                }
                BodyReader.Step next = body.next(in);
                if (next == BodyReader.Step.DATA) {
                    text.append(body.data().toString(StandardCharsets.ISO_8859_1));
                    body.data().release();
                } else if (next == BodyReader.Step.END) {
                    messages.add(text.toString().strip());
                    inBody = false;
                } else if (next == BodyReader.Step.REFUSED) {
                    messages.add(body.refusal().status() + " " + body.refusal().reason());
                    return messages;
                } else {
                    break;
                }
            }
        }
        return messages;
    }

    private static List<String> read(String octets) {
        List<String> whole = read(octets, Integer.MAX_VALUE / 2);
        for (int step : new int[] {1, 2, 3, 7}) {
            assertEquals(whole, read(octets, step), "in steps of " + step);
        }
        return whole;
    }

    @Test
    void messages_are_told_apart_however_they_arrive() {
        assertEquals(
                List.of("GET /a?b=c", "POST /x hello", "PUT /y 0123456789", "HEAD *".replace("HEAD", "OPTIONS")),
                read("GET /a?b=c HTTP/1.1\r\nHost: a\r\n\r\n"
                        + "\r\nPOST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
                        + "PUT /y HTTP/1.1\r\nhost:a:80\r\nTransfer-Encoding: Chunked\r\n\r\n"
                        + "3;x=y\r\n012\r\n7\r\n3456789\r\n0\r\nX-Sum: 1\r\n\r\n"
                        + "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    @Test
    void an_absolute_target_names_the_host() {
        RequestReader reader = new RequestReader(Http1Limits.STANDARD, false);
        reader.read(Unpooled.copiedBuffer(
                "GET http://real:81/p?q HTTP/1.1\r\nHost: other\r\n\r\n", StandardCharsets.US_ASCII));
        assertEquals("real:81", reader.head().authority());
        assertEquals("/p?q", reader.head().target());
    }

    /** Each is understood differently by somebody; the strings are whole heads, or bodies behind a chunked head. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "GET /\r\n\r\n",
                "GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n",
                "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX\u0000Y: 1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\nx\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\nx\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1 \r\nx\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a\nb\r\nx\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX : 1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n"
            })
    void what_two_readers_might_understand_differently_is_refused(String octets) {
        String last = read(octets).getLast();
        assertEquals(true, last.matches("(400|405|501|505) .*"), last);
    }

    @Test
    void limits_hold() {
        assertEquals(431, refusal("GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(40_000) + "\r\n\r\n"));
        assertEquals(431, refusal("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(200) + "\r\n"));
        assertEquals(414, refusal("GET /" + "y".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    private static int refusal(String octets) {
        return Integer.parseInt(read(octets, 1000).getLast().substring(0, 3));
    }

    @Test
    void fields_of_the_connection_do_not_go_on() {
        RequestReader reader = new RequestReader(Http1Limits.STANDARD, false);
        reader.read(Unpooled.copiedBuffer("""
                GET / HTTP/1.1
                Host: a
                Connection: keep-alive, X-Secret, close
                X-Secret: 1
                Keep-Alive: 5
                TE: trailers
                Proxy: evil
                Upgrade: x
                X-Kept: 2

                """.replace("\n", "\r\n"), StandardCharsets.US_ASCII));
        Fields fields = reader.head().fields().forwarded();
        assertEquals(
                List.of("Host: a", "TE: trailers", "X-Kept: 2"),
                fields.toString().lines().toList());
        assertNotNull(reader.head().fields().value("x-secret"));
    }
}
