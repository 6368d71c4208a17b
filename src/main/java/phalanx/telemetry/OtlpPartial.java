package phalanx.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What of a message that is taken is left out, as the answer tells it ("OTLP Specification", Partial Success; ExportTracePartialSuccess and
 * its likes of opentelemetry/proto/collector, whose fields have the same numbers). Immutable, any thread.
 *
 * @param rejected spans, points or log records
 * @param why of the first one
 */
record OtlpPartial(OtlpMessage.Signal signal, long rejected, String why) {
    private String told() {
        return rejected == 1
                ? "1 record is left out: " + why
                : rejected + " records are left out, the first one: " + why;
    }

    /** The answer in JSON. */
    String json() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (rejected > 0) {
            answer.putObject("partialSuccess")
                    .put(signal.rejected(), Long.toString(rejected))
                    .put("errorMessage", told());
        }
        return answer.toString();
    }

    /** The answer in protobuf, of no octets when nothing is left out. */
    byte[] octets() {
        if (rejected == 0) {
            return new byte[0];
        }
        byte[] text = told().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream partial = new ByteArrayOutputStream();
        partial.write(1 << 3);
        varint(rejected, partial);
        counted(2, text, partial);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        counted(1, partial.toByteArray(), answer);
        return answer.toByteArray();
    }

    private static void counted(int field, byte[] content, ByteArrayOutputStream to) {
        to.write(field << 3 | 2);
        varint(content.length, to);
        to.writeBytes(content);
    }

    private static void varint(long number, ByteArrayOutputStream to) {
        long rest = number;
        for (; rest > 0x7F; rest >>>= 7) {
            to.write((int) (rest & 0x7F | 0x80));
        }
        to.write((int) rest);
    }
}
