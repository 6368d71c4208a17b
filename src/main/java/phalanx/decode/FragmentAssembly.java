package phalanx.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts IP packets together from their fragments (RFC 791 section 3.2, RFC 8200 section 4.5), within bounds: what exceeds them is
 * dropped, oldest first, and counted. Overlapping fragments drop their packet, as RFC 5722 demands. One thread.
 */
public final class FragmentAssembly {
    /** Fragments older than this do not become a packet any more (RFC 8200 section 4.5). */
    private static final long TIMEOUT_NANOS = 60_000_000_000L;

    private static final int MOST_PACKETS = 4096;
    private static final int MOST_BYTES = 16 << 20;
    private static final int LARGEST_PACKET = 65_535;
    private static final int MOST_FRAGMENTS = 1024;
    private static final int OVERHEAD = 64;

    private final Map<Key, Packet> pending = new LinkedHashMap<>();
    private long held;
    private long dropped;

    private record Key(
            boolean v6, long fromHigh, long fromLow, long toHigh, long toLow, int identification, int protocol) {}

    private record Fragment(int offset, byte[] bytes) {}

    private static final class Packet {
        final List<Fragment> fragments = new ArrayList<>(4);
        final long began;
        int total = -1;
        int bytes;
        int cost;

        Packet(long began) {
            this.began = began;
        }
    }

    /** Packets given up: a part never came, contradicted another, or there were too many at once. */
    public long dropped() {
        return dropped;
    }

    /** Packets of which parts are still awaited. */
    public long waiting() {
        return pending.size();
    }

    /** @return what the whole packet carries behind its headers, null while parts are missing */
    byte @Nullable [] add(IpView ip, byte[] bytes, int start, int length, long nanos) {
        boolean more = ip.moreFragments();
        int end = ip.fragmentOffset() + length;
        if (end > LARGEST_PACKET || length <= 0 || more && length % 8 != 0) {
            return null;
        }
        Key key = new Key(
                ip.isV6(),
                ip.sourceHigh(),
                ip.sourceLow(),
                ip.destinationHigh(),
                ip.destinationLow(),
                ip.identification(),
                ip.isV6() ? 0 : ip.protocol());
        Packet packet = pending.get(key);
        if (packet != null && nanos - packet.began > TIMEOUT_NANOS) {
            drop(key);
            packet = null;
        }
        if (packet != null && packet.fragments.size() >= MOST_FRAGMENTS) {
            drop(key);
            return null;
        }
        makeRoom();
        if (packet == null || !pending.containsKey(key)) {
            packet = new Packet(nanos);
            pending.put(key, packet);
        }
        boolean beyond = packet.total >= 0 && end > packet.total;
        for (Fragment other : packet.fragments) {
            int otherEnd = other.offset + other.bytes.length;
            if (other.offset == ip.fragmentOffset() && otherEnd == end) {
                return null; // the same once more
            }
            beyond |= !more && otherEnd > end;
            beyond |= ip.fragmentOffset() < otherEnd && other.offset < end;
        }
        if (beyond) { // overlaps another, or lies behind the last one
            drop(key);
            return null;
        }
        byte[] copy = Arrays.copyOfRange(bytes, start, start + length);
        packet.fragments.add(new Fragment(ip.fragmentOffset(), copy));
        packet.bytes += length;
        packet.cost += length + OVERHEAD;
        held += length + OVERHEAD;
        packet.total = more ? packet.total : end;
        return packet.bytes == packet.total ? join(key, packet) : null;
    }

    private byte[] join(Key key, Packet packet) {
        pending.remove(key);
        held -= packet.cost;
        byte[] whole = new byte[packet.total];
        for (Fragment fragment : packet.fragments) {
            System.arraycopy(fragment.bytes, 0, whole, fragment.offset, fragment.bytes.length);
        }
        return whole;
    }

    private void makeRoom() {
        Iterator<Packet> oldest = pending.values().iterator();
        while ((pending.size() >= MOST_PACKETS || held > MOST_BYTES) && oldest.hasNext()) {
            held -= oldest.next().cost;
            oldest.remove();
            dropped++;
        }
    }

    private void drop(Key key) {
        Packet gone = pending.remove(key);
        if (gone != null) {
            held -= gone.cost;
            dropped++;
        }
    }
}
