package phalanx.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import phalanx.lab.chaos.Chaos;
import phalanx.proxy.route.Health;

/** What heals each fault, given by hand and in the knowledge of what was injected. */
final class Remedies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Marketplace lab;

    Remedies(Marketplace lab) {
        this.lab = lab;
    }

    /** Heals it. @return what was done */
    String heal(Chaos.Injection injection) throws IOException {
        String where = injection.made().where();
        String service = where.contains("-") ? Layout.service(where) : where;
        boolean odd = injection.seed() % 2 == 1;
        return switch (injection.fault()) {
            case "pool-exhausted" ->
                edit(service, "pool of 12", root -> object(root, "pool").put("size", 12));
            case "slow-query" ->
                edit(service, "schemaGeneration", root -> root.put("schemaGeneration", next(root, "schemaGeneration")));
            case "dependency-timeout" ->
                edit(
                        "payment",
                        "limit of 200 ms, defer",
                        root -> object(object(root, "calls"), "bank")
                                .put("limitMillis", 200)
                                .put("fallback", "defer"));
            case "dns-failure" ->
                edit(
                        "payment",
                        "static address",
                        root -> object(object(root, "calls"), "bank").put("host", "127.0.0.1"));
            case "bad-deploy" -> revert();
            case "retry-storm" -> limit();
            case "dead-backend" -> odd ? generation(service, where) : down(where);
            default -> odd && !injection.fault().startsWith("network") ? generation(service, where) : drain(where);
        };
    }

    private static ObjectNode object(ObjectNode root, String name) {
        return (ObjectNode) root.get(name);
    }

    private static int next(ObjectNode root, String name) {
        return root.get(name).asInt() + 1;
    }

    private String generation(String service, String instance) throws IOException {
        return edit(service, "generation of " + instance, root -> {
            ObjectNode generation = object(root, "generation");
            generation.put(instance, next(generation, instance));
        });
    }

    private String drain(String instance) {
        lab.ways().server(instance).orElseThrow().health().drain(true);
        return "drain " + instance;
    }

    private String down(String instance) {
        lab.ways().server(instance).orElseThrow().health().markDown(true);
        return "mark " + instance + " down";
    }

    /** Lets all through that the customers send when they do not send again, and a little more. */
    private String limit() throws IOException {
        change(Layout.PROXY, text -> text.replace("{ # the edge\n", "{ # the edge\n        global_rate_limit 55;\n"));
        return "rate limit of 55/s";
    }

    private String revert() throws IOException {
        String head = lab.repository().head().orElseThrow();
        String before = lab.repository().before(head).orElseThrow();
        Map<String, String> files = lab.repository().at(before).files();
        lab.repository().commit("remedy", "Revert " + head, _ -> new TreeMap<>(files));
        return "revert";
    }

    String edit(String service, String what, Consumer<ObjectNode> edit) throws IOException {
        change(Layout.path(service), text -> {
            try {
                ObjectNode root = (ObjectNode) JSON.readTree(text);
                edit.accept(root);
                return root.toPrettyString();
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        });
        return what;
    }

    private interface Change {
        String of(String text);
    }

    private void change(String path, Change change) throws IOException {
        lab.repository().commit("remedy", "Mend " + path, files -> {
            files.put(path, change.of(Objects.requireNonNull(files.get(path))));
            return files;
        });
    }

    /** Back to how the lab was at first, but for generations, which only rise. */
    void takeBack(Map<String, String> files) throws IOException {
        for (String service : Layout.SERVICES) {
            for (String instance : Layout.instances(service)) {
                Health health = lab.ways().server(instance).orElseThrow().health();
                health.drain(false);
                health.markDown(false);
            }
        }
        Map<String, String> now =
                lab.repository().at(lab.repository().head().orElseThrow()).files();
        if (!now.equals(files)) {
            lab.repository().commit("remedy", "As it was", _ -> new TreeMap<>(files));
        }
    }
}
