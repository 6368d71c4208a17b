package phalanx.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import phalanx.config.HostPort;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.lab.deploy.ServiceSettings.Dependency;
import phalanx.lab.deploy.ServiceSettings.Fallback;

/**
 * Where everything of one run listens, and what is deployed at first. Immutable, any thread.
 *
 * @param edge where customers come to
 * @param mesh where services come to
 * @param admin the proxy's admin API
 * @param instances where each listens, by its name: {@code quote-1}
 * @param ways where the proxy listens for what goes to one instance, by its name
 */
public record Layout(
        HostPort edge, HostPort mesh, HostPort admin, Map<String, HostPort> instances, Map<String, HostPort> ways) {
    /** The services behind the proxy, each with two instances. */
    public static final List<String> SERVICES = List.of("quote", "policy", "payment");
    /** The one beyond it. */
    public static final String BANK = "bank-1";

    /** The proxy's file in the repository. */
    public static final String PROXY = "deploy/proxy.conf";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOWEST_PORT = 20_000, PORTS = 10_000; // below those that outgoing connections get

    /** Finds ports that nobody has. */
    static Layout free(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed ^ System.nanoTime());
        Map<String, HostPort> instances = new LinkedHashMap<>();
        Map<String, HostPort> ways = new LinkedHashMap<>();
        HostPort edge = port(random);
        HostPort mesh = port(random);
        HostPort admin = port(random);
        for (String service : SERVICES) {
            for (String instance : instances(service)) {
                instances.put(instance, port(random));
                ways.put(instance, port(random));
            }
        }
        instances.put(BANK, port(random));
        return new Layout(edge, mesh, admin, instances, ways);
    }

    private static HostPort port(SplittableRandom random) throws IOException {
        IOException last = new IOException("no port of the loopback is free");
        for (int tries = 0; tries < 100; tries++) {
            int port = LOWEST_PORT + random.nextInt(PORTS);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return new HostPort(HostPort.LOOPBACK, port);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** The instances of a service behind the proxy. */
    public static List<String> instances(String service) {
        return List.of(service + "-1", service + "-2");
    }

    /** {@code quote} of {@code quote-1}. */
    public static String service(String instance) {
        return instance.substring(0, instance.lastIndexOf('-'));
    }

    /** The files of the first commit, by their paths in the repository. */
    Map<String, String> files(String collector) {
        Map<String, String> files = new TreeMap<>();
        files.put(path("quote"), settings("quote", 5, "policy", mesh, 1000).json());
        files.put(path("policy"), settings("policy", 4, "payment", mesh, 1500).json());
        files.put(
                path("payment"),
                settings(
                                "payment",
                                5,
                                "bank",
                                new HostPort(LabDns.BANK, instance(BANK).port()),
                                1200)
                        .json());
        files.put(PROXY, proxy(collector));
        return files;
    }

    /** A service's file in the repository. */
    public static String path(String service) {
        return "deploy/" + service + ".json";
    }

    private static ServiceSettings settings(String service, int pool, String called, HostPort at, int limitMillis) {
        Map<String, Integer> generations = new TreeMap<>();
        instances(service).forEach(instance -> generations.put(instance, 1));
        return new ServiceSettings(
                pool, 500, Map.of(called, new Dependency(at, limitMillis, Fallback.NONE)), Set.of(), generations, 1);
    }

    /** What the bank is like, which nobody here deploys. */
    static ServiceSettings bank() {
        return new ServiceSettings(24, 500, Map.of(), Set.of(), Map.of(BANK, 1), 1);
    }

    /** Where the parts stand in this configuration, for who mends it: {@code inventory.json} of the agents. */
    public String inventory() {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", "phalanx.inventory/1").put("edge", edge.toString());
        ObjectNode services = root.putObject("services");
        for (String service : SERVICES) {
            ObjectNode one = services.putObject(service)
                    .put("file", path(service))
                    .put("upstream", service)
                    .put("pool", "/pool/size")
                    .put("schema", "/schemaGeneration")
                    .put("generation", "/generation");
            ObjectNode instances = one.putObject("instances");
            instances(service).forEach(name -> instances.put(name, way(name).toString()));
        }
        ((ObjectNode) services.get("payment"))
                .putObject("calls")
                .putObject("bank")
                .put("host", "/calls/bank/host")
                .put("limit", "/calls/bank/limitMillis")
                .put("fallback", "/calls/bank/fallback")
                .put("stand_in", "defer")
                .put("address", HostPort.LOOPBACK);
        return root.toPrettyString() + "\n";
    }

    HostPort instance(String name) {
        return Objects.requireNonNull(instances.get(name));
    }

    /** Where the proxy listens for what goes to an instance. */
    public HostPort way(String instance) {
        return Objects.requireNonNull(ways.get(instance));
    }

    private String proxy(String collector) {
        StringBuilder text = new StringBuilder(
                "# The marketplace's proxy. Customers come to the edge, services to the mesh; to each\n"
                        + "# instance leads a way of its own.\nworker_threads 2;\nadmin " + admin + ";\n");
        if (!collector.isEmpty()) {
            text.append("otel_exporter ").append(collector).append(";\notel_service_name proxy;\n");
        }
        for (String service : SERVICES) {
            text.append("\nupstream ").append(service).append(" {\n    health_check off;\n    max_fails 0;\n");
            instances(service)
                    .forEach(one -> text.append("    server ").append(way(one)).append(";\n"));
            text.append("}\n");
            instances(service)
                    .forEach(one -> text.append("upstream ")
                            .append(one)
                            .append(" {\n    health_check off;\n    max_fails 0;\n    server ")
                            .append(instance(one))
                            .append(";\n}\n"));
        }
        text.append("\nhttp {\n").append(collector.isEmpty() ? "" : "    otel_trace on;\n");
        text.append("    server { # the edge\n        listen ").append(edge).append(";\n");
        text.append(route("/quote", "quote")).append(route("/policy", "policy"));
        text.append("    }\n    server { # the mesh\n        listen ")
                .append(mesh)
                .append(";\n");
        text.append(route("/terms", "policy"))
                .append(route("/payment", "payment"))
                .append("    }\n");
        ways.forEach((name, at) -> text.append("    server { # the way to ")
                .append(name)
                .append("\n        listen ")
                .append(at)
                .append(";\n")
                .append(route("/", name))
                .append("    }\n"));
        return text.append("}\n").toString();
    }

    private static String route(String path, String upstream) {
        return "        route " + path + " {\n            upstream " + upstream + ";\n        }\n";
    }

    /** All instances. */
    public List<String> names() {
        return List.copyOf(instances.keySet());
    }
}
