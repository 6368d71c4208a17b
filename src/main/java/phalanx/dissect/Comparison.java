package phalanx.dissect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same packet at two capture points, field by field. Headers are matched from the innermost outwards, so that a tunnel or tag that
 * one link alone has does not shift the rest. Immutable, any thread.
 *
 * @param differences what the network should not have changed first, then in the order of the tree
 * @param firstBytes offsets of bytes that differ or that the other has not, in the first frame
 * @param secondBytes the same in the second
 */
public record Comparison(List<Difference> differences, BitSet firstBytes, BitSet secondBytes) {
    private static final int LONGEST_NUMBER = 4;

    public Comparison {
        differences = List.copyOf(differences);
    }

    /** @param first where the packet came by before it came by at {@code second} */
    public static Comparison of(Dissection first, Dissection second) {
        Walk walk = new Walk(first.frame().bytes(), second.frame().bytes());
        walk.compare(layers(first), layers(second));
        boolean other = walk.found.stream().anyMatch(d -> !isLink(d) && !isChecksum(d.field()));
        List<Difference> judged = walk.found.stream()
                .map(d -> isChecksum(d.field()) ? new Difference(d.first(), d.second(), checksum(d, other)) : d)
                .sorted(Comparator.comparing(d -> d.reason().expected()))
                .toList();
        return new Comparison(judged, walk.firstBytes, walk.secondBytes);
    }

    /** Headers by their label and their place among those of the same label, counted from the end; the record itself is left out. */
    private static Map<String, FieldNode> layers(Dissection of) {
        Map<String, FieldNode> byKey = new LinkedHashMap<>();
        List<FieldNode> headers = of.layers().stream()
                .filter(layer -> !layer.name().equals("frame") && layer.length() > 0)
                .toList();
        for (int i = 0; i < headers.size(); i++) {
            String label = headers.get(i).label();
            long behind = headers.stream()
                    .skip(i + 1L)
                    .filter(layer -> layer.label().equals(label))
                    .count();
            byKey.put(label + "#" + behind, headers.get(i));
        }
        return byKey;
    }

    private static Map<String, FieldNode> children(FieldNode of) {
        Map<String, FieldNode> byKey = new LinkedHashMap<>();
        for (FieldNode child : of.children()) {
            if (child.expert() == null && child.length() > 0) {
                String key = child.name().isEmpty() ? child.label() : child.name();
                int copy = 0;
                while (byKey.containsKey(key + "#" + copy)) {
                    copy++;
                }
                byKey.put(key + "#" + copy, child);
            }
        }
        return byKey;
    }

    private static boolean isChecksum(FieldNode field) {
        return field.name().endsWith("checksum");
    }

    private static boolean isLink(Difference of) {
        return switch (of.reason()) {
            case LINK, VLAN_TAG, ENCAPSULATION -> true;
            default -> false;
        };
    }

    private static Difference.Reason checksum(Difference of, boolean otherFields) {
        if (left(of.first()) || left(of.second())) {
            return Difference.Reason.OFFLOAD;
        }
        return otherFields ? Difference.Reason.CHECKSUM : Difference.Reason.REWRITTEN;
    }

    private static boolean left(@Nullable FieldNode sum) {
        return sum != null && sum.value().contains("network card");
    }

    /** One walk through both trees. */
    private static final class Walk {
        private final byte[] first;
        private final byte[] second;
        private final BitSet firstBytes = new BitSet();
        private final BitSet secondBytes = new BitSet();
        private final List<Difference> found = new ArrayList<>();

        Walk(byte[] first, byte[] second) {
            this.first = first;
            this.second = second;
        }

        void compare(Map<String, FieldNode> ours, Map<String, FieldNode> theirs) {
            ours.forEach((key, node) -> {
                FieldNode other = theirs.get(key);
                if (other == null) {
                    add(node, null);
                } else if (!same(node, other)) {
                    differ(node, other);
                }
            });
            theirs.forEach((key, node) -> {
                if (!ours.containsKey(key)) {
                    add(null, node);
                }
            });
        }

        private void differ(FieldNode ours, FieldNode theirs) {
            int before = found.size();
            boolean whole = !ours.literal().isEmpty() && ours.length() > LONGEST_NUMBER;
            if (!whole) {
                compare(children(ours), children(theirs));
            }
            if (found.size() == before) { // none of its parts tells it
                add(ours, theirs);
            }
        }

        private boolean same(FieldNode ours, FieldNode theirs) {
            if (!ours.bits().isEmpty()) {
                return ours.literal().equals(theirs.literal());
            }
            return ours.length() == theirs.length() && mismatch(ours, theirs) < 0;
        }

        private int mismatch(FieldNode ours, FieldNode theirs) {
            return java.util.Arrays.mismatch(
                    first,
                    ours.start(),
                    ours.start() + ours.length(),
                    second,
                    theirs.start(),
                    theirs.start() + theirs.length());
        }

        private void add(@Nullable FieldNode ours, @Nullable FieldNode theirs) {
            if (ours != null && theirs != null && ours.length() == theirs.length()) {
                for (int i = 0; i < ours.length(); i++) {
                    if (first[ours.start() + i] != second[theirs.start() + i]) {
                        firstBytes.set(ours.start() + i);
                        secondBytes.set(theirs.start() + i);
                    }
                }
            } else {
                mark(ours, firstBytes);
                mark(theirs, secondBytes);
            }
            FieldNode one = ours == null ? theirs : ours;
            if (one != null) {
                Difference.Reason reason = reason(one, ours == null || theirs == null);
                found.add(new Difference(
                        ours,
                        theirs,
                        reason == Difference.Reason.HOP_COUNT && ours != null && theirs != null && grew(ours, theirs)
                                ? Difference.Reason.HOP_COUNT_GROWN
                                : reason));
            }
        }

        private boolean grew(FieldNode ours, FieldNode theirs) {
            return Byte.compareUnsigned(second[theirs.start()], first[ours.start()]) > 0;
        }

        private static void mark(@Nullable FieldNode node, BitSet bytes) {
            if (node != null) {
                bytes.set(node.start(), node.start() + node.length());
            }
        }

        private static Difference.Reason reason(FieldNode field, boolean onlyOnce) {
            String name = field.name();
            String protocol = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            return switch (name) {
                case "ip.ttl", "ipv6.hlim" -> Difference.Reason.HOP_COUNT;
                case "ip.dsfield.dscp", "ipv6.tclass.dscp" -> Difference.Reason.DSCP;
                case "ip.dsfield.ecn", "ipv6.tclass.ecn" -> Difference.Reason.ECN;
                case "ip.src",
                        "ip.dst",
                        "ipv6.src",
                        "ipv6.dst",
                        "tcp.srcport",
                        "tcp.dstport",
                        "udp.srcport",
                        "udp.dstport" -> Difference.Reason.ADDRESS_TRANSLATION;
                default ->
                    switch (protocol) {
                        case "eth", "sll", "null", "llc" -> Difference.Reason.LINK;
                        case "vlan", "ieee8021ad" -> Difference.Reason.VLAN_TAG;
                        case "mpls", "pppoe", "ppp", "gre", "vxlan", "geneve", "gtp", "erspan", "pwethcw" ->
                            Difference.Reason.ENCAPSULATION;
                        case "ip", "ipv6", "udp", "tcp", "ah" ->
                            onlyOnce && !name.contains(".")
                                    ? Difference.Reason.ENCAPSULATION
                                    : name.equals("tcp.payload") || name.equals("udp.payload")
                                            ? Difference.Reason.PAYLOAD
                                            : Difference.Reason.REWRITTEN;
                        case "" ->
                            field.label().equals("Bytes behind the packet")
                                    ? Difference.Reason.LINK
                                    : Difference.Reason.REWRITTEN;
                        case "icmp", "icmpv6" -> Difference.Reason.REWRITTEN;
                        default -> Difference.Reason.PAYLOAD;
                    };
            };
        }
    }
}
