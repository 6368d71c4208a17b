package phalanx.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Reads a file of another tool, known by its content. Up to 128 MiB; any thread. */
public final class TelemetryFile {
    /** It is not there, may not be read, or is too large. */
    public static final String UNREADABLE = "PHX-1801";
    /** It is nothing that is known. */
    public static final String UNKNOWN = "PHX-1802";
    /** A part of it was left out. */
    public static final String PARTLY = "PHX-1803";

    /** Octets of a file that is read. */
    static final long MOST_BYTES = 128L << 20;
    /** The tag of the only field of a TracesData message. */
    private static final byte TRACES = 0x0A;

    /**
     * Fields of what one sender recorded in a message: a quarter of the memory with some 100 bytes each, but ten million (170,000 spans) are
     * more than is ever sent at once.
     */
    private static final int MOST_FIELDS =
            Math.clamp(Runtime.getRuntime().maxMemory() / 400, OtlpIntake.MOST_FIELDS, 10_000_000);

    /** The second octet of a pcapng file (draft-ietf-opsawg-pcapng, section 4.1). */
    private static final byte PCAPNG = 0x0D;
    /** Octets in which a text begins. */
    private static final int MOST_SPACE = 256;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TelemetryFile() {}

    /** Whether a file looks like one of these and not like a capture, by its first bytes. Waits for the disk; false for what cannot be read. */
    public static boolean looksLikeOne(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(MOST_SPACE);
            String text = new String(begin, StandardCharsets.UTF_8).stripLeading();
            boolean message = begin.length > 5
                    && (begin[0] == TRACES && begin[1] != PCAPNG // a block type of pcapng begins with the same octet
                            || begin[0] == 0 && begin[Integer.BYTES] == TRACES);
            return message || text.startsWith("{") || text.startsWith("[") || text.startsWith("#");
        } catch (IOException _) {
            return false;
        }
    }

    /** @return failed with {@link #UNREADABLE} or {@link #UNKNOWN}; records that are not understood are told in it and left out */
    public static Outcome<Telemetry> read(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return unreadable(file, "it is a folder");
            }
            if (Files.size(file) > MOST_BYTES) {
                return unreadable(file, "it is larger than " + (MOST_BYTES >> 20) + " MiB");
            }
            return read(file, Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return unreadable(file, "it does not exist");
        } catch (AccessDeniedException _) {
            return unreadable(file, "you may not read it");
        } catch (IOException _) {
            return unreadable(file, "the disk refuses");
        }
    }

    private static Outcome<Telemetry> unreadable(Path file, String why) {
        return Outcome.failed(new Problem(
                UNREADABLE,
                file + " cannot be imported: " + why + ".",
                "Name a file that you may read, cut to the time of the captures."));
    }

    static Outcome<Telemetry> read(Path file, byte[] bytes) {
        Gathering into = new Gathering(file.toString(), String.valueOf(file.getFileName()));
        String fault;
        try {
            String text = new String(bytes, StandardCharsets.UTF_8);
            String begin = text.stripLeading();
            if (begin.startsWith("#")) {
                lines(text, new ZeekLog(into)::line, into);
            } else if (begin.startsWith("{") || begin.startsWith("[")) {
                json(text, into);
            } else if (bytes.length > 0) {
                protobuf(ByteBuffer.wrap(bytes), into);
            }
            fault = into.firstFault();
        } catch (Malformed e) {
            fault = into.isEmpty() ? "" : e.what();
            into.wrong(0, e.what());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
        if (into.isEmpty()) {
            return Outcome.failed(
                    new Problem(
                            UNKNOWN,
                            file + " is nothing that can be imported" + (fault.isEmpty() ? "." : ": " + fault + "."),
                            "Logs of Zeek, EVE of Suricata, OTLP traces, range queries of Prometheus, kubectl get -o json and lists of deploys are read."));
        }
        return Outcome.ok(into.telemetry());
    }

    /** One message; or, as the collector's file exporter writes them, several with their lengths in front. */
    private static void protobuf(ByteBuffer bytes, Gathering into) throws Malformed {
        if (bytes.get(0) == TRACES) {
            message(bytes, into);
            return;
        }
        while (bytes.remaining() >= Integer.BYTES) {
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new Malformed("it is no protobuf message");
            }
            try {
                message(bytes.slice().limit(length), into);
            } catch (Malformed e) {
                into.wrong(0, e.what());
            }
            bytes.position(bytes.position() + length);
        }
    }

    private static void message(ByteBuffer bytes, Gathering into) throws Malformed {
        OtlpMessage.parts(
                OtlpMessage.Signal.TRACES,
                bytes,
                MOST_FIELDS,
                part -> OtlpTraces.take(part, into),
                e -> into.wrong(0, e.what()));
    }

    /** What takes one line. */
    private interface Line {
        void take(String line) throws Malformed;
    }

    private static void lines(String text, Line each, Gathering into) throws IOException {
        BufferedReader reader = new BufferedReader(new StringReader(text));
        long number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            try {
                if (!line.isBlank()) {
                    each.take(line);
                }
            } catch (Malformed e) {
                into.wrong(number, e.what());
            }
        }
    }

    /** One document, or an object a line. */
    private static void json(String text, Gathering into) throws IOException {
        JsonNode whole;
        try {
            whole = JSON.readTree(text);
        } catch (JsonProcessingException _) {
            ZeekLog zeek = new ZeekLog(into);
            lines(text, line -> object(parsed(line), zeek, into), into);
            return;
        }
        ZeekLog zeek = new ZeekLog(into);
        for (JsonNode one : whole.isArray() ? whole : JSON.createArrayNode().add(whole)) {
            try {
                object(one, zeek, into);
            } catch (Malformed e) {
                into.wrong(0, e.what());
            }
        }
    }

    private static JsonNode parsed(String line) throws Malformed {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new Malformed("it is no JSON (" + ForeignText.name(e.getOriginalMessage()) + ")");
        }
    }

    /** @return false for what is none */
    static boolean otlp(JsonNode json, Gathering into) {
        boolean traces = json.path(OtlpMessage.Signal.TRACES.field()).isArray();
        boolean metrics = json.path(OtlpMessage.Signal.METRICS.field()).isArray();
        boolean logs = json.path(OtlpMessage.Signal.LOGS.field()).isArray();
        if (traces) {
            OtlpTraces.take(json, into);
        }
        if (metrics) {
            OtlpMetrics.take(json, into);
        }
        if (logs) {
            OtlpLogs.take(json, into);
        }
        return traces || metrics || logs;
    }

    private static void object(JsonNode json, ZeekLog zeek, Gathering into) throws Malformed {
        Fields record = Fields.of(json);
        if (otlp(json, into)) {
            return;
        }
        if (PrometheusAnswer.isOne(json)) {
            PrometheusAnswer.take(json, into);
        } else if (KubernetesList.isOne(json)) {
            KubernetesList.take(json, into);
        } else if (json.has("event_type")) {
            EveLog.take(record, into);
        } else if (json.has("ts")) {
            zeek.object(record);
        } else if (json.has("time") && json.has("service")) {
            DeployList.take(record, into);
        } else {
            throw new Malformed("an object with none of the fields that are known");
        }
    }
}
