package phalanx.net;

/** The 5-tuple of one direction as one hop saw it; a NAT between hops makes two keys of one conversation. */
public record FlowKey(Transport transport, Endpoint from, Endpoint to) {
    /** The same flow seen the other way. */
    public FlowKey reversed() {
        return new FlowKey(transport, to, from);
    }

    @Override
    public String toString() {
        return transport.word() + " " + from + " > " + to;
    }
}
