package phalanx.dissect;

import java.util.Optional;
import phalanx.decode.filter.DisplayFilter;
import phalanx.decode.filter.Field;
import phalanx.decode.filter.FieldType;
import phalanx.decode.filter.Fields;
import phalanx.run.Outcome;

/** The display filter that asks for what a field says. Any thread. */
public final class FieldFilter {
    private FieldFilter() {}

    /** {@code ip.ttl == 63}; empty when Phalanx's display filters do not know the field. */
    public static Optional<String> of(FieldNode node) {
        Field field = Fields.FRAME.find(node.name());
        if (field == null) {
            return Optional.empty();
        }
        boolean there = field.type() == FieldType.PROTOCOL || field.type() == FieldType.LABEL;
        String text = there ? node.name() : node.name() + " == " + node.literal();
        return DisplayFilter.parse(text) instanceof Outcome.Ok ? Optional.of(text) : Optional.empty();
    }

    /** {@code !(ip.ttl == 63)}. */
    public static String against(String filter) {
        return "!(" + filter + ")";
    }
}
