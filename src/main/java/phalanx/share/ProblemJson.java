package phalanx.share;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import phalanx.run.Problem;

/** The field {@code problems}, the same in every document. */
final class ProblemJson {
    private ProblemJson() {}

    static void write(JsonGenerator json, List<Problem> problems) throws IOException {
        json.writeArrayFieldStart("problems");
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeStringField("code", problem.code());
            json.writeStringField("what", problem.what());
            json.writeStringField("remedy", problem.remedy());
            writePlace(json, "offset", problem.offset());
            writePlace(json, "frame", problem.frame());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writePlace(JsonGenerator json, String name, long place) throws IOException {
        if (place < 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, place);
        }
    }
}
