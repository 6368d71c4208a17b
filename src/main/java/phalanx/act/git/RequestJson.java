package phalanx.act.git;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The record of a merge request as a JSON text that people can read in the repository. Any thread. */
final class RequestJson {
    private static final String SCHEMA = "phalanx.request/1";
    /** Characters of a difference; the branch has the rest. */
    private static final int LONGEST = 64 << 10;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private RequestJson() {}

    static String write(RequestRecord record) throws JsonProcessingException {
        MergeRequest request = record.request();
        ObjectNode root = JSON.createObjectNode()
                .put("schema", SCHEMA)
                .put("id", request.id())
                .put("title", request.title())
                .put("incident", record.incident())
                .put("author", record.author())
                .put("state", record.state().word())
                .put("opened", record.opened().toString());
        record.decided().ifPresent(at -> root.put("decided", at.toString()));
        root.put("branch", request.branch()).put("base", request.base()).put("commit", request.commit());
        if (!record.address().isEmpty()) {
            root.put("address", record.address());
        }
        record.notes().forEach(root.putArray("notes")::add);
        request.files().forEach(root.putArray("files")::add);
        String difference = request.difference();
        (difference.length() > LONGEST ? difference.substring(0, LONGEST) : difference)
                .lines()
                .forEach(root.putArray("difference")::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** A record; empty for what is none. */
    static Optional<RequestRecord> read(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            Optional<RequestRecord.State> state =
                    RequestRecord.State.of(root.path("state").asText());
            if (!root.path("schema").asText().equals(SCHEMA) || state.isEmpty()) {
                return Optional.empty();
            }
            MergeRequest request = new MergeRequest(
                    root.path("id").asText(),
                    root.path("title").asText(),
                    root.path("branch").asText(),
                    root.path("base").asText(),
                    root.path("commit").asText(),
                    texts(root.path("files")),
                    String.join(
                            "",
                            texts(root.path("difference")).stream()
                                    .map(line -> line + "\n")
                                    .toList()));
            String decided = root.path("decided").asText();
            return Optional.of(new RequestRecord(
                    request,
                    root.path("incident").asText(),
                    root.path("author").asText(),
                    state.get(),
                    Instant.parse(root.path("opened").asText()),
                    decided.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(decided)),
                    texts(root.path("notes")),
                    root.path("address").asText()));
        } catch (JsonProcessingException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
