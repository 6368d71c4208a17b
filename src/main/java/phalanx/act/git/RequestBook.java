package phalanx.act.git;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** The records of merge requests in their repository: a ref for each, to a JSON text. One call at a time. */
final class RequestBook {
    static final String PLACE = "refs/phalanx/requests/";
    /** Records kept; of more the oldest that are not open go. */
    private static final int MOST = 1_000;
    /** Characters of a difference; the branch has the rest. */
    private static final int LONGEST = 64 << 10;
    /** Notes of a request; later ones are left out. */
    static final int NOTES = 200;

    private static final String SCHEMA = "phalanx.request/1";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Repository repository;
    private final int most;

    RequestBook(Repository repository) {
        this(repository, MOST);
    }

    RequestBook(Repository repository, int most) {
        this.repository = repository;
        this.most = most;
    }

    /** An id as a branch and a ref can have it. */
    static String name(String id) {
        return id.replaceAll("[^A-Za-z0-9/-]", "-");
    }

    void put(RequestRecord record) throws IOException {
        ObjectId blob;
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            blob = inserter.insert(Constants.OBJ_BLOB, write(record).getBytes(StandardCharsets.UTF_8));
            inserter.flush();
        }
        String ref = PLACE + name(record.request().id());
        ObjectId before = repository.resolve(ref);
        CommitWriter.move(repository, ref, before == null ? ObjectId.zeroId() : before, blob);
        if (before == null) {
            trim();
        }
    }

    Optional<RequestRecord> get(String id) throws IOException {
        Ref ref = repository.exactRef(PLACE + name(id));
        return ref == null ? Optional.empty() : read(ref);
    }

    /** All, the newest first; what is no record is left out. */
    List<RequestRecord> all() throws IOException {
        List<RequestRecord> all = new ArrayList<>();
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(PLACE)) {
            read(ref).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(RequestRecord::opened).reversed());
        return all;
    }

    private void trim() throws IOException {
        int more = repository.getRefDatabase().getRefsByPrefix(PLACE).size() - most;
        if (more <= 0) {
            return;
        }
        List<RequestRecord> oldest = all().reversed().stream()
                .filter(record -> record.state() != RequestRecord.State.OPEN)
                .limit(more)
                .toList();
        for (RequestRecord record : oldest) {
            RefUpdate update =
                    repository.updateRef(PLACE + name(record.request().id()));
            update.setForceUpdate(true);
            update.delete();
        }
    }

    private static String write(RequestRecord record) throws IOException {
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

    private Optional<RequestRecord> read(Ref ref) throws IOException {
        String text = new String(repository.open(ref.getObjectId()).getCachedBytes(1 << 20), StandardCharsets.UTF_8);
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
