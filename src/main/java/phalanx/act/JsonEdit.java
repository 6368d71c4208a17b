package phalanx.act;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Gives values in a JSON document other contents. Any thread. */
public final class JsonEdit {
    static final String UNFIT = "PHX-1902";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonEdit() {}

    /** The document with all changes, indented by two spaces. Objects on the way must be there; the last name may be new. */
    public static Outcome<String> apply(String file, String text, List<Remedy.Configure.Change> changes) {
        try {
            JsonNode root = JSON.readTree(text);
            for (Remedy.Configure.Change change : changes) {
                JsonPointer pointer = JsonPointer.compile(change.pointer());
                JsonNode value = JSON.readTree(change.value());
                if (pointer.matches() || !set(root.at(pointer.head()), pointer.last(), value)) {
                    return unfit(file + " has no place " + change.pointer() + ".");
                }
            }
            return Outcome.ok(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return unfit(file + " cannot be changed: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".");
        }
    }

    private static boolean set(JsonNode parent, JsonPointer last, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            object.set(last.getMatchingProperty(), value);
            return true;
        }
        int index = last.getMatchingIndex();
        if (parent instanceof ArrayNode array && index >= 0 && index < array.size()) {
            array.set(index, value);
            return true;
        }
        return false;
    }

    /** The document with another whole number at a pointer, where there is one. */
    static Outcome<String> whole(String file, String text, String pointer, IntUnaryOperator changed) {
        try {
            JsonNode value = JSON.readTree(text).at(pointer);
            return value.isInt()
                    ? apply(
                            file,
                            text,
                            List.of(new Remedy.Configure.Change(
                                    pointer, String.valueOf(changed.applyAsInt(value.intValue())))))
                    : unfit(file + " has no whole number at " + pointer + ".");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return unfit(file + " cannot be read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".");
        }
    }

    /** The value at a pointer as JSON writes it, empty for none. */
    public static Optional<String> value(String text, String pointer) {
        try {
            JsonNode value = JSON.readTree(text).at(pointer);
            return value.isMissingNode() ? Optional.empty() : Optional.of(value.toString());
        } catch (JsonProcessingException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** A configuration that has no place for a change. */
    public static <T> Outcome<T> unfit(String what) {
        return Outcome.failed(new Problem(UNFIT, what, "Nothing was changed; look at the configuration."));
    }
}
