package phalanx.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import phalanx.agents.observe.Deploy;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Subject;
import phalanx.metrics.CallGraph;

/**
 * What was seen in the lab, second by second, from a fault on: recorded once, judged ever after.
 *
 * @param where the fault was made: an instance, a service, the customers
 */
record Recorded(String fault, long seed, String where, Instant injected, List<Observation> seen) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line. */
    String line() {
        ObjectNode root = JSON.createObjectNode()
                .put("fault", fault)
                .put("seed", seed)
                .put("where", where)
                .put("injected", injected.toString());
        ArrayNode all = root.putArray("seen");
        seen.forEach(one -> write(all.addObject(), one));
        return root.toString();
    }

    private static void write(ObjectNode into, Observation seen) {
        into.put("at", seen.at().toString());
        ObjectNode figures = into.putObject("figures");
        seen.figures().forEach((subject, measures) -> {
            ObjectNode of = figures.putObject(subject.kind() + " " + subject.name() + " " + subject.of());
            measures.forEach((measure, figure) -> {
                ArrayNode values = of.putArray(measure.name());
                values.add(shorter(figure.now()));
                if (!Double.isNaN(figure.usual())) {
                    values.add(shorter(figure.usual())).add(shorter(figure.spread()));
                }
            });
        });
        ArrayNode deploys = into.putArray("deploys");
        seen.deploys()
                .forEach(one -> deploys.addObject()
                        .put("at", one.at().toString())
                        .put("commit", one.commit())
                        .put("fix", one.fix())
                        .set("files", JSON.valueToTree(one.files())));
    }

    private static double shorter(double value) {
        return new BigDecimal(value).round(new MathContext(4)).doubleValue();
    }

    @Override
    public String toString() {
        return fault + " " + seed + " at " + where;
    }

    /** All of a file, one on each line. */
    static List<Recorded> read(BufferedReader lines) throws IOException {
        List<Recorded> all = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode root = JSON.readTree(line);
            List<Observation> seen = new ArrayList<>();
            root.get("seen").forEach(one -> seen.add(observation(one)));
            all.add(new Recorded(
                    root.get("fault").asText(),
                    root.get("seed").asLong(),
                    root.get("where").asText(),
                    Instant.parse(root.get("injected").asText()),
                    seen));
        }
        return all;
    }

    private static Observation observation(JsonNode from) {
        Map<Subject, Map<Measure, Figure>> figures = new TreeMap<>();
        Map<String, Set<String>> calls = new TreeMap<>();
        from.get("figures").properties().forEach(subject -> {
            String[] words = subject.getKey().split(" ", -1);
            Subject about = new Subject(Subject.Kind.valueOf(words[0]), words[1], words[2]);
            if (about.kind() == Subject.Kind.DEPENDENCY) {
                calls.computeIfAbsent(about.of(), _ -> new LinkedHashSet<>()).add(about.name());
            }
            Map<Measure, Figure> of = new EnumMap<>(Measure.class);
            subject.getValue().properties().forEach(figure -> {
                JsonNode values = figure.getValue();
                Measure measure = Measure.valueOf(figure.getKey());
                of.put(
                        measure,
                        values.size() == 1
                                ? new Figure(values.get(0).asDouble(), Double.NaN, measure.noise())
                                : new Figure(
                                        values.get(0).asDouble(),
                                        values.get(1).asDouble(),
                                        values.get(2).asDouble()));
            });
            figures.put(about, of);
        });
        List<Deploy> deploys = new ArrayList<>();
        from.get("deploys").forEach(one -> {
            List<String> files = new ArrayList<>();
            one.get("files").forEach(file -> files.add(file.asText()));
            deploys.add(new Deploy(
                    Instant.parse(one.get("at").asText()),
                    one.get("commit").asText(),
                    files,
                    one.get("fix").asBoolean()));
        });
        return new Observation(Instant.parse(from.get("at").asText()), figures, new CallGraph(calls), deploys);
    }
}
