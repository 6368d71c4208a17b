package phalanx.dissect;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import phalanx.net.IpAddress;
import phalanx.run.ForeignText;

/**
 * A node of the tree while it grows, and the bytes that its fields are read from. Offsets count from the slice's beginning. Fields are
 * added in the order of the header; each call gives the new node, to be added to. One thread.
 */
final class Branch {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final int LONGEST_VALUE = 300;
    private static final int MOST_OCTETS_SHOWN = 48;

    private final Budget budget;
    private final Slice in;
    private final String bits;
    private String label;
    private String value;
    private final String name;
    private final String literal;
    private final int start;
    private int length;
    private final @Nullable Expert expert;
    private final List<Branch> children = new ArrayList<>();

    /** How many nodes a tree may still get. */
    static final class Budget {
        private int left;

        Budget(int nodes) {
            left = nodes;
        }

        private void take() {
            if (left-- <= 0) {
                throw new Full();
            }
        }
    }

    /** The tree has as many nodes as it may have. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Full() {
            super("tree is full", null, false, false);
        }
    }

    private Branch(
            Budget budget,
            Slice in,
            String bits,
            String label,
            String value,
            String name,
            String literal,
            int start,
            int length,
            @Nullable Expert expert) {
        this.budget = budget;
        this.in = in;
        this.bits = bits;
        this.label = label;
        this.value = value;
        this.name = name;
        this.literal = literal;
        this.start = start;
        this.length = length;
        this.expert = expert;
    }

    /** The node of a protocol; it covers all of its slice until {@link #ends}. */
    static Branch layer(Budget budget, String label, String name, Slice in) {
        budget.take();
        return new Branch(budget, in, "", label, "", name, "", in.start(), in.length(), null);
    }

    Slice in() {
        return in;
    }

    /** It covers so many bytes from the slice's beginning. */
    Branch ends(int at) {
        length = in.start() + at - start;
        return this;
    }

    /** What is said of it, once more is known. */
    Branch says(String now) {
        value = shown(now);
        return this;
    }

    Branch called(String now) {
        label = now;
        return this;
    }

    /** A node over bytes, without a value of its own. */
    Branch part(String part, int at, int octets) {
        return add("", part, "", "", "", at, octets);
    }

    /** A node with a name over bytes, without a value of its own. */
    Branch part(String part, String filterName, int at, int octets) {
        return add("", part, "", filterName, "", at, octets);
    }

    /** A number without a sign. */
    Branch number(String what, String filterName, int at, int octets) {
        return number(what, filterName, at, octets, Long::toUnsignedString);
    }

    /** @param told the number for people */
    Branch number(String what, String filterName, int at, int octets, LongFunction<String> told) {
        long number = in.number(at, octets);
        return add("", what, told.apply(number), filterName, Long.toUnsignedString(number), at, octets);
    }

    /** A number written in hexadecimal digits. */
    Branch hex(String what, String filterName, int at, int octets) {
        return hex(what, filterName, at, octets, "");
    }

    /** @param meaning stands in front of the digits in brackets; empty for none */
    Branch hex(String what, String filterName, int at, int octets, String meaning) {
        String digits = hexadecimal(in.number(at, octets), octets);
        return add(
                "", what, meaning.isEmpty() ? digits : meaning + " (" + digits + ")", filterName, digits, at, octets);
    }

    static String hexadecimal(long number, int octets) {
        return String.format(Locale.ROOT, "0x%0" + 2 * octets + "x", number);
    }

    /** A number in some of the bits of so many octets. */
    Branch bits(String what, String filterName, int at, int octets, long mask, LongFunction<String> told) {
        long number = (in.number(at, octets) & mask) >>> Long.numberOfTrailingZeros(mask);
        return add(
                pattern(in.number(at, octets), octets, mask),
                what,
                told.apply(number),
                filterName,
                Long.toString(number),
                at,
                octets);
    }

    Branch bits(String what, String filterName, int at, int octets, long mask) {
        return bits(what, filterName, at, octets, mask, Long::toString);
    }

    /** One bit: set or not. */
    Branch flag(String what, String filterName, int at, int octets, long mask) {
        return bits(what, filterName, at, octets, mask, bit -> bit == 0 ? "Not set" : "Set");
    }

    /** {@code .... ...1}: the bits of the mask, points for the others. */
    private static String pattern(long number, int octets, long mask) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8 * octets - 1; bit >= 0; bit--) {
            text.append((mask >>> bit & 1) == 0 ? '.' : (number >>> bit & 1) == 0 ? '0' : '1');
            if (bit % 4 == 0 && bit > 0) {
                text.append(' ');
            }
        }
        return text.toString();
    }

    /** Words out of the packet, as the filter would look for them. */
    Branch text(String what, String filterName, int at, int octets, String words) {
        return add("", what, words, filterName, quoted(words), at, octets);
    }

    static String quoted(String words) {
        return '"' + words.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** What was read out of bytes. @param asked as a display filter writes it, empty for nothing to ask */
    Branch field(String what, String filterName, int at, int octets, String told, String asked) {
        return add("", what, told, filterName, asked, at, octets);
    }

    Branch mac(String what, String filterName, int at) {
        String address = COLONS.formatHex(in.take(at, 6));
        return add("", what, address, filterName, address, at, 6);
    }

    Branch ip4(String what, String filterName, int at) {
        String address = IpAddress.v4((int) in.u32(at)).toString();
        return add("", what, address, filterName, address, at, 4);
    }

    Branch ip6(String what, String filterName, int at) {
        String address = IpAddress.v6(in.i64(at), in.i64(at + 8)).toString();
        return add("", what, address, filterName, address, at, 16);
    }

    /** Octets that say nothing in numbers or words. */
    Branch octets(String what, String filterName, int at, int octets) {
        in.need(at, octets);
        String all = COLONS.formatHex(in.take(at, Math.min(octets, MOST_OCTETS_SHOWN)));
        boolean shortened = octets > MOST_OCTETS_SHOWN;
        return add("", what, shortened ? all + "..." : all, filterName, shortened ? "" : all, at, octets);
    }

    /** What was worked out, not read: of no bytes. */
    Branch derived(String what, String filterName, String told, String asked) {
        budget.take();
        return kept(new Branch(budget, in, "", what, shown(told), filterName, asked, start, 0, null));
    }

    /** A remark about this node; it covers the same bytes. */
    void remark(Expert how, String sentence) {
        children.add(new Branch(budget, in, "", sentence, "", "", "", start, length, how));
    }

    /** A node of a protocol inside this one: a packet that it quotes. */
    Branch layerInside(String what, String filterName, Slice of) {
        return kept(layer(budget, what, filterName, of));
    }

    private Branch add(String pattern, String what, String told, String filterName, String asked, int at, int octets) {
        in.need(at, octets);
        budget.take();
        return kept(
                new Branch(budget, in, pattern, what, shown(told), filterName, asked, in.start() + at, octets, null));
    }

    private Branch kept(Branch child) {
        children.add(child);
        return child;
    }

    private static String shown(String told) {
        String line = ForeignText.line(told);
        return line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) + "..." : line;
    }

    /** @param captured bytes of the frame, inside of which every node stays */
    FieldNode built(int captured) {
        int first = Math.clamp(start, 0, captured);
        return new FieldNode(
                bits,
                label,
                value,
                name,
                literal,
                first,
                Math.clamp(length, 0, captured - first),
                expert,
                children.stream().map(child -> child.built(captured)).toList());
    }
}
