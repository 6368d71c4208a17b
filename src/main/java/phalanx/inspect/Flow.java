package phalanx.inspect;

import phalanx.net.Endpoint;
import phalanx.net.IpAddress;

/** Two endpoints that talk: {@code a} sent first, as far as this capture shows. One thread while it is filled, then any. */
public abstract class Flow {
    final boolean v6;
    final long aHigh;
    final long aLow;
    final long bHigh;
    final long bLow;
    final int aPort;
    final int bPort;
    final int hash;

    Flow(FlowKeyView key, boolean turned) {
        v6 = key.v6;
        aHigh = turned ? key.toHigh : key.fromHigh;
        aLow = turned ? key.toLow : key.fromLow;
        bHigh = turned ? key.fromHigh : key.toHigh;
        bLow = turned ? key.fromLow : key.toLow;
        aPort = turned ? key.toPort : key.fromPort;
        bPort = turned ? key.fromPort : key.toPort;
        hash = key.hash;
    }

    /** Who sent first, or opened the connection. */
    public Endpoint a() {
        return endpoint(aHigh, aLow, aPort);
    }

    public Endpoint b() {
        return endpoint(bHigh, bLow, bPort);
    }

    private Endpoint endpoint(long high, long low, int port) {
        return new Endpoint(v6 ? IpAddress.v6(high, low) : IpAddress.v4((int) low), port);
    }

    final boolean isForward(FlowKeyView key) {
        return aLow == key.fromLow
                && aPort == key.fromPort
                && bLow == key.toLow
                && bPort == key.toPort
                && aHigh == key.fromHigh
                && bHigh == key.toHigh;
    }

    final boolean isBackward(FlowKeyView key) {
        return aLow == key.toLow
                && aPort == key.toPort
                && bLow == key.fromLow
                && bPort == key.fromPort
                && aHigh == key.toHigh
                && bHigh == key.fromHigh;
    }
}
