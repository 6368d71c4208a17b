package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;
import phalanx.capture.CaptureWriter;
import phalanx.decode.Wire;

class InspectCommandTest {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(InspectCommandTest.class.getResourceAsStream("/schema/phalanx.inspect-1.schema.json"));

    @TempDir
    private Path folder = Path.of(".");

    private static List<JsonNode> documents(String out) {
        return out.lines()
                .map(line -> {
                    try {
                        return new ObjectMapper().readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    @Test
    void every_sample_gives_a_document_a_file_that_follows_the_schema() {
        List<Object> arguments = new ArrayList<>(List.of("inspect", "--json"));
        List<Path> files = TestPipeline.sample("loss-on-wan-link");
        arguments.addAll(files);
        CommandRun ran = CommandRun.of(arguments.toArray());
        assertEquals(ExitCode.OK, ran.code());
        List<JsonNode> documents = documents(ran.out());
        assertEquals(files.size(), documents.size());
        for (JsonNode document : documents) {
            assertEquals(Set.of(), SCHEMA.validate(document));
            assertEquals("ok", document.get("status").asText());
        }
    }

    @Test
    void an_unreadable_file_gets_its_document_and_does_not_stop_the_others() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a capture");
        Path good = TestPipeline.sample("loss-on-wan-link").getFirst();
        byte[] whole = Files.readAllBytes(good);
        Path cut = Files.write(folder.resolve("cut.pcapng"), Arrays.copyOf(whole, whole.length - 5));
        CommandRun ran = CommandRun.of("inspect", "--json", text, cut, folder.resolve("missing"), good);
        assertEquals(ExitCode.UNREADABLE, ran.code());
        List<JsonNode> documents = documents(ran.out());
        documents.forEach(document -> assertEquals(Set.of(), SCHEMA.validate(document)));
        assertEquals(
                List.of("refused", "partial", "refused", "ok"),
                documents.stream().map(d -> d.get("status").asText()).toList());
        assertEquals(
                documents.get(3).get("packets").asInt() - 1,
                documents.get(1).get("packets").asInt(),
                "all but the frame that was cut");
    }

    @Test
    void second_copies_are_told_from_retransmissions_and_named() throws IOException {
        CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
        long time = 1_795_228_941_000_000_000L;
        for (int i = 0; i < 10; i++) {
            byte[] frame = Wire.tcp()
                    .id(100 + i)
                    .seq(1000 + 50 * i, 1)
                    .payload(new byte[50])
                    .frame();
            writer.frame(time, frame, frame.length).frame(time + 40_000, frame, frame.length);
            time += 1_000_000;
        }
        byte[] again = Wire.tcp().id(400).seq(1450, 1).payload(new byte[50]).frame();
        Path file = Files.write(
                folder.resolve("mirror.pcap"),
                writer.frame(time + 300_000_000, again, again.length).bytes());
        JsonNode document =
                documents(CommandRun.of("inspect", "--json", file).out()).getFirst();
        assertEquals(10, document.get("duplicateFrames").asInt());
        JsonNode stream = document.get("tcp").get(0);
        assertEquals("[1,0]", stream.get("flags").get("retransmission").toString());
        assertEquals(
                "[2,4,6,8,10,12,14,16,18,20]",
                stream.get("differs").get(0).get("frames").toString());
        CommandRun text = CommandRun.of("inspect", file);
        assertTrue(text.out().contains("PHX-1201"), text.out());
        assertTrue(text.out().lines().allMatch(line -> line.length() <= 120), "wider than 120 columns");
    }

    @Test
    void what_packets_and_file_names_say_reaches_no_terminal_raw() throws IOException {
        Path file = Files.write(
                folder.resolve("evil\u001b[2J\u202e.pcap"),
                CaptureWriter.pcapng(ByteOrder.LITTLE_ENDIAN)
                        .describe(1, 0, "eth\u001b]0;owned\u0007", 9, 0)
                        .packet(0, 1, Wire.tcp().frame(), 54)
                        .bytes());
        CommandRun ran = CommandRun.of("inspect", file);
        assertTrue(
                (ran.out() + ran.err()).chars().noneMatch(c -> c != '\n' && Character.isISOControl(c) || c == 0x202E),
                ran.out());
    }
}
