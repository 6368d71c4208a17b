package phalanx.stitch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phalanx.decode.PacketTable;
import phalanx.net.Endpoint;
import phalanx.net.FlowKey;
import phalanx.net.Transport;

/**
 * Joins the flows of all captures into conversations: by the same 5-tuple where nothing rewrote it, by the packets that two flows
 * share where a NAT or load balancer did. One thread.
 */
final class ConversationMatcher {
    private final List<PacketTable> packets;
    private final List<FlowTable> flows;
    private final int[] firstNode;
    private final int[] captureOf;
    private final int[] parent;
    /** Whether the node's opener is its parent's other side. */
    private final boolean[] turned;
    /** Captures, as bits, in which a root's conversation was seen. */
    private final long[] seenBy;

    ConversationMatcher(List<PacketTable> packets, List<FlowTable> flows, long[][] keys) {
        this.packets = packets;
        this.flows = flows;
        firstNode = new int[flows.size() + 1];
        for (int capture = 0; capture < flows.size(); capture++) {
            firstNode[capture + 1] = firstNode[capture] + flows.get(capture).flows();
        }
        int nodes = firstNode[flows.size()];
        captureOf = new int[nodes];
        parent = new int[nodes];
        turned = new boolean[nodes];
        seenBy = new long[nodes];
        for (int capture = 0; capture < flows.size(); capture++) {
            Arrays.fill(captureOf, firstNode[capture], firstNode[capture + 1], capture);
        }
        Arrays.setAll(parent, node -> node);
        Arrays.setAll(seenBy, node -> 1L << captureOf[node]);
        if (flows.size() > 1) {
            joinSameTuple();
            joinRewritten(keys);
        }
    }

    /** Nodes of each conversation; a node is {@link #node(int, int) a flow of a capture}. Ordered by their first node. */
    List<List<Integer>> conversations() {
        int[] size = new int[parent.length];
        for (int node = 0; node < parent.length; node++) {
            size[root(node)]++;
        }
        List<List<Integer>> conversations = new ArrayList<>();
        Map<Integer, List<Integer>> byRoot = new HashMap<>();
        for (int node = 0; node < parent.length; node++) {
            int root = root(node);
            if (size[root] == 1) {
                conversations.add(List.of(node)); // a scan has millions of them
            } else {
                byRoot.computeIfAbsent(root, _ -> {
                            List<Integer> joined = new ArrayList<>();
                            conversations.add(joined);
                            return joined;
                        })
                        .add(node);
            }
        }
        return conversations;
    }

    int node(int capture, int flow) {
        return firstNode[capture] + flow;
    }

    int capture(int node) {
        return captureOf[node];
    }

    int flow(int node) {
        return node - firstNode[captureOf[node]];
    }

    /** Whether the two flows of one conversation call different sides the opener. */
    boolean opposed(int node, int other) {
        return turnedToRoot(node) != turnedToRoot(other);
    }

    private void joinSameTuple() {
        Map<FlowKey, List<Integer>> byTuple = new HashMap<>();
        for (int node = 0; node < parent.length; node++) {
            byTuple.computeIfAbsent(canonical(node), _ -> new ArrayList<>()).add(node);
        }
        for (List<Integer> same : byTuple.values()) {
            boolean oncePerCapture = same.stream().map(this::capture).distinct().count() == same.size();
            for (int i = 0; i < same.size(); i++) {
                for (int j = i + 1; j < same.size(); j++) {
                    int a = same.get(i);
                    int b = same.get(j);
                    if (captureOf[a] != captureOf[b] && (sameOpening(a, b) || oncePerCapture && !otherOpening(a, b))) {
                        join(a, b, !opener(a).equals(opener(b)));
                    }
                }
            }
        }
    }

    private boolean sameOpening(int a, int b) {
        return bothOpenings(a, b) && initialSequence(a) == initialSequence(b);
    }

    private boolean otherOpening(int a, int b) {
        return bothOpenings(a, b) && initialSequence(a) != initialSequence(b);
    }

    private boolean bothOpenings(int a, int b) {
        return flows.get(captureOf[a]).sawOpening(flow(a))
                && flows.get(captureOf[b]).sawOpening(flow(b));
    }

    private int initialSequence(int node) {
        return flows.get(captureOf[node]).initialSequence(flow(node));
    }

    private Endpoint opener(int node) {
        return flows.get(captureOf[node]).opener(flow(node));
    }

    private Endpoint other(int node) {
        return flows.get(captureOf[node]).other(flow(node));
    }

    private FlowKey canonical(int node) {
        FlowKey key = new FlowKey(flows.get(captureOf[node]).transport(flow(node)), opener(node), other(node));
        int byAddress = key.from().address().compareTo(key.to().address());
        boolean ordered =
                byAddress < 0 || byAddress == 0 && key.from().port() <= key.to().port();
        return ordered ? key : key.reversed();
    }

    /** Packets with the same key in two flows that are not yet one conversation vote for joining them. */
    private void joinRewritten(long[][] keys) {
        Map<Long, int[]> votes = new HashMap<>();
        KeyTable seen = new KeyTable();
        for (int capture = 0; capture < flows.size(); capture++) {
            FlowTable table = flows.get(capture);
            for (int row = 0; row < packets.get(capture).size(); row++) {
                if (table.flowOf(row) == FlowTable.NONE) {
                    continue;
                }
                int node = node(capture, table.flowOf(row));
                int marked = node << 1 | (table.fromOpener(row) ? 1 : 0);
                int first = seen.putIfAbsent(keys[capture][row], marked);
                if (first >= 0 && root(first >> 1) != root(node)) {
                    int[] vote = votes.computeIfAbsent((long) (first >> 1) << 32 | node, _ -> new int[2]);
                    vote[(first ^ marked) & 1]++;
                }
            }
        }
        votes.entrySet().stream()
                .sorted(Map.Entry.<Long, int[]>comparingByValue((a, b) -> Integer.compare(b[0] + b[1], a[0] + a[1]))
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(vote -> {
                    int a = (int) (vote.getKey() >>> 32);
                    int b = vote.getKey().intValue();
                    int[] count = vote.getValue();
                    if (root(a) != root(b) && mayBeRewritten(a, b, count[0] + count[1])) {
                        join(a, b, count[1] > count[0]);
                    }
                });
    }

    private boolean mayBeRewritten(int a, int b, int shared) {
        Transport transport = flows.get(captureOf[a]).transport(flow(a));
        if (transport != flows.get(captureOf[b]).transport(flow(b))) {
            return false;
        }
        if (transport == Transport.TCP) {
            return !otherOpening(a, b); // 64 bits of sequence numbers do not meet by chance
        }
        int smaller = Math.min(
                flows.get(captureOf[a]).rows(flow(a)), flows.get(captureOf[b]).rows(flow(b)));
        boolean oneSideKept = opener(a).equals(opener(b))
                || other(a).equals(other(b))
                || opener(a).equals(other(b))
                || other(a).equals(opener(b));
        // A capture that already holds a flow of both shows that they are two conversations.
        return oneSideKept && 2 * shared >= smaller && (seenBy[root(a)] & seenBy[root(b)]) == 0;
    }

    private void join(int a, int b, boolean opposed) {
        int rootA = root(a);
        int rootB = root(b);
        if (rootA != rootB) {
            boolean turn = opposed ^ turnedToRoot(a) ^ turnedToRoot(b);
            parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
            turned[Math.max(rootA, rootB)] = turn;
            seenBy[Math.min(rootA, rootB)] |= seenBy[Math.max(rootA, rootB)];
        }
    }

    private int root(int node) {
        int at = node;
        while (parent[at] != at) {
            at = parent[at];
        }
        return at;
    }

    private boolean turnedToRoot(int node) {
        boolean turn = false;
        for (int at = node; parent[at] != at; at = parent[at]) {
            turn ^= turned[at];
        }
        return turn;
    }
}
