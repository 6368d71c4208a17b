package phalanx.agents.observe;

/**
 * What a figure is about. Immutable, any thread.
 *
 * @param name as telemetry or configuration calls it
 * @param of the service that it belongs to: of an instance its service, of a dependency who depends; itself for a service
 */
public record Subject(Kind kind, String name, String of) implements Comparable<Subject> {
    /** Kinds of what is watched. */
    public enum Kind {
        /** What users ask: all requests at the proxy's front. */
        EDGE,
        SERVICE,
        INSTANCE,
        /** What a service asks, as it sees it: another service or something outside. */
        DEPENDENCY,
        /** A table or the like in a database, as a service sees it. */
        TABLE,
        /** From the proxy to one server: what it takes beyond what the server itself took. */
        WAY,
        /** Who asks: an address, or of IPv6 the network of one customer, as the proxy knows it. */
        CLIENT
    }

    /** What users ask. */
    public static final Subject EDGE = new Subject(Kind.EDGE, "edge", "edge");

    public static Subject service(String name) {
        return new Subject(Kind.SERVICE, name, name);
    }

    public static Subject instance(String name, String service) {
        return new Subject(Kind.INSTANCE, name, service);
    }

    public static Subject dependency(String name, String service) {
        return new Subject(Kind.DEPENDENCY, name, service);
    }

    public static Subject table(String name, String service) {
        return new Subject(Kind.TABLE, name, service);
    }

    /** @param address as the proxy writes it down */
    public static Subject client(String address) {
        return new Subject(Kind.CLIENT, address, EDGE.of());
    }

    /** @param server as the proxy calls it */
    public static Subject way(String server, String service) {
        return new Subject(Kind.WAY, server, service);
    }

    @Override
    public int compareTo(Subject other) {
        int byKind = kind.compareTo(other.kind);
        int byOf = byKind != 0 ? byKind : of.compareTo(other.of);
        return byOf != 0 ? byOf : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return kind == Kind.SERVICE || kind == Kind.EDGE ? name : of + "/" + name;
    }
}
