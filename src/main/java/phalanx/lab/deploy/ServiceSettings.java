package phalanx.lab.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import phalanx.config.Fault;
import phalanx.config.HostPort;
import phalanx.config.Json;
import phalanx.config.JsonSection;
import phalanx.config.JsonText;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * What a service's instances are to be like: {@code deploy/SERVICE.json}. Immutable, any thread.
 *
 * @param poolSize connections to its database, 1 to 100
 * @param poolWaitMillis how long a request waits for one of them, 250 ms at least
 * @param calls by the name of the service that is called
 * @param features those that are switched on
 * @param generations by instance; a higher number starts it anew
 * @param schemaGeneration a higher number makes the indexes of the database anew
 */
public record ServiceSettings(
        int poolSize,
        int poolWaitMillis,
        Map<String, Dependency> calls,
        Set<String> features,
        Map<String, Integer> generations,
        int schemaGeneration) {
    /** A file in the repository cannot be used. */
    public static final String REFUSED = "PHX-7002";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 1_000_000;
    /** Faults of a file that are told. */
    private static final int TOLD = 5;

    private static final Map<String, Fallback> FALLBACKS = Map.of("none", Fallback.NONE, "defer", Fallback.DEFER);

    public ServiceSettings {
        calls = Map.copyOf(calls);
        features = Set.copyOf(features);
        generations = Map.copyOf(generations);
    }

    /** What is done when a call fails. */
    public enum Fallback {
        /** The request fails too. */
        NONE,
        /** It is written down to be done later, and calls that keep failing are not made for a while. */
        DEFER
    }

    /** @param limitMillis the longest time until the answer is there */
    public record Dependency(HostPort at, int limitMillis, Fallback fallback) {}

    /** Reads a file, and all its faults at once. @param name for what is told of it */
    public static Outcome<ServiceSettings> read(String name, String text) {
        JsonText.Parsed parsed = JsonText.parse(name, text);
        List<Fault> faults = new ArrayList<>(parsed.fault().stream().toList());
        Optional<ServiceSettings> settings = parsed.value().map(json -> from(JsonSection.of(json, faults)));
        return faults.isEmpty() && settings.isPresent()
                ? Outcome.ok(settings.get())
                : Outcome.failed(new Problem(
                        REFUSED,
                        faults.stream().limit(TOLD).map(Fault::toString).collect(Collectors.joining(" ")),
                        "What was deployed before stays in force; push a commit that mends it."));
    }

    private static ServiceSettings from(JsonSection root) {
        Optional<JsonSection> pool = object(root, "pool");
        Map<String, Integer> generations = new TreeMap<>();
        object(root, "generation")
                .ifPresent(all -> all.names().forEach(name -> generations.put(name, number(all, name, 1, MOST))));
        object(root, "calls");
        ServiceSettings read = new ServiceSettings(
                pool.map(one -> number(one, "size", 1, 100)).orElse(1),
                pool.map(one -> number(one, "waitMillis", 250, 60_000)).orElse(250),
                root.named("calls", ServiceSettings::dependency),
                root.texts("features").stream().map(Json.Text::value).collect(Collectors.toUnmodifiableSet()),
                generations,
                number(root, "schemaGeneration", 1, MOST));
        pool.ifPresent(JsonSection::finish);
        root.finish();
        return read;
    }

    private static Dependency dependency(JsonSection call) {
        String host = call.text("host").orElse("");
        if (!host.matches("[A-Za-z0-9._-]+")) {
            call.refuse(call.at("host"), "There is no host here.", "Write a name or an address.");
        }
        Dependency read = new Dependency(
                new HostPort(host, number(call, "port", 1, 65535)),
                number(call, "limitMillis", 1, 60_000),
                call.choice("fallback", FALLBACKS, Fallback.NONE));
        call.finish();
        return read;
    }

    private static Optional<JsonSection> object(JsonSection root, String name) {
        Optional<JsonSection> object = root.section(name);
        if (object.isEmpty()) {
            missing(root, name, "an object");
        }
        return object;
    }

    private static int number(JsonSection section, String name, int least, int most) {
        if (!section.names().contains(name)) {
            missing(section, name, "a whole number from " + least + " to " + most);
        }
        return section.whole(name, least, least, most);
    }

    private static void missing(JsonSection section, String name, String wanted) {
        section.refuse(section.at(), "\"" + name + "\" is missing.", "Write " + wanted + ".");
    }

    /** As a file of the repository. */
    public String json() {
        ObjectNode root = tree();
        return root.toPrettyString() + "\n";
    }

    /** In one line. */
    public String line() {
        return tree().toString();
    }

    private ObjectNode tree() {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("pool").put("size", poolSize).put("waitMillis", poolWaitMillis);
        ObjectNode called = root.putObject("calls");
        new TreeMap<>(calls).forEach((name, one) -> {
            ObjectNode call = called.putObject(name)
                    .put("host", one.at().host())
                    .put("port", one.at().port())
                    .put("limitMillis", one.limitMillis());
            if (one.fallback() == Fallback.DEFER) {
                call.put("fallback", "defer");
            }
        });
        new TreeSet<>(features).forEach(root.putArray("features")::add);
        ObjectNode generation = root.putObject("generation");
        new TreeMap<>(generations).forEach(generation::put);
        return root.put("schemaGeneration", schemaGeneration);
    }

    /** The call of a service; those that it is made for are there, or the configuration was refused. */
    public Optional<Dependency> call(String service) {
        return Optional.ofNullable(calls.get(service));
    }

    public boolean on(String feature) {
        return features.contains(feature);
    }
}
