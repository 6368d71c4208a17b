package phalanx.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phalanx.run.NearestName;

/**
 * A JSON object being read: values are asked for by name, and what nobody asked for is refused at the end. Faults are collected, so that
 * one reading names them all. One thread.
 */
public final class JsonSection {
    private final Json.Fields fields;
    private final List<Fault> faults;
    private final Set<String> claimed = new HashSet<>();

    private JsonSection(Json.Fields fields, List<Fault> faults) {
        this.fields = fields;
        this.faults = faults;
    }

    /** Reads an object; another value is a fault, and counts as an object without values. Faults go to the list given. */
    public static JsonSection of(Json value, List<Fault> faults) {
        if (value instanceof Json.Fields object) {
            return new JsonSection(object, faults);
        }
        faults.add(new Fault(value.at(), "An object belongs here, found " + value.kind() + ".", "Write { ... }."));
        return new JsonSection(new Json.Fields(value.at(), Map.of(), Map.of()), faults);
    }

    /** What a file holds, or the faults of the file. */
    public record Read<T>(Optional<T> value, List<Fault> faults) {
        public Read {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Reads a file whose top is an object that names its schema, and all its faults at once.
     *
     * @param schema what must stand in {@code "schema"}
     * @param reader of all the other values; the end is checked here
     */
    public static <T> Read<T> read(JsonText.Parsed parsed, String schema, Function<JsonSection, T> reader) {
        List<Fault> faults = new ArrayList<>(parsed.fault().stream().toList());
        Optional<T> value = parsed.value().map(json -> {
            JsonSection section = of(json, faults);
            if (!section.text("schema").orElse("").equals(schema)) {
                section.refuse(
                        section.at("schema"), "This file is of another kind.", "Write \"schema\": \"" + schema + "\".");
            }
            T read = reader.apply(section);
            section.finish();
            return read;
        });
        return new Read<>(faults.isEmpty() ? value : Optional.empty(), faults);
    }

    /** Where the object begins. */
    public Position at() {
        return fields.at();
    }

    /** Where the name of a value stands, or the object where it has none. */
    public Position at(String name) {
        return fields.names().getOrDefault(name, fields.at());
    }

    /** The names that stand in the object, in order. */
    public Set<String> names() {
        return fields.values().keySet();
    }

    /** Notes a fault. */
    public void refuse(Position where, String what, String remedy) {
        faults.add(new Fault(where, what, remedy));
    }

    private @Nullable Json claim(String name) {
        claimed.add(name);
        return fields.values().get(name);
    }

    private <T> T refused(Json found, String name, String wanted, T standard) {
        refuse(
                found.at(),
                "\"" + name + "\" wants " + wanted + ", found " + found.kind() + ".",
                "Write " + wanted + " or leave it out.");
        return standard;
    }

    /** A number within bounds, or the standard where there is none. */
    public double number(String name, double standard, double least, double most) {
        Json found = claim(name);
        if (found == null) {
            return standard;
        }
        if (found instanceof Json.Numeral(Position at, double value)) {
            if (value >= least && value <= most) {
                return value;
            }
            refuse(
                    at,
                    "\"" + name + "\" is " + plain(value) + ".",
                    "It goes from " + plain(least) + " to " + plain(most) + ".");
            return standard;
        }
        return refused(found, name, "a number from " + plain(least) + " to " + plain(most), standard);
    }

    /** A whole number within bounds, or the standard where there is none. */
    public int whole(String name, int standard, int least, int most) {
        double value = number(name, standard, least, most);
        if (value != Math.rint(value)) {
            refuse(at(name), "\"" + name + "\" is " + value + ".", "Write a whole number.");
            return standard;
        }
        return (int) value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** True or false, or the standard where there is neither. */
    public boolean flag(String name, boolean standard) {
        Json found = claim(name);
        return switch (found) {
            case null -> standard;
            case Json.Flag(Position _, boolean value) -> value;
            default -> refused(found, name, "true or false", standard);
        };
    }

    /** A text; empty where there is none. */
    public Optional<String> text(String name) {
        Json found = claim(name);
        return switch (found) {
            case null -> Optional.empty();
            case Json.Text(Position _, String value) -> Optional.of(value);
            default -> refused(found, name, "a text", Optional.empty());
        };
    }

    /** The texts in a list, each with its place; none where there is no list. */
    public List<Json.Text> texts(String name) {
        Json found = claim(name);
        if (found == null) {
            return List.of();
        }
        if (!(found instanceof Json.Items(Position _, List<Json> values))) {
            return refused(found, name, "a list of texts", List.of());
        }
        List<Json.Text> texts = new ArrayList<>();
        for (Json value : values) {
            if (value instanceof Json.Text text) {
                texts.add(text);
            } else {
                refused(value, name, "a list of texts", texts);
            }
        }
        return texts;
    }

    /** One word of a closed list, or the standard where there is none. */
    public <T> T choice(String name, Map<String, T> choices, T standard) {
        return text(name).flatMap(word -> chosen(at(name), word, choices)).orElse(standard);
    }

    /** Words of a closed list, or the standard where there is no list. */
    public <T> List<T> choices(String name, Map<String, T> choices, List<T> standard) {
        Json found = claim(name);
        if (found == null) {
            return standard;
        }
        if (!(found instanceof Json.Items(Position _, List<Json> values))) {
            return refused(found, name, "a list of words", standard);
        }
        List<T> chosen = new ArrayList<>();
        for (Json value : values) {
            if (value instanceof Json.Text(Position at, String word)) {
                chosen(at, word, choices).ifPresent(chosen::add);
            } else {
                refused(value, name, "a list of words", standard);
            }
        }
        return chosen;
    }

    private <T> Optional<T> chosen(Position at, String word, Map<String, T> choices) {
        T value = choices.get(word);
        if (value == null) {
            TreeSet<String> names = new TreeSet<>(choices.keySet());
            String near = NearestName.to(word, names)
                    .map(n -> "Did you mean " + n + "? ")
                    .orElse("");
            refuse(at, "\"" + word + "\" is not known here.", near + "It takes: " + String.join(" ", names) + ".");
        }
        return Optional.ofNullable(value);
    }

    /** An object inside this one. */
    public Optional<JsonSection> section(String name) {
        return Optional.ofNullable(claim(name)).map(found -> of(found, faults));
    }

    /** The objects in a list; none where there is no list. */
    public List<JsonSection> sections(String name) {
        Json found = claim(name);
        return switch (found) {
            case null -> List.of();
            case Json.Items(Position _, List<Json> values) ->
                values.stream().map(value -> of(value, faults)).toList();
            default -> refused(found, name, "a list", List.of());
        };
    }

    /** The objects in an object, by names that the file chooses, each read by the reader. */
    public <T> Map<String, T> named(String name, Function<JsonSection, T> reader) {
        Map<String, T> all = new LinkedHashMap<>();
        section(name)
                .ifPresent(inner -> inner.fields.values().forEach((key, value) -> {
                    inner.claimed.add(key);
                    all.put(key, reader.apply(of(value, faults)));
                }));
        return all;
    }

    /** Refuses what nobody asked for. Call once everything was read. */
    public void finish() {
        fields.names().forEach((name, where) -> {
            if (!claimed.contains(name)) {
                String near = NearestName.to(name, claimed)
                        .map(n -> "Did you mean \"" + n + "\"?")
                        .orElse("Known: " + String.join(", ", new TreeSet<>(claimed)) + ".");
                refuse(where, "There is no \"" + name + "\" here.", near);
            }
        });
    }
}
