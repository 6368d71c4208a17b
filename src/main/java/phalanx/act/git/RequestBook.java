package phalanx.act.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** The records of merge requests in their repository: a ref for each, to a JSON text. One call at a time. */
final class RequestBook {
    private static final String PLACE = "refs/phalanx/requests/";
    /** Records kept; of more the oldest that are not open go. */
    private static final int MOST = 1_000;

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
            blob = inserter.insert(Constants.OBJ_BLOB, RequestJson.write(record).getBytes(StandardCharsets.UTF_8));
            inserter.flush();
        }
        String ref = PLACE + name(record.request().id());
        ObjectId before = repository.resolve(ref);
        CommitWriter.move(repository, ref, before == null ? ObjectId.zeroId() : before, blob);
        if (before == null) {
            trim();
        }
    }

    /** Moments as they are kept. */
    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The record of a request; a new one where there is none. @param author of a new one */
    RequestRecord noted(MergeRequest request, String author) throws IOException {
        Optional<RequestRecord> there = get(request.id());
        if (there.isPresent()) {
            return there.get();
        }
        RequestRecord record = new RequestRecord(
                request,
                RequestRecord.incident(request.id()),
                author,
                RequestRecord.State.OPEN,
                now(),
                Optional.empty(),
                List.of(),
                "");
        put(record);
        return record;
    }

    /** Notes who asks for a request and why. @return where it can be seen */
    String open(MergeRequest request, String author, List<String> reasons) throws IOException {
        RequestRecord record = noted(request, author);
        put(new RequestRecord(
                request,
                record.incident(),
                author,
                record.state(),
                record.opened(),
                record.decided(),
                record.notes().isEmpty() ? reasons : record.notes(),
                record.address()));
        return PLACE + name(request.id());
    }

    /** @return whether there is one */
    boolean change(String id, UnaryOperator<RequestRecord> change) throws IOException {
        Optional<RequestRecord> there = get(id);
        if (there.isPresent()) {
            put(change.apply(there.get()));
        }
        return there.isPresent();
    }

    private Optional<RequestRecord> get(String id) throws IOException {
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

    private Optional<RequestRecord> read(Ref ref) throws IOException {
        return RequestJson.read(
                new String(repository.open(ref.getObjectId()).getCachedBytes(1 << 20), StandardCharsets.UTF_8));
    }
}
