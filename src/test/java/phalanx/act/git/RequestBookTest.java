package phalanx.act.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.act.Carried;
import phalanx.act.GitRemedies;
import phalanx.act.Remedy;
import phalanx.run.Outcome;

/** What is kept of merge requests beside their branches. */
class RequestBookTest {
    private static final Remedy POOL =
            new Remedy.Configure("pool.json", List.of(new Remedy.Configure.Change("/size", "12")));

    @TempDir
    Path folder;

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome.toString());
    }

    private Path made() throws Exception {
        Path bare = folder.resolve("repository.git");
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(bare.toFile())
                .setBare()
                .setInitialBranch("main")
                .build()) {
            repository.create(true);
            write(repository, Optional.empty(), "{\"size\": 4}\n");
        }
        return bare;
    }

    private static void write(Repository repository, Optional<ObjectId> on, String text) throws Exception {
        Map<String, @Nullable String> files = new HashMap<>();
        files.put("pool.json", text);
        ObjectId id = CommitWriter.write(
                repository,
                on.isEmpty() ? Optional.empty() : Optional.of(repository.parseCommit(on.get())),
                files,
                new PersonIdent("eva", "eva@example.com"),
                "by hand");
        CommitWriter.move(repository, "refs/heads/main", on.orElse(ObjectId.zeroId()), id);
    }

    private static RequestRecord.State state(ConfigRepository repository, String id) {
        return value(repository.requests()).stream()
                .filter(one -> one.request().id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void a_fix_is_told_from_its_branch_to_its_taking_back_and_survives() throws Exception {
        Path bare = made();
        try (ConfigRepository repository = value(ConfigRepository.open(bare))) {
            GitRemedies remedies = new GitRemedies(repository, "proxy.conf", repository);
            Carried done = remedies.carryOut(POOL, "INC-1/1");
            assertEquals(RequestRecord.State.MERGED, state(repository, "INC-1/1"));
            assertTrue(value(repository.comment("INC-1/1", List.of("brain yes", "scout yes"))));
            assertFalse(value(repository.comment("INC-9/1", List.of("nobody"))));
            remedies.takeBack(POOL, "INC-1/1", done.wayBack());
        }
        try (ConfigRepository again = value(ConfigRepository.open(bare))) {
            List<RequestRecord> all = value(again.requests());
            assertEquals(
                    List.of("INC-1/1-back", "INC-1/1"),
                    all.stream().map(one -> one.request().id()).toList());
            RequestRecord fix = all.getLast();
            assertEquals(RequestRecord.State.REVERTED, fix.state());
            assertEquals("INC-1", fix.incident());
            assertEquals(List.of("brain yes", "scout yes"), fix.notes().subList(0, 2));
            assertTrue(fix.decided().isPresent());
            assertTrue(
                    fix.request().difference().contains("+  \"size\" : 12"),
                    fix.request().difference());
        }
        try (Repository git =
                new FileRepositoryBuilder().setGitDir(bare.toFile()).build()) {
            byte[] text = git.open(git.exactRef("refs/phalanx/requests/INC-1/1").getObjectId())
                    .getBytes();
            assertTrue(new String(text, StandardCharsets.UTF_8).contains("\"state\" : \"reverted\""));
        }
    }

    @Test
    void a_request_waits_and_is_refused() throws Exception {
        try (ConfigRepository repository = value(ConfigRepository.open(made()))) {
            MergeRequest request =
                    value(repository.propose("REV-1/1", "a larger pool", Map.of("pool.json", "{\"size\": 9}\n")));
            assertEquals(
                    "refs/phalanx/requests/REV-1/1",
                    value(repository.open(request, "jules", List.of("It ran dry in INC-1."))));
            assertEquals(RequestRecord.State.OPEN, state(repository, "REV-1/1"));
            assertEquals("jules", value(repository.requests()).getFirst().author());
            value(repository.close("REV-1/1", RequestRecord.State.CLOSED, "eva: not now"));
            assertEquals(
                    List.of("It ran dry in INC-1.", "eva: not now"),
                    value(repository.requests()).getFirst().notes());
            assertEquals("{\"size\": 4}\n", value(repository.read("pool.json")).orElseThrow());
        }
    }

    @Test
    void a_merge_that_was_cut_off_before_its_record_is_told_as_merged() throws Exception {
        Path bare = made();
        try (ConfigRepository repository = value(ConfigRepository.open(bare))) {
            MergeRequest request =
                    value(repository.propose("INC-2/1", "a larger pool", Map.of("pool.json", "{\"size\": 9}\n")));
            try (Repository git =
                    new FileRepositoryBuilder().setGitDir(bare.toFile()).build()) {
                CommitWriter.move(
                        git,
                        "refs/heads/main",
                        ObjectId.fromString(request.base()),
                        ObjectId.fromString(request.commit()));
            }
            assertEquals(RequestRecord.State.MERGED, state(repository, "INC-2/1"));
        }
    }

    @Test
    void the_oldest_that_are_over_go_and_the_open_ones_stay() throws Exception {
        try (InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("many"))) {
            RequestBook book = new RequestBook(repository, 20);
            for (int i = 0; i < 23; i++) {
                book.put(new RequestRecord(
                        new MergeRequest("INC-" + i + "/1", "t", "b", "", "", List.of(), ""),
                        "INC-" + i,
                        "agents",
                        i == 0 ? RequestRecord.State.OPEN : RequestRecord.State.CLOSED,
                        Instant.ofEpochSecond(i),
                        Optional.empty(),
                        List.of(),
                        ""));
            }
            List<RequestRecord> all = book.all();
            assertEquals(20, all.size());
            assertEquals("INC-0", all.getLast().incident());
            assertEquals("INC-4", all.get(18).incident());
        }
    }
}
