package phalanx.decode.filter;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phalanx.run.NearestName;

/** Fields that a filter can ask for, of a frame or of something else. Immutable, any thread. */
public final class FieldTable {
    private static final int NEAREST = 4;

    private final Map<String, Field> byName;

    private FieldTable(Map<String, Field> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** @param lines names and descriptions as {@code name type description}; u8 to u64 are unsigned integers of so many bits */
    public static FieldTable of(String lines) {
        Map<String, Field> fields = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            String[] parts = line.split(" ", 3);
            boolean number = parts[1].startsWith("u");
            FieldType type = number ? FieldType.UNSIGNED : FieldType.valueOf(parts[1].toUpperCase(Locale.ROOT));
            int bits = number ? Integer.parseInt(parts[1].substring(1)) : 0;
            fields.put(parts[0], new Field(parts[0], type, bits, parts[2]));
        });
        return new FieldTable(fields);
    }

    /** All of them, in the order in which they were given. */
    public Collection<Field> all() {
        return byName.values();
    }

    /** Null when there is none of that name. */
    public @Nullable Field find(String name) {
        return byName.get(name);
    }

    /** Names that a mistyped one stands for perhaps, the nearest first. */
    List<String> nearest(String name) {
        int most = NearestName.most(name);
        return byName.keySet().stream()
                .filter(candidate -> NearestName.edits(name, candidate) <= most || candidate.startsWith(name + "."))
                .sorted(Comparator.comparingInt((String candidate) -> NearestName.edits(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAREST)
                .toList();
    }
}
