package phalanx.decode.filter;

import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * A filter in the language of Wireshark's display filters ({@code wireshark-filter(4)}): fields of {@link Fields}, the operators
 * {@code == != === !== > < >= <= contains matches in}, {@code and or not}, masks, slices and the functions lower, upper, len and count;
 * {@code !=} means that all values differ, as in Wireshark 4. Any thread; {@link #holds} by one at a time.
 */
public final class DisplayFilter {
    /** The filter is not understood. */
    public static final String INVALID = "PHX-1301";

    private final String text;
    private final Node node;
    private final Evaluation evaluation = new Evaluation();

    private DisplayFilter(String text, Node node) {
        this.text = text;
        this.node = node;
    }

    /** @return the filter, or a problem that names the column and what was meant perhaps; its offset is the column */
    public static Outcome<DisplayFilter> parse(String text) {
        return parse(text, Fields.FRAME);
    }

    /** As {@link #parse(String)}, of something that has other fields than a frame. */
    public static Outcome<DisplayFilter> parse(String text, FieldTable fields) {
        try {
            return Outcome.ok(new DisplayFilter(text, new FilterParser(text, fields).parse()));
        } catch (FilterError e) {
            String meant = e.nearest().isEmpty()
                    ? "Fields and operators: phalanx filter --fields."
                    : "Did you mean " + String.join(", ", e.nearest()) + "?";
            return Outcome.failed(new Problem(
                    INVALID, "Filter, column " + e.column() + ": " + e.getMessage() + ".", meant, e.column(), -1));
        }
    }

    /** Whether the frame in hand is selected. */
    public boolean holds(FieldSource frame) {
        return evaluation.holds(node, frame);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
