package phalanx.casefile;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;

/** Reads and writes one record as a file of JSON; a write replaces the file whole or not at all. Any thread. */
final class JsonDocument {
    /** The file cannot be read. */
    static final String UNREADABLE = "PHX-6001";
    /** The file is no such document. */
    static final String INVALID = "PHX-6002";
    /** The file cannot be written. */
    static final String NOT_WRITTEN = "PHX-6003";

    private static final int DEEPEST = 200, LARGEST = 64 << 20;

    /** Names, values and brackets: more than a case of 100 000 notes has. */
    private static final int MOST_TOKENS = 2_000_000;

    private static final ObjectMapper JSON = safe(JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES));

    private JsonDocument() {}

    /** What reads documents of anybody's: not deeper, larger or with more in it than any that Phalanx writes. */
    static JsonMapper safe(JsonMapper.Builder builder) {
        JsonMapper mapper = builder.build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxDocumentLength(LARGEST)
                        .maxTokenCount(MOST_TOKENS)
                        .build());
        return mapper;
    }

    /** @return failed with file, line and column when it is no such document */
    static <T> Outcome<T> read(Path file, Class<T> as) {
        try {
            T value = JSON.readValue(file.toFile(), as);
            return value == null ? Outcome.failed(invalid(file, "it is empty", 1, 1)) : Outcome.ok(value);
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            return Outcome.failed(invalid(
                    file,
                    e.getOriginalMessage().lines().findFirst().orElse("not understood"),
                    at == null ? 0 : at.getLineNr(),
                    at == null ? 0 : at.getColumnNr()));
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    UNREADABLE,
                    file + " cannot be read (" + e.getMessage() + ").",
                    "Check that it exists and may be read."));
        }
    }

    private static Problem invalid(Path file, String why, int line, int column) {
        return new Problem(
                INVALID,
                file + (line > 0 ? ", line " + line + ", column " + column : "") + ": " + why + ".",
                "Mend it there, or move the file away; the captures themselves are untouched.");
    }

    /** How the desk stood, as one line. */
    static String text(CaseFile.Desk desk) {
        try {
            return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(desk);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a desk is JSON", e);
        }
    }

    /** @return empty when it is not understood: the desk then stands as usual */
    static Optional<CaseFile.Desk> desk(String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, CaseFile.Desk.class));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /** Writes beside the file, forces it to the disk, then takes its place. Writers wait for each other. */
    static synchronized Outcome<Path> write(Path file, Object value) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            WholeFile.keep(file, JSON.writeValueAsBytes(value));
            return Outcome.ok(file);
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    NOT_WRITTEN,
                    file + " could not be written (" + e.getMessage() + ").",
                    "Free space or choose another folder; what was there before is untouched."));
        }
    }
}
