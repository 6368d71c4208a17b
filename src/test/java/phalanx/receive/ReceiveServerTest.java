package phalanx.receive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.capture.PcapngWriter;
import phalanx.capture.remote.HopIdentity;
import phalanx.capture.remote.HopToken;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** What is sent to the server, byte by byte: a good capture is kept whole, all else leaves nothing behind. */
class ReceiveServerTest {
    private static final String TOKEN = "canary-0123456789abcdef";
    private static final String TYPE = "Content-Type: application/octet-stream\r\n";
    private static final String GOOD = "Host: 127.0.0.1\r\nAuthorization: Bearer " + TOKEN + "\r\n" + TYPE;
    private static final ReceiveLimits LIMITS =
            new ReceiveLimits(2_000_000, 3_000_000, 5, 20_000, Duration.ofSeconds(1));

    @TempDir
    private Path temporary = Path.of("");

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Path folder = Path.of("");
    private ReceiveServer server;

    @BeforeEach
    void start() throws Exception {
        folder = temporary.resolve("in/box");
        server = switch (ReceiveServer.start(
                "127.0.0.1",
                0,
                folder,
                LIMITS,
                HopToken.of(TOKEN)::is,
                HopIdentity.in(temporary.resolve("keys")).keyManagers(),
                told::add)) {
            case Outcome.Ok<ReceiveServer>(ReceiveServer started) -> started;
            case Outcome.Failed<ReceiveServer>(var problem) -> throw new AssertionError(problem);
        };
    }

    @AfterEach
    void end() {
        server.close();
    }

    /** An answer. @param text all of it */
    private record Answer(int status, String text) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(text.substring(text.indexOf("\r\n\r\n") + 4));
        }
    }

    private Answer send(String head, byte[] body) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            try {
                out.write(body);
                out.flush();
            } catch (IOException _) {
                return answer(socket); // it has heard enough
            }
            return answer(socket);
        }
    }

    private static Answer answer(Socket socket) throws IOException {
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(text.isEmpty() ? -1 : Integer.parseInt(text.substring(9, 12)), text);
    }

    private Answer post(String path, String fields, byte[] body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\n" + fields + "Content-Length: " + body.length + "\r\n\r\n", body);
    }

    private static byte[] capture(int frames, int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(bytes, "")) {
            int id = writer.addInterface("eth0", 1, 0);
            for (int i = 0; i < frames; i++) {
                writer.packet(id, 1_700_000_000_000_000_000L + i, new byte[size], 0, size, size, 0, "");
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zip)) {
            out.write(bytes);
        }
        return zip.toByteArray();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(temporary)) {
            return all.filter(file -> Files.isRegularFile(file) && !file.startsWith(temporary.resolve("keys")))
                    .filter(file -> !file.equals(folder.resolve(".phalanx-receive")))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) { // one went away while it was looked at
            if (e.getCause() instanceof NoSuchFileException) {
                return files();
            }
            throw e;
        }
    }

    /** It is refused with a problem document, told in one line without the token, and leaves nothing. */
    private void assertRefused(int status, String code, Answer answer) throws Exception {
        assertEquals(status, answer.status(), answer.text());
        assertTrue(answer.text().contains("application/problem+json"), answer.text());
        assertEquals(status, answer.json().get("status").asInt());
        assertEquals(code, answer.json().get("code").asText());
        for (String field : List.of("type", "title", "detail")) {
            assertFalse(answer.json().get(field).asText().isEmpty(), field);
        }
        assertFalse(answer.text().contains("Access-Control"), "no other origin is let in");
        assertNothingLeft();
        assertEquals(
                1,
                told.stream()
                        .filter(line -> line.contains(": " + status + " " + code))
                        .count(),
                told::toString);
        assertFalse(told.toString().contains("0123456789abcdef"), "no secret in what is told");
        told.clear();
    }

    private void assertNothingLeft() throws Exception {
        for (int i = 0; i < 200 && !files().isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertEquals(List.of(), files());
    }

    @Test
    void a_good_capture_arrives_whole_under_a_name_of_the_server_s_choice() throws Exception {
        byte[] body = capture(500, 1000);
        Answer answer = post("/captures?name=client.pcapng", GOOD, body);
        assertEquals(201, answer.status(), answer.text());
        Path file = folder.resolve(answer.json().get("name").asText());
        assertArrayEquals(body, Files.readAllBytes(file));
        assertTrue(file.getFileName().toString().matches("client-\\d{8}T\\d{6}-[0-9a-f]{8}\\.pcapng"), file::toString);
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)),
                answer.json().get("sha256").asText());
        assertEquals(List.of(file), files());

        byte[] zip = zipped(body);
        String chunked = Integer.toHexString(zip.length) + "\r\n";
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.write(chunked.getBytes(StandardCharsets.US_ASCII));
        chunks.write(zip);
        chunks.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Answer second =
                send("POST /captures HTTP/1.1\r\n" + GOOD + "Transfer-Encoding: chunked\r\n\r\n", chunks.toByteArray());
        assertEquals(201, second.status(), second.text());
        String name = second.json().get("name").asText();
        assertTrue(name.matches("capture-.*\\.pcapng\\.gz"), name);
        assertArrayEquals(zip, Files.readAllBytes(folder.resolve(name)));
        assertEquals(
                2,
                told.stream().filter(line -> line.startsWith("127.0.0.1: 201 ")).count(),
                told::toString);
    }

    @Test
    void names_that_lead_elsewhere_are_labels_only() throws Exception {
        byte[] body = capture(1, 60);
        List<String> names = new ArrayList<>();
        for (String name : List.of(
                "../../../etc/cron.d/x",
                "%2e%2e%2f%2e%2e%2fup.pcap",
                "/absolute",
                "C:%5CWindows%5Cx",
                "%00%0a%1b[31m")) {
            Answer answer = post("/captures?name=" + name, GOOD, body);
            assertEquals(201, answer.status(), answer.text());
            names.add(answer.json().get("name").asText());
            assertEquals(1, files().size());
            assertEquals(folder, files().getFirst().getParent());
            Files.delete(files().getFirst());
        }
        assertEquals(
                List.of("etc-cron-d-x", "up", "absolute", "C-Windows-x", "31m"),
                names.stream().map(name -> name.replaceFirst("-\\d{8}T.*", "")).toList());
        assertEquals("a".repeat(40), Inbox.label("a".repeat(500)));
        assertEquals("capture", Inbox.label("...."));
    }

    @Test
    void who_has_no_right_is_refused() throws Exception {
        byte[] body = capture(1, 60);
        String host = "Host: 127.0.0.1\r\n";
        assertRefused(401, "PHX-1701", post("/captures", host + TYPE, body));
        assertRefused(401, "PHX-1701", post("/captures", host + TYPE + "Authorization: Bearer wrong\r\n", body));
        assertRefused(401, "PHX-1701", post("/captures", host + TYPE + "Authorization: Basic " + TOKEN + "\r\n", body));
        assertRefused(421, "PHX-1701", post("/captures", GOOD.replace("127.0.0.1", "evil.example"), body));
        assertRefused(421, "PHX-1701", post("/captures", GOOD.replace("127.0.0.1", "localhost.evil.example"), body));
        assertRefused(403, "PHX-1701", post("/captures", GOOD + "Origin: http://127.0.0.1\r\n", body));
        assertRefused(403, "PHX-1701", post("/captures", GOOD + "Sec-Fetch-Site: same-origin\r\n", body));
        assertEquals(
                201,
                post("/captures", GOOD.replace("127.0.0.1", "localhost:7374"), body)
                        .status());
    }

    @Test
    void what_is_no_upload_is_refused() throws Exception {
        byte[] body = capture(1, 60);
        assertRefused(404, "PHX-1702", post("/", GOOD, body));
        assertRefused(404, "PHX-1702", post("/captures/../../x", GOOD, body));
        assertRefused(405, "PHX-1702", send("GET /captures HTTP/1.1\r\n" + GOOD + "\r\n", new byte[0]));
        assertRefused(405, "PHX-1702", send("OPTIONS /captures HTTP/1.1\r\n" + GOOD + "\r\n", new byte[0]));
        assertRefused(
                405, "PHX-1702", send("PUT /captures HTTP/1.1\r\n" + GOOD + "Content-Length: 0\r\n\r\n", new byte[0]));
        assertRefused(415, "PHX-1702", post("/captures", GOOD.replace("octet-stream", "json"), body));
        assertRefused(415, "PHX-1702", post("/captures", GOOD + "Content-Encoding: gzip\r\n", zipped(body)));
        assertRefused(411, "PHX-1702", send("POST /captures HTTP/1.1\r\n" + GOOD + "\r\n", new byte[0]));
        assertRefused(400, "PHX-1702", post("/captures", GOOD + "X: " + "y".repeat(20_000) + "\r\n", body));
        assertRefused(400, "PHX-1702", post("/captures?name=%zz", GOOD, body));
        assertRefused(400, "PHX-1702", post("/captures", GOOD + "Host: localhost\r\n", body));
    }

    @Test
    void what_is_no_capture_is_refused() throws Exception {
        assertRefused(
                422,
                "PHX-1706",
                post("/captures", GOOD, "<html>not a capture</html>".getBytes(StandardCharsets.US_ASCII)));
        assertRefused(422, "PHX-1706", post("/captures", GOOD, new byte[0]));
        assertRefused(422, "PHX-1706", post("/captures", GOOD, zipped(zipped(capture(10, 60)))));
        byte[] zip = zipped(capture(10_000, 100));
        assertRefused(422, "PHX-1706", post("/captures", GOOD, Arrays.copyOf(zip, 30)));
    }

    @Test
    void a_decompression_bomb_is_refused_while_it_unpacks() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(new GZIPOutputStream(bomb), "")) {
            int id = writer.addInterface("eth0", 1, 0);
            byte[] zeros = new byte[200_000];
            for (int i = 0; i < 500; i++) {
                writer.packet(id, i, zeros, 0, zeros.length, zeros.length, 0, "");
            }
        }
        assertTrue(bomb.size() < 500_000, "100 MB in " + bomb.size());
        assertRefused(422, "PHX-1706", post("/captures", GOOD, bomb.toByteArray()));
        ByteArrayOutputStream others = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(others)) {
            out.write(capture(1, 60));
            ByteBuffer block = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
            block.putInt(0, 0x0BAD).putInt(4, block.capacity()).putInt(block.capacity() - 4, block.capacity());
            for (int i = 0; i < 100; i++) {
                out.write(block.array());
            }
        }
        assertRefused(422, "PHX-1706", post("/captures", GOOD, others.toByteArray()));
        ByteArrayOutputStream zeros = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zeros)) {
            out.write(capture(0, 0));
            for (int i = 0; i < 300; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        assertRefused(422, "PHX-1706", post("/captures", GOOD, zeros.toByteArray()));
    }

    @Test
    void what_is_too_large_is_refused_as_soon_as_that_is_known() throws Exception {
        Answer announced = send(
                "POST /captures HTTP/1.1\r\n" + GOOD + "Content-Length: 2000001\r\nExpect: 100-continue\r\n\r\n",
                new byte[0]);
        assertRefused(413, "PHX-1703", announced);
        byte[] chunk = new byte[100_000];
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int i = 0; i < 25; i++) {
            chunks.write("186a0\r\n".getBytes(StandardCharsets.US_ASCII));
            chunks.write(chunk);
            chunks.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertRefused(
                413,
                "PHX-1703",
                send(
                        "POST /captures HTTP/1.1\r\n" + GOOD + "Transfer-Encoding: chunked\r\n\r\n",
                        chunks.toByteArray()));
    }

    @Test
    void a_full_folder_takes_no_more() throws Exception {
        byte[] half = capture(1500, 1000);
        assertEquals(201, post("/captures", GOOD, half).status());
        Answer full = post("/captures", GOOD, half);
        assertEquals(507, full.status(), full.text());
        assertEquals("PHX-1704", full.json().get("code").asText());
        byte[] small = capture(1, 60);
        for (int i = 1; i < LIMITS.mostFiles(); i++) {
            assertEquals(201, post("/captures", GOOD, small).status());
        }
        assertEquals(507, post("/captures", GOOD, small).status(), "by their number");
        assertEquals(LIMITS.mostFiles(), files().size());
    }

    @Test
    void a_sender_that_is_too_slow_or_goes_away_leaves_nothing() throws Exception {
        byte[] body = capture(100, 1000);
        String head = "POST /captures HTTP/1.1\r\n" + GOOD + "Content-Length: " + body.length + "\r\n\r\n";
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            Thread drip = Thread.ofPlatform().daemon().start(() -> {
                try {
                    for (byte octet : body) {
                        socket.getOutputStream().write(octet);
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException _) {
                    return; // refused
                }
            });
            assertRefused(408, "PHX-1705", answer(socket));
            drip.join(10_000);
        }
        try (Socket silent =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            silent.setSoTimeout(10_000);
            assertEquals(-1, answer(silent).status(), "who says nothing is let go");
        }
        try (Socket gone =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            gone.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            gone.getOutputStream().write(body, 0, body.length / 2);
            for (int i = 0; i < 200 && files().isEmpty(); i++) {
                Thread.sleep(10);
            }
            assertEquals(1, files().size(), "it comes");
        }
        assertNothingLeft();
        for (int i = 0; i < 200 && told.isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertTrue(told.getLast().contains("did not come to its end"), told::toString);
    }

    @Test
    void many_who_connect_and_say_nothing_keep_nobody_out() throws Exception {
        byte[] body = capture(10, 100);
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 80; i++) {
                silent.add(new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort()));
            }
            Answer answer = post("/captures", GOOD, body);
            assertEquals(201, answer.status(), answer.text());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void what_a_killed_server_left_half_is_taken_away() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(".phalanx-upload-123"), "half");
        server.close();
        start();
        assertEquals(List.of(), files());
    }

    private Problem refused(String host) throws Exception {
        return switch (ReceiveServer.start(
                host,
                0,
                folder,
                LIMITS,
                HopToken.of(TOKEN)::is,
                HopIdentity.in(temporary.resolve("keys")).keyManagers(),
                told::add)) {
            case Outcome.Ok<ReceiveServer>(ReceiveServer started) -> throw new AssertionError("it started");
            case Outcome.Failed<ReceiveServer>(var problem) -> problem;
        };
    }

    @Test
    void a_second_server_on_the_same_folder_is_refused_and_takes_nothing_away() throws Exception {
        Path draft = Files.writeString(folder.resolve(".phalanx-upload-123"), "half");
        Problem problem = refused("127.0.0.1");
        assertEquals(ReceiveServer.TAKEN, problem.code());
        assertTrue(problem.what().contains(folder.toString()), problem::what);
        assertTrue(Files.exists(draft), "it may be what the first one is taking");
    }

    @Test
    void a_host_that_is_not_there_is_told_as_such_and_the_folder_is_free_again() throws Exception {
        server.close();
        Problem problem = refused("no-such-host.invalid");
        assertEquals(ReceiveServer.NOT_LISTENING, problem.code());
        assertTrue(problem.what().startsWith("no-such-host.invalid:0 cannot be listened on"), problem::what);
        assertEquals(ReceiveServer.NOT_LISTENING, refused("192.0.2.1").code(), "an address of nobody");
        start();
    }

    @Test
    void a_capture_that_no_thread_is_left_to_check_is_refused_and_leaves_nothing() throws Exception {
        server.close();
        try (Inbox inbox = Inbox.hold(folder, LIMITS).orElseThrow()) {
            for (int i = 0; i < 20; i++) { // more than come at once
                EmbeddedChannel channel = new EmbeddedChannel(new UploadHandler(
                        inbox,
                        LIMITS,
                        HopToken.of(TOKEN)::is,
                        true,
                        _ -> {
                            throw new OutOfMemoryError("unable to create native thread");
                        },
                        told::add));
                FullHttpRequest request = new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.POST, "/captures", Unpooled.wrappedBuffer(capture(1, 60)));
                request.headers()
                        .set("Host", "127.0.0.1")
                        .set("Authorization", "Bearer " + TOKEN)
                        .set("Content-Type", "application/octet-stream")
                        .set("Content-Length", request.content().readableBytes());
                channel.writeInbound(request);
                FullHttpResponse answer = channel.readOutbound();
                assertEquals(503, answer.status().code());
                answer.release();
            }
            assertNothingLeft();
        }
        start();
    }

    @Test
    void elsewhere_than_on_the_loopback_it_speaks_tls_alone() throws Exception {
        server.close();
        server = switch (ReceiveServer.start(
                "0.0.0.0",
                0,
                folder,
                LIMITS,
                HopToken.of(TOKEN)::is,
                HopIdentity.in(temporary.resolve("keys")).keyManagers(),
                told::add)) {
            case Outcome.Ok<ReceiveServer>(ReceiveServer started) -> started;
            case Outcome.Failed<ReceiveServer>(var problem) -> throw new AssertionError(problem);
        };
        assertFalse(post("/captures", GOOD, capture(1, 60)).text().startsWith("HTTP"), "no plain text");
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sk",
                        "-o",
                        temporary.resolve("answer").toString(),
                        "-w",
                        "%{http_code}",
                        "-H",
                        "Authorization: Bearer " + TOKEN,
                        "-H",
                        "Content-Type: application/octet-stream",
                        "--data-binary",
                        "x",
                        "https://127.0.0.1:" + server.address().getPort() + "/captures")
                .start();
        assertEquals("422", new String(curl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    }
}
