package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.proxy.record.RequestRecord;

/** Bodies that are coded, or longer than what is inspected, between a real client and a real origin. */
class GuardBodyTest extends ProxyTesting {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ATTACK = "a=1&b=x%27+or+1%3D1--+";
    private static final String HARMLESS = "a=1&name=O%27Neill+and+Sons";

    private static byte[] coded(String coding, byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream to = switch (coding) {
            case "gzip" -> new GZIPOutputStream(out);
            case "deflate" -> new DeflaterOutputStream(out);
            case "raw" -> new DeflaterOutputStream(out, new Deflater(6, true));
            case "br" -> {
                Brotli4jLoader.ensureAvailability();
                yield new BrotliOutputStream(out);
            }
            case "zstd" -> new ZstdOutputStream(out);
            default -> throw new IllegalArgumentException(coding);
        }) {
            to.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> post(String type, String coding, byte[] body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/f")).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return coding.isEmpty()
                ? send(request, "User-Agent", "Test/1", "Content-Type", type)
                : send(request, "User-Agent", "Test/1", "Content-Type", type, "Content-Encoding", coding);
    }

    private String logged() {
        List<RequestRecord> newest = proxy().log().newest(1);
        return newest.isEmpty() ? "" : newest.getFirst().guard();
    }

    private TestOrigin guarded(String more) throws IOException {
        TestOrigin origin = origin("A");
        start(upstream("a", origin), "waf_enabled on; " + more + " route / { upstream a; }");
        return origin;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "raw", "br", "zstd"})
    void coded_bodies_are_read_and_go_on_as_they_came(String coding) throws Exception {
        TestOrigin origin = guarded("");
        String said = coding.equals("raw") ? "deflate" : coding;
        byte[] good = coded(coding, octets(HARMLESS));
        assertEquals(200, post(FORM, said, good).statusCode());
        assertArrayEquals(good, origin.lastOctets);
        assertEquals(403, post(FORM, said, coded(coding, octets(ATTACK))).statusCode());
        assertTrue(logged().contains("at body b"), logged());
        assertEquals(1, origin.requests.get());
    }

    @Test
    void what_is_coded_twice_is_read_all_the_same() throws Exception {
        guarded("");
        byte[] twice = coded("gzip", coded("deflate", octets(ATTACK)));
        assertEquals(403, post(FORM, "deflate, gzip", twice).statusCode());
        assertTrue(logged().contains("at body b"), logged());
    }

    @Test
    void members_behind_the_first_and_the_label_of_a_gzip_body_are_read() throws Exception {
        guarded("");
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(coded("gzip", octets("a=1")));
        two.write(coded("gzip", octets("&b=x%27+or+1%3D1--+")));
        assertEquals(403, post(FORM, "gzip", two.toByteArray()).statusCode());
        byte[] plain = coded("gzip", octets(HARMLESS));
        plain[3] = 8;
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(plain, 0, 10);
        named.write(octets("&b=<script>go()</script>\0"));
        named.write(plain, 10, plain.length - 10);
        assertEquals(403, post(FORM, "gzip", named.toByteArray()).statusCode());
    }

    @Test
    void a_body_that_is_not_what_it_says_is_refused() throws Exception {
        guarded("");
        assertEquals(403, post(FORM, "gzip", octets(HARMLESS)).statusCode());
        assertTrue(logged().contains("coding-broken"), logged());
        byte[] cut = coded("gzip", octets(HARMLESS.repeat(20)));
        assertEquals(403, post(FORM, "gzip", Arrays.copyOf(cut, cut.length / 2)).statusCode());
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.write(cut);
        more.write(octets("&b=1"));
        assertEquals(403, post(FORM, "gzip", more.toByteArray()).statusCode());
    }

    @Test
    void a_body_that_grows_beyond_all_measure_is_refused() throws Exception {
        guarded("");
        assertEquals(
                403,
                post("text/plain", "gzip", coded("gzip", new byte[20 << 20])).statusCode());
        assertTrue(logged().contains("coding-bomb"), logged());
        assertEquals(
                403, post("text/plain", "br", coded("br", new byte[20 << 20])).statusCode());
        assertTrue(logged().contains("coding-bomb"), logged());
    }

    @Test
    void an_unknown_coding_passes_with_a_note_unless_its_octets_are_an_attack() throws Exception {
        guarded("");
        assertEquals(
                200,
                post("application/json", "aes128gcm", new byte[] {0, 1, 2, 3}).statusCode());
        assertTrue(logged().startsWith("passed, the body is coded"), logged());
        assertEquals(403, post(FORM, "aes128gcm", octets(ATTACK)).statusCode());
        assertEquals(200, post(FORM, "identity", octets(HARMLESS)).statusCode());
        assertEquals(403, post(FORM, "identity", octets(ATTACK)).statusCode());
    }

    @Test
    void at_a_higher_level_an_unknown_coding_is_refused() throws Exception {
        guarded("waf_paranoia 2;");
        assertEquals(403, post(FORM, "aes128gcm", new byte[] {0, 1, 2, 3}).statusCode());
    }

    @Test
    void arguments_without_end_hide_nothing_and_are_refused_at_a_higher_level() throws Exception {
        guarded("");
        String many = "a=1&".repeat(20_000);
        assertEquals(200, post(FORM, "", octets(many + HARMLESS)).statusCode());
        assertEquals(403, post(FORM, "", octets(many + ATTACK)).statusCode());
        guarded("waf_paranoia 2;");
        assertEquals(403, post(FORM, "", octets(many + HARMLESS)).statusCode());
        assertTrue(logged().contains("arguments-many"), logged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=q", "application/json", "text/xml"})
    void what_is_longer_than_inspected_passes_with_a_note(String type) throws Exception {
        TestOrigin origin = guarded("waf_body_limit 64k;");
        String words = "some words of a text ".repeat(10_000);
        byte[] body = octets(
                switch (type) {
                    case "application/json" -> "{\"a\":[\"" + words + "\"]}";
                    case "text/xml" -> "<a><b>" + words + "</b></a>";
                    default ->
                        "--q\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b.txt\"\r\n\r\n" + words
                                + "\r\n--q--\r\n";
                });
        assertEquals(200, post(type, "", body).statusCode());
        assertArrayEquals(body, origin.lastOctets);
        assertEquals("passed, only the first 65536 octets of the body were inspected", logged());
    }

    @Test
    void a_body_of_exactly_the_limit_is_inspected_to_its_end() throws Exception {
        guarded("waf_body_limit 64k;");
        String padded = "a=" + "x".repeat((64 << 10) - 2 - ATTACK.length() - 1) + "&" + ATTACK;
        assertEquals(403, post(FORM, "", octets(padded)).statusCode());
    }

    @Test
    void what_hides_behind_the_limit_is_refused_where_that_is_wanted() throws Exception {
        TestOrigin origin = guarded("waf_body_limit 64k; waf_body_over refuse;");
        String padded = "a=" + "x".repeat(70_000) + "&" + ATTACK;
        assertEquals(413, post(FORM, "", octets(padded)).statusCode());
        StringBuilder varied = new StringBuilder("a=");
        for (int i = 0; varied.length() < 70_000; i++) {
            varied.append(i);
        }
        byte[] small = coded("gzip", octets(varied + "&" + ATTACK));
        assertTrue(small.length < 64 << 10);
        assertEquals(413, post(FORM, "gzip", small).statusCode());
        assertTrue(admin("GET", "/metrics").body().contains("phalanx_guard_refused_total{code=\"413\"} 2\n"));
        assertTrue(proxy().guard().log().after(0, 10).getFirst().says().startsWith("refused, only the first 65536"));
        assertEquals(0, origin.requests.get());
        assertEquals("refused, only the first 65536 octets of the body were inspected", logged());
        assertEquals(200, post(FORM, "", octets(HARMLESS)).statusCode());
    }

    @Test
    void points_of_the_head_count_together_with_the_body_s() throws Exception {
        guarded("waf_threshold 4;");
        assertTrue(raw("POST /f HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5\r\n"
                        + "Connection: close\r\n\r\n<bad>")
                .startsWith("HTTP/1.1 403"));
        assertTrue(logged().contains("agent-missing") && logged().contains("json-odd"), logged());
    }

    private static final String ONE = "x' union select name from users -- ";

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream", "image/png", "application/grpc", "video/mp4"})
    void what_a_client_calls_opaque_is_read_where_it_is_text(String type) throws Exception {
        TestOrigin origin = guarded("");
        assertEquals(403, post(type, "", octets("{\"q\":\"" + ONE + "\"}")).statusCode());
        assertEquals(403, post(type, "", octets(ATTACK)).statusCode());
        byte[] picture = new byte[100_000];
        new java.util.SplittableRandom(3).nextBytes(picture);
        assertEquals(200, post(type, "", picture).statusCode());
        assertArrayEquals(picture, origin.lastOctets);
    }

    @Test
    void two_types_are_one_too_many() throws Exception {
        guarded("");
        assertTrue(raw("POST /f HTTP/1.1\r\nHost: a.example\r\nUser-Agent: Test/1\r\nContent-Type: image/png\r\n"
                        + "Content-Type: " + FORM + "\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=1")
                .startsWith("HTTP/1.1 403"));
    }

    private static byte[] part(String disposition, String value) {
        return octets("--q\r\nContent-Disposition: " + disposition + "\r\n\r\n" + value + "\r\n--q--\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "form-data; notfilename=x; name=\"q\"",
                "form-data; filenamex; name=\"q\"",
                "form-data; name=\"q\"; filename2=x",
                "form-data name=\"q\"; filename=x",
                "form-data; name=\"q\"; filename=\"\"",
                "form-data; name=\"q\"; filename*=UTF-8''a",
                "form-data; name=\"p\"; name=\"q\"; filename=\"a\"",
                "form-data; name=\"q\"; filename=\"a\"; filename=\"\"",
                "form-data; name=\"q\"; filename=\"a\"\nX: y",
                "form-data; name=\"q\"\r\nContent-Disposition-X: form-data; filename=\"a\"",
                "form-data; name=\"q\"\r\nContent-Disposition: form-data; name=\"q\"; filename=\"a\"",
                "form-data; name=\"q\"; filename=\"a\"\r\nContent-Disposition: form-data; name=\"q\""
            })
    void a_field_that_only_looks_like_a_file_is_refused(String disposition) throws Exception {
        guarded("");
        String type = "multipart/form-data; boundary=q";
        assertEquals(403, post(type, "", part(disposition, ONE)).statusCode());
        assertEquals(200, post(type, "", part("form-data; name=\"q\"", "words")).statusCode());
        assertEquals(
                200,
                post(type, "", part("form-data; name=\"q\"; filename=\"a b.txt\"", "words"))
                        .statusCode());
        assertEquals(
                200,
                post(type, "", part("form-data; name=q; filename=a.txt; filename*=UTF-8''a.txt", "words"))
                        .statusCode());
    }

    @Test
    void what_only_begins_like_a_delimiter_is_content() throws Exception {
        guarded("");
        String type = "multipart/form-data; boundary=q";
        byte[] hidden = part(
                "form-data; name=\"a\"",
                "foo\r\n--qX\r\nContent-Disposition: form-data; name=z; filename=f\r\n\r\n" + ONE);
        assertEquals(403, post(type, "", hidden).statusCode());
        byte[] behind = part("form-data; name=\"a\"", "foo\r\n--q--x\r\n" + ONE);
        assertEquals(403, post(type, "", behind).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; xboundary=a; boundary=q",
                "multipart/form-data; boundary=a; boundary=q",
                "multipart/form-data; boundary*=a; boundary=q",
                "multipart/form-data; a=\"; boundary=a\"; boundary=q",
                "multipart/form-data; boundary=\"\\q\"",
                "multipart/form-data; boundary=q\"a\"",
                "multipart/form-data; boundary=q,a"
            })
    void a_type_whose_boundary_readers_may_see_differently_is_refused(String type) throws Exception {
        guarded("");
        assertEquals(403, post(type, "", part("form-data; name=\"q\"", "words")).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--q\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\nx\n--q\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--q--\r\n",
                "--q\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--q--\r\n--q\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--q--\r\n"
            })
    void parts_that_only_some_readers_see_are_refused(String body) throws Exception {
        guarded("");
        assertEquals(
                403, post("multipart/form-data; boundary=q", "", octets(body)).statusCode());
    }

    /** What people upload that is no text: none of it is read as text, whatever stands in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/gzip",
                "application/x-tar",
                "application/wasm",
                "application/x-protobuf",
                "application/x-git-receive-pack-request",
                "application/pdf"
            })
    void files_that_are_no_text_pass(String type) throws Exception {
        TestOrigin origin = guarded("");
        byte[] file =
                octets("%FILE-1.4 " + "words ".repeat(200) + "\0\1\2 <script>alert(1)</script> ../../../etc/passwd");
        assertEquals(200, post(type, "", file).statusCode(), () -> logged());
        assertArrayEquals(file, origin.lastOctets);
        assertEquals(200, post(type, "gzip", coded("gzip", file)).statusCode(), () -> logged()); // as git sends it
        HttpRequest.Builder untold =
                HttpRequest.newBuilder(uri("/f")).PUT(HttpRequest.BodyPublishers.ofByteArray(file));
        assertEquals(200, send(untold, "User-Agent", "Test/1").statusCode(), () -> logged()); // as curl -T sends it
        assertEquals(
                403,
                post("application/json", "", octets("{\"a\":\"" + ONE + "\"}")).statusCode());
        assertEquals(
                403,
                post("application/atom+xml", "", octets("<a>" + ONE + "</a>")).statusCode());
        byte[] related = octets("--q\r\nContent-Type: application/json\r\n\r\n{\"name\":\"a\"}\r\n--q\r\nContent-Type: "
                + type + "\r\n\r\n\0\1\2 ../../../etc/x\r\n--q--\r\n");
        assertEquals(200, post("multipart/related; boundary=q", "", related).statusCode(), () -> logged());
        assertEquals(403, post("multipart/form-data; boundary=q", "", related).statusCode());
    }

    @Test
    void a_post_without_a_type_is_read_as_the_form_that_some_servers_take_it_for() throws Exception {
        guarded("");
        HttpRequest.Builder untold = HttpRequest.newBuilder(uri("/f"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(octets("q=1&a=x' union select name from users -- &b=\0")));
        assertEquals(403, send(untold, "User-Agent", "Test/1").statusCode());
    }

    @Test
    void markup_in_a_text_is_seen() throws Exception {
        guarded("");
        assertEquals(
                403,
                post("text/plain", "", octets("<img src=x onerror=alert(1)>")).statusCode());
        assertEquals(
                403,
                post("text/html", "", octets("<script>alert(document.cookie)</script>"))
                        .statusCode());
    }

    @Test
    void a_long_file_of_which_nothing_is_read_is_not_too_long() throws Exception {
        guarded("waf_body_limit 4k; waf_body_over refuse;");
        byte[] picture = new byte[100_000];
        new java.util.SplittableRandom(3).nextBytes(picture);
        assertEquals(200, post("image/png", "", picture).statusCode(), () -> logged());
        assertEquals(200, post("image/png", "gzip", coded("gzip", picture)).statusCode(), () -> logged());
        assertEquals(413, post("text/plain", "", octets("a ".repeat(50_000))).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/toml", "application/javascript", "text/plain", "application/x-yaml"})
    void text_that_only_begins_like_json_is_text(String type) throws Exception {
        guarded("waf_threshold 2;");
        assertEquals(200, post(type, "", octets("[section]\nkey = 1\n")).statusCode(), () -> logged());
        assertEquals(
                403,
                post(type, "", octets("{\"a\":\"\\u0078' or 1\\u003d1-- \"}")).statusCode());
    }

    /** A body that streams cannot be held; what its type promises is looked at all the same. */
    @Test
    void what_says_it_is_grpc_and_is_not_is_refused() throws Exception {
        TestOrigin origin = guarded("");
        assertEquals("200", statusByHttp2("application/grpc", new byte[] {0, 0, 0, 0, 2, 8, 1}));
        assertEquals(7, origin.lastOctets.length);
        assertEquals("403", statusByHttp2("application/grpc", octets(ATTACK)));
        assertEquals("403", statusByHttp2("application/grpc+thrift", octets(ATTACK)));
        assertTrue(logged().contains("refused"), logged());
    }

    @Test
    void what_a_parameter_of_the_type_says_is_no_type() throws Exception {
        guarded("");
        byte[] json = octets("{\"q\":\"<xyz onclick=alert&#40;1&#41;>x\"}");
        assertEquals(403, post("application/json", "", json).statusCode());
        assertEquals(
                403, post("application/json; a=x-www-form-urlencoded", "", json).statusCode());
        assertEquals(403, post("application/json; a=multipart/x", "", json).statusCode());
    }

    @Test
    void a_part_of_signs_alone_and_a_type_of_commas_cost_no_more_than_others() throws Exception {
        guarded("waf_body_limit 1m;");
        String type = "multipart/form-data; boundary=q";
        long from = System.nanoTime();
        assertEquals(
                403,
                post(type, "", part("form-data" + "=".repeat(1_000_000), "x")).statusCode());
        assertEquals(
                403, post("text/plain" + ",".repeat(30_000), "", octets("x")).statusCode());
        assertTrue(System.nanoTime() - from < 5_000_000_000L, "copied for each sign it would be a terabyte");
    }

    @Test
    void text_of_xml_is_read_across_comments_and_sections() throws Exception {
        guarded("");
        String parted = "<q>1' UNI<!-- \" -->ON SEL<![CDATA[ECT]]> name<?x ?> FROM users -- </q>";
        assertEquals(403, post("text/xml", "", octets(parted)).statusCode());
        assertEquals(
                200,
                post("text/xml", "", octets("<q>it's<!-- a note --> fine</q>")).statusCode());
    }

    @Test
    void what_stands_before_a_broken_member_is_read() throws Exception {
        guarded("waf_exclude coding-broken;");
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(coded("gzip", octets(ATTACK)));
        byte[] broken = coded("gzip", octets(HARMLESS.repeat(30)));
        Arrays.fill(broken, 12, broken.length - 8, (byte) 0xFF);
        two.write(broken);
        assertEquals(403, post(FORM, "gzip", two.toByteArray()).statusCode());
    }

    @Test
    void many_small_members_are_no_bomb_and_members_without_end_are_refused() throws Exception {
        guarded("");
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            blocks.write(coded("gzip", octets("some words of a log, line " + i + "\n" + "of a text ".repeat(500))));
        }
        blocks.write(coded("gzip", new byte[0]));
        assertEquals(200, post("text/plain", "gzip", blocks.toByteArray()).statusCode());
        ByteArrayOutputStream empty = new ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            empty.write(coded("gzip", new byte[0]));
        }
        assertEquals(403, post("text/plain", "gzip", empty.toByteArray()).statusCode());
    }
}
