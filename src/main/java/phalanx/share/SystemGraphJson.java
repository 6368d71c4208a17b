package phalanx.share;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import phalanx.topology.SystemGraph.Statement;

/** The document {@code phalanx.graph/1}: statements of services, hosts, hops, deploys, conversations and incidents, on one line. */
public final class SystemGraphJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SystemGraphJson() {}

    /** Writes and flushes. @param leftOut statements that there was no room for */
    public static void write(List<Statement> statements, long leftOut, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("schema", "phalanx.graph/1");
            json.writeArrayFieldStart("statements");
            for (Statement one : statements) {
                json.writeStartObject();
                json.writeStringField("from", one.from().id());
                json.writeStringField("relation", word(one.relation()));
                json.writeStringField("to", one.to().id());
                json.writeStringField("source", word(one.source()));
                time(json, "first", one.firstNanos());
                time(json, "last", one.lastNanos());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("leftOut", leftOut);
            json.writeEndObject();
        }
        out.write('\n');
        out.flush();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void time(JsonGenerator json, String name, long nanos) throws IOException {
        if (nanos == 0) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, Instant.ofEpochSecond(0, nanos).toString());
        }
    }
}
