package phalanx.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON (RFC 8259) to values that know where they stand. Names that stand twice in an object are refused. Any thread. */
public final class JsonText {
    private static final int DEEPEST = 64;
    /** Bytes of one file, beyond which it is refused. */
    private static final long LARGEST = 8 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxDocumentLength(LARGEST)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String file;
    private final JsonParser parser;

    private JsonText(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** What a text holds: a value, or the first place where the text is no JSON. */
    public record Parsed(Optional<Json> value, Optional<Fault> fault) {}

    /** Reads a text; {@code file} is what positions will name. */
    public static Parsed parse(String file, String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonText reader = new JsonText(file, parser);
            if (parser.nextToken() == null) {
                return refused(new Position(file, 1, 1), "It is empty.");
            }
            Json value = reader.value();
            if (parser.nextToken() != null) {
                return refused(reader.here(), "Something stands behind the end of the value.");
            }
            return new Parsed(Optional.of(value), Optional.empty());
        } catch (JsonProcessingException e) {
            return refused(place(file, e.getLocation()), "This is no JSON: " + firstLine(e.getOriginalMessage()) + ".");
        } catch (IOException e) {
            return refused(new Position(file, 1, 1), "It cannot be read (" + e.getMessage() + ").");
        }
    }

    /** Reads a file in UTF-8. */
    public static Parsed read(Path file) {
        Position start = new Position(file.toString(), 1, 1);
        try {
            return Files.size(file) > LARGEST
                    ? refused(start, "The file is larger than 8 MiB.")
                    : parse(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException _) {
            return refused(start, Files.exists(file) ? "The file cannot be read." : "The file does not exist.");
        }
    }

    private static Parsed refused(Position at, String what) {
        return new Parsed(Optional.empty(), Optional.of(new Fault(at, what, "Mend it; nothing of it is used.")));
    }

    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        int more = line.indexOf("\n");
        return more < 0 ? line : line.substring(0, more);
    }

    private static Position place(String file, JsonLocation location) {
        return location == null
                ? new Position(file, 1, 1)
                : new Position(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private Position here() {
        return place(file, parser.currentTokenLocation());
    }

    private Json value() throws IOException {
        Position at = here();
        return switch (parser.currentToken()) {
            case START_OBJECT -> fields(at);
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value());
                }
                yield new Json.Items(at, items);
            }
            case VALUE_STRING -> new Json.Text(at, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(at, parser.getDoubleValue());
            case VALUE_TRUE -> new Json.Flag(at, true);
            case VALUE_FALSE -> new Json.Flag(at, false);
            default -> new Json.Nothing(at);
        };
    }

    private Json fields(Position at) throws IOException {
        Map<String, Json> values = new LinkedHashMap<>();
        Map<String, Position> names = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            names.put(name, here());
            parser.nextToken();
            values.put(name, value());
        }
        return new Json.Fields(at, values, names);
    }
}
