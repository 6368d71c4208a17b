package phalanx.inspect;

import java.util.SplittableRandom;
import phalanx.decode.IpView;

/** The addresses and ports of the packet in hand, for looking its flow up without allocating. Re-aimed; one thread. */
final class FlowKeyView {
    /** Unknown to who writes a capture, so that he cannot make all flows fall into one place. */
    private static final long SEED = new SplittableRandom().nextLong();

    boolean v6;
    long fromHigh;
    long fromLow;
    long toHigh;
    long toLow;
    int fromPort;
    int toPort;
    /** The same for both directions. */
    int hash;

    void aim(IpView ip, int sourcePort, int destinationPort) {
        v6 = ip.isV6();
        fromHigh = ip.sourceHigh();
        fromLow = ip.sourceLow();
        toHigh = ip.destinationHigh();
        toLow = ip.destinationLow();
        fromPort = sourcePort;
        toPort = destinationPort;
        long from = mix(fromHigh * 31 + fromLow + ((long) fromPort << 40));
        long to = mix(toHigh * 31 + toLow + ((long) toPort << 40));
        hash = (int) ((from + to) >>> 32);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32 ^ SEED) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}
