package phalanx.show.packets;

import java.util.ArrayList;
import java.util.List;
import phalanx.dissect.Dissection;
import phalanx.dissect.FieldNode;
import phalanx.show.DataTable;
import phalanx.show.Words;

/** The fields of a frame as a table, in the order of the tree. Any thread. */
final class FieldRows implements DataTable {
    private static final Words WORDS = Words.of("packets");

    private final List<FieldNode> fields = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();

    FieldRows(Dissection of) {
        of.layers().forEach(layer -> add(layer, 0));
    }

    private void add(FieldNode field, int depth) {
        fields.add(field);
        depths.add(depth);
        field.children().forEach(child -> add(child, depth + 1));
    }

    @Override
    public String title() {
        return WORDS.get("tree");
    }

    @Override
    public List<String> columns() {
        return List.of(
                WORDS.get("column-field"),
                WORDS.get("column-value"),
                WORDS.get("column-filter-name"),
                WORDS.get("column-bytes"));
    }

    @Override
    public int rows() {
        return fields.size();
    }

    @Override
    public String cell(int row, int column) {
        FieldNode field = fields.get(row);
        return switch (column) {
            case 0 -> "  ".repeat(depths.get(row)) + field.label();
            case 1 -> field.value();
            case 2 -> field.name();
            default -> field.length() == 0 ? "" : field.start() + "-" + (field.start() + field.length() - 1);
        };
    }
}
