package phalanx.inspect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** QUIC connections by their Initial packets, which anyone on the path can open (RFC 9001 section 5.2). One thread while it is filled. */
public final class QuicTraffic {
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_HANDSHAKES = 1024;

    /** Opening a packet costs about as much as analysing fifty; a flood of Initials is counted, not opened. */
    private static final int MOST_OPENED = 20_000;

    private final Set<String> names = new LinkedHashSet<>();
    private final Map<Integer, QuicHandshake> handshakes = new LinkedHashMap<>();
    private long initials;
    private int opened;

    /** Takes a datagram that begins with an Initial packet. */
    void initial(byte[] bytes, int start, int end, int conversation) {
        initials++;
        if (opened >= MOST_OPENED) {
            return;
        }
        opened++;
        QuicInitial packet = QuicInitial.read(bytes, start, end);
        if (packet == null) {
            return;
        }
        QuicHandshake handshake = handshakes.get(conversation);
        if (handshake == null) {
            handshake = QuicHandshake.begin(packet);
            if (handshake == null) {
                return;
            }
            if (handshakes.size() >= MOST_HANDSHAKES) {
                handshakes.remove(handshakes.keySet().iterator().next());
            }
            handshakes.put(conversation, handshake);
        }
        ClientHello hello = handshake.add(packet);
        if (hello != null && !hello.serverName().isEmpty() && names.size() < MOST_NAMES) {
            names.add(hello.serverName());
        }
    }

    /** Datagrams that begin with an Initial packet. */
    public long initials() {
        return initials;
    }

    /** Of them those that were not opened, as there are too many. */
    long unopened() {
        return initials - opened;
    }

    /** Server names that clients asked for. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }
}
