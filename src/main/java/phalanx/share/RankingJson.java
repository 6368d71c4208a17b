package phalanx.share;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import phalanx.anomaly.RootCauseRanking;
import phalanx.anomaly.Suspect;
import phalanx.metrics.MetricTable;

/** The document {@code phalanx.rank/1}: services by how likely it began at them. */
public final class RankingJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RankingJson() {}

    /** Writes and flushes one line. @param judged the rows that the ranking is about */
    public static void write(RootCauseRanking ranking, MetricTable judged, Writer out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("schema", "phalanx.rank/1");
            json.writeStringField("target", ranking.target());
            json.writeStringField(
                    "complaint",
                    ranking.complaint() == null
                            ? null
                            : ranking.complaint().name().toLowerCase(Locale.ROOT));
            json.writeArrayFieldStart("ranking");
            for (Suspect suspect : ranking.suspects()) {
                json.writeStartObject();
                json.writeStringField("service", suspect.service());
                json.writeStringField("indicator", suspect.indicator());
                json.writeNumberField("score", suspect.score());
                json.writeNumberField("usual", suspect.usual());
                json.writeNumberField("worst", suspect.worst());
                json.writeStringField("worstAt", judged.moments().get(suspect.worstRow()));
                Suspect.Explanation because = suspect.because();
                json.writeStringField(
                        "sufferingFrom",
                        because instanceof Suspect.Explanation.Callee callee ? callee.service() : null);
                json.writeStringField(
                        "betterTold",
                        because instanceof Suspect.Explanation.OnlySeenFromOutside other ? other.service() : null);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
        out.flush();
    }
}
