package phalanx.dissect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A protocol, a field, a bit of a field, or a remark in the tree of a frame. Immutable, any thread.
 *
 * @param bits its bits among the others of its octets ({@code .... ...1}), empty for whole octets
 * @param label what it is, in the words of the RFC
 * @param value as people write it, empty when the label says it all
 * @param name Wireshark's name ({@code ip.ttl}), empty when it has none
 * @param literal the value as a display filter writes it, empty when only its being there can be asked for
 * @param start of its first byte in the frame
 * @param length bytes of the frame; 0 for what was worked out
 * @param expert how grave it is, for remarks only
 */
public record FieldNode(
        String bits,
        String label,
        String value,
        String name,
        String literal,
        int start,
        int length,
        @Nullable Expert expert,
        List<FieldNode> children) {
    public FieldNode {
        children = List.copyOf(children);
    }

    /** As a line of the tree: {@code .... ...1 = FIN: Set}. */
    public String text() {
        String told = value.isEmpty() ? label : label + ": " + value;
        return bits.isEmpty() ? told : bits + " = " + told;
    }

    /** Whether a byte of the frame belongs to it. */
    public boolean covers(int at) {
        return at >= start && at - start < length;
    }
}
