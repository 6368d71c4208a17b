package phalanx.lab.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import phalanx.config.HostPort;
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

    /** What a file in the repository lacks; a sentence. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String what) {
            super(what);
        }
    }

    /** Reads a file. @param name for what is told of it */
    public static Outcome<ServiceSettings> read(String name, String text) {
        try {
            return Outcome.ok(from(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            return refused(name, "is no JSON (" + e.getOriginalMessage() + ")");
        } catch (Wrong wrong) {
            return refused(name, String.valueOf(wrong.getMessage()));
        }
    }

    private static Outcome<ServiceSettings> refused(String name, String what) {
        return Outcome.failed(new Problem(
                REFUSED,
                name + " " + what + ".",
                "What was deployed before stays in force; push a commit that mends it."));
    }

    private static ServiceSettings from(JsonNode root) throws Wrong {
        known(root, "", Set.of("pool", "calls", "features", "generation", "schemaGeneration"));
        JsonNode pool = object(root, "pool");
        known(pool, "pool.", Set.of("size", "waitMillis"));
        Map<String, Dependency> calls = new TreeMap<>();
        for (Map.Entry<String, JsonNode> one : object(root, "calls").properties()) {
            calls.put(one.getKey(), dependency("calls." + one.getKey() + ".", one.getValue()));
        }
        Set<String> features = new TreeSet<>();
        for (JsonNode one : root.path("features")) {
            features.add(one.asText());
        }
        Map<String, Integer> generations = new TreeMap<>();
        JsonNode generation = object(root, "generation");
        for (String instance : (Iterable<String>) generation::fieldNames) {
            generations.put(instance, number(generation, "generation.", instance, 1, MOST));
        }
        return new ServiceSettings(
                number(pool, "pool.", "size", 1, 100),
                number(pool, "pool.", "waitMillis", 250, 60_000),
                calls,
                features,
                generations,
                number(root, "", "schemaGeneration", 1, MOST));
    }

    private static Dependency dependency(String at, JsonNode node) throws Wrong {
        known(node, at, Set.of("host", "port", "limitMillis", "fallback"));
        String host = node.path("host").asText();
        if (!host.matches("[A-Za-z0-9._-]+")) {
            throw new Wrong("has no host in " + at + "host");
        }
        Fallback fallback = switch (node.path("fallback").asText("none")) {
            case "none" -> Fallback.NONE;
            case "defer" -> Fallback.DEFER;
            default -> throw new Wrong("has in " + at + "fallback neither none nor defer");
        };
        return new Dependency(
                new HostPort(host, number(node, at, "port", 1, 65535)),
                number(node, at, "limitMillis", 1, 60_000),
                fallback);
    }

    private static JsonNode object(JsonNode root, String name) throws Wrong {
        JsonNode node = root.path(name);
        if (!node.isObject()) {
            throw new Wrong("has no object " + name);
        }
        return node;
    }

    private static void known(JsonNode node, String at, Set<String> names) throws Wrong {
        if (!node.isObject()) {
            throw new Wrong("wants an object at " + (at.isEmpty() ? "the top" : at));
        }
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!names.contains(name)) {
                throw new Wrong("has " + at + name + ", which nobody reads; there is "
                        + String.join(", ", new TreeSet<>(names)));
            }
        }
    }

    private static int number(JsonNode node, String at, String name, int least, int most) throws Wrong {
        JsonNode value = node.path(name);
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw new Wrong("wants a whole number from " + least + " to " + most + " in " + at + name);
        }
        return value.intValue();
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
