package phalanx.agents.observe;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import phalanx.config.HostPort;
import phalanx.config.JsonSection;
import phalanx.config.JsonText;

/**
 * Where the parts of a system stand in its configuration, as its owner writes it down ({@code inventory.json}): what telemetry calls an
 * instance is what server of what upstream, and which value of which file says how large a pool is. Immutable, any thread.
 *
 * @param edge where users come to, as the proxy's configuration writes it behind {@code listen}; empty where that is not known
 * @param services by name, as telemetry calls them
 */
public record Inventory(String edge, Map<String, Service> services) {
    private static final String SCHEMA = "phalanx.inventory/1";

    /** Nothing is known. */
    public static final Inventory NONE = new Inventory("", Map.of());

    /**
     * A service.
     *
     * @param file its configuration, within the repository; empty where there is none
     * @param upstream its name in the proxy; empty where it has none
     * @param instances servers of the upstream by the names of instances
     * @param pool pointer (RFC 6901) to the number of connections to the database; empty for none, as the others
     * @param schema pointer to the number that makes the schema anew
     * @param generation pointer to the object of generations by instance
     * @param calls what it depends on, by names as telemetry has them
     */
    public record Service(
            String file,
            String upstream,
            Map<String, String> instances,
            String pool,
            String schema,
            String generation,
            Map<String, Call> calls) {
        public Service {
            instances = Map.copyOf(instances);
            calls = Map.copyOf(calls);
        }
    }

    /**
     * A dependency of a service.
     *
     * @param host pointer to the name or address that is called
     * @param limit pointer to the longest wait in milliseconds
     * @param fallback pointer to what is done without an answer
     * @param standIn the value to write there so that requests succeed without it
     * @param address where it is known to be, for when its name is not resolved; what telemetry says is not believed in this
     */
    public record Call(String host, String limit, String fallback, String standIn, String address) {}

    public Inventory {
        services = Map.copyOf(services);
    }

    /** The instance that a server of an upstream is. */
    Optional<Subject> instance(String upstream, String server) {
        return instance(service -> service.upstream().equals(upstream), server);
    }

    /** The instance whose server listens there, of whatever upstream. */
    Optional<Subject> server(String server) {
        return instance(_ -> true, server);
    }

    /** The ways by the addresses of their servers; without those that are written as names. */
    Map<HostPort, Subject> servers() {
        Map<HostPort, Subject> servers = new HashMap<>();
        services.forEach((service, one) -> one.instances()
                .forEach((instance, server) -> HostPort.read(server, HostPort.LOOPBACK, -1)
                        .filter(at -> at.host().matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*"))
                        .ifPresent(at -> servers.put(at, Subject.way(instance, service)))));
        return servers;
    }

    private Optional<Subject> instance(Predicate<Service> whose, String server) {
        return services.entrySet().stream()
                .filter(one -> whose.test(one.getValue()))
                .flatMap(one -> one.getValue().instances().entrySet().stream()
                        .filter(known -> known.getValue().equals(server))
                        .map(known -> Subject.instance(known.getKey(), one.getKey())))
                .findFirst();
    }

    /** Reads a file, and all its faults at once. */
    public static JsonSection.Read<Inventory> read(Path file) {
        return JsonSection.read(JsonText.read(file), SCHEMA, Inventory::inventory);
    }

    /** Reads a text. @param name of the file, for positions */
    public static JsonSection.Read<Inventory> parse(String name, String text) {
        return JsonSection.read(JsonText.parse(name, text), SCHEMA, Inventory::inventory);
    }

    private static Inventory inventory(JsonSection section) {
        return new Inventory(section.text("edge").orElse(""), section.named("services", Inventory::service));
    }

    private static Service service(JsonSection section) {
        Map<String, String> instances = new LinkedHashMap<>();
        section.section("instances")
                .ifPresent(all ->
                        all.names().forEach(name -> all.text(name).ifPresent(server -> instances.put(name, server))));
        Service read = new Service(
                section.text("file").orElse(""),
                section.text("upstream").orElse(""),
                instances,
                section.text("pool").orElse(""),
                section.text("schema").orElse(""),
                section.text("generation").orElse(""),
                section.named("calls", Inventory::call));
        section.finish();
        return read;
    }

    private static Call call(JsonSection section) {
        Call read = new Call(
                section.text("host").orElse(""),
                section.text("limit").orElse(""),
                section.text("fallback").orElse(""),
                section.text("stand_in").orElse(""),
                section.text("address").orElse(""));
        section.finish();
        return read;
    }
}
