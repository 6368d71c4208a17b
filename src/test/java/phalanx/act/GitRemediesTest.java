package phalanx.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.act.git.Commit;
import phalanx.act.git.ConfigRepository;
import phalanx.run.Outcome;

/** Merge requests in a real bare repository, which a clone by Git itself must find whole. */
class GitRemediesTest {
    private static final String POLICY = """
            {
              "pool" : {
                "size" : 4
              },
              "instances" : [ {
                "generation" : 1
              } ]
            }
            """;
    private static final String PROXY = """
            # the front
            http {
                server {
                    listen 8080; # where users come
                    route /policy { upstream policy; proxy_read_timeout 60s; }
                }
            }
            upstream policy { # two of them
                server 127.0.0.1:1;
            }
            """;

    @TempDir
    Path folder;

    private Path bare;
    private ConfigRepository repository;
    private GitRemedies remedies;

    @BeforeEach
    void makeRepository() throws Exception {
        bare = folder.resolve("repository.git");
        Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(bare.toFile())
                .call()
                .close();
        commit("first", Map.of("deploy/policy.json", POLICY, "deploy/proxy.conf", PROXY));
        repository = value(ConfigRepository.open(bare));
        remedies = new GitRemedies(repository, "deploy/proxy.conf", repository);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome.toString());
    }

    /** As a person would: from a clone. */
    private void commit(String message, Map<String, String> files) throws Exception {
        Path clone = Files.createTempDirectory(folder, "clone");
        try (Git git = Git.cloneRepository()
                .setURI(bare.toUri().toString())
                .setDirectory(clone.toFile())
                .call()) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = clone.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
                git.add().addFilepattern(file.getKey()).call();
            }
            git.commit()
                    .setMessage(message)
                    .setAuthor("eva", "eva@example.com")
                    .setCommitter("eva", "eva@example.com")
                    .setSign(false)
                    .call();
            git.push().setRemote("origin").add("HEAD:refs/heads/main").call();
        }
    }

    private static Remedy pool(int size) {
        return new Remedy.Configure(
                "deploy/policy.json", List.of(new Remedy.Configure.Change("/pool/size", String.valueOf(size))));
    }

    @Test
    void a_limit_that_is_there_is_never_loosened() throws Exception {
        commit(
                "a limit",
                Map.of("deploy/proxy.conf", PROXY.replace("listen 8080;", "listen 8080; global_rate_limit 50;")));
        assertEquals(
                "At most 50 requests a second are let in at 8080 already.",
                remedies.dryRun(new Remedy.RateLimit("8080", 60)).says());
        DryRun tighter = remedies.dryRun(new Remedy.RateLimit("8080", 40));
        assertTrue(tighter.passed() && tighter.difference().contains("global_rate_limit 40;"), tighter::says);
    }

    private String policy() {
        return value(repository.read("deploy/policy.json")).orElseThrow();
    }

    @Test
    void a_dry_run_shows_the_difference_and_changes_nothing() {
        DryRun tried = remedies.dryRun(pool(12));
        assertTrue(tried.passed());
        assertTrue(tried.difference().contains("-    \"size\" : 4\n+    \"size\" : 12\n"), tried.difference());
        assertEquals(POLICY, policy());
        assertEquals(1, value(repository.history(10)).size());
    }

    @Test
    void a_change_is_merged_once_and_taken_back_by_one_commit() {
        Carried carried = remedies.carryOut(pool(12), "INC-1/1");
        assertEquals(Effect.DONE, carried.effect());
        assertEquals(carried, remedies.carryOut(pool(12), "INC-1/1"), "told again");
        assertEquals(carried, remedies.stateOf(pool(12), "INC-1/1"));
        assertTrue(policy().contains("12"));
        Carried back = remedies.takeBack(pool(12), "INC-1/1", carried.wayBack());
        assertEquals(Effect.DONE, back.effect());
        assertEquals(POLICY, policy());
        List<Commit> history = value(repository.history(10));
        assertEquals(
                List.of("INC-1/1-back", "INC-1/1", ""),
                history.stream().map(Commit::proposal).toList());
        assertEquals(List.of("deploy/policy.json"), history.getFirst().files());
    }

    @Test
    void nothing_was_merged_of_an_action_that_was_cut_off_before() {
        assertEquals(Effect.FAILED, remedies.stateOf(pool(12), "INC-2/1").effect());
    }

    @Test
    void the_merge_goes_on_top_of_what_others_changed_elsewhere() throws Exception {
        var request = value(
                repository.propose("INC-3/1", "a larger pool", Map.of("deploy/policy.json", POLICY.replace("4", "9"))));
        commit("elsewhere", Map.of("README", "hello\n"));
        value(repository.merge(request));
        assertTrue(policy().contains("9"));
        assertEquals("hello\n", value(repository.read("README")).orElseThrow());
    }

    @Test
    void the_merge_is_refused_where_others_changed_the_same() throws Exception {
        var request = value(
                repository.propose("INC-4/1", "a larger pool", Map.of("deploy/policy.json", POLICY.replace("4", "9"))));
        commit("the same", Map.of("deploy/policy.json", POLICY.replace("4", "5")));
        assertTrue(repository.merge(request) instanceof Outcome.Failed);
        assertTrue(policy().contains("5"));
    }

    @Test
    void a_bad_commit_is_reverted_unless_something_was_built_on_it() throws Exception {
        commit("bad", Map.of("deploy/policy.json", POLICY.replace("4", "1")));
        String bad = value(repository.history(1)).getFirst().id();
        assertEquals(
                Effect.DONE,
                remedies.carryOut(new Remedy.Revert(bad, "deploy/policy.json"), "INC-5/1")
                        .effect());
        assertEquals(POLICY, policy());
        assertFalse(
                remedies.dryRun(new Remedy.Revert(bad, "deploy/policy.json")).passed(), "it is taken back already");
        String first = value(repository.history(10)).getLast().id();
        assertFalse(
                remedies.dryRun(new Remedy.Revert(first, "deploy/policy.json")).passed());
    }

    @Test
    void an_instance_is_started_anew_by_its_generation() {
        Remedy restart = new Remedy.Restart("deploy/policy.json", "policy-1", "/instances/0/generation");
        assertEquals(Effect.DONE, remedies.carryOut(restart, "INC-6/1").effect());
        assertTrue(policy().contains("\"generation\" : 2"));
    }

    @Test
    void the_proxys_configuration_keeps_its_comments() {
        assertEquals(
                Effect.DONE,
                remedies.carryOut(new Remedy.RateLimit("8080", 50), "INC-7/1").effect());
        assertEquals(
                Effect.DONE,
                remedies.carryOut(new Remedy.TimeLimit("/policy", Duration.ofMillis(300)), "INC-7/2")
                        .effect());
        assertEquals(
                Effect.DONE,
                remedies.carryOut(new Remedy.CircuitBreaker("policy", 5, Duration.ofSeconds(10)), "INC-7/3")
                        .effect());
        assertEquals("""
                # the front
                http {
                    server {
                        global_rate_limit 50;
                        listen 8080; # where users come
                        route /policy { upstream policy; proxy_read_timeout 300ms; }
                    }
                }
                upstream policy {
                    fail_timeout 10000ms;
                    max_fails 5; # two of them
                    server 127.0.0.1:1;
                }
                """, value(repository.read("deploy/proxy.conf")).orElseThrow());
    }

    @Test
    void what_is_not_there_is_refused() {
        assertFalse(remedies.dryRun(new Remedy.RateLimit("9999", 50)).passed());
        assertFalse(remedies.dryRun(new Remedy.Configure("no.json", List.of())).passed());
        assertFalse(remedies.dryRun(new Remedy.Configure(
                        "deploy/policy.json", List.of(new Remedy.Configure.Change("/nowhere/size", "1"))))
                .passed());
        assertFalse(remedies.dryRun(pool(4)).passed(), "it says so already");
    }

    @Test
    void the_users_settings_of_git_stay_out_of_it() throws Exception {
        assertEquals(Effect.DONE, remedies.carryOut(pool(12), "INC-8/1").effect());
        assertEquals("Phalanx", value(repository.history(1)).getFirst().author());
    }

    @Test
    void a_repository_that_fails_is_left_alone_for_a_while_and_then_tried_again() throws Exception {
        Path objects = bare.resolve("objects");
        Path away = bare.resolve("objects-away");
        Files.move(objects, away);
        Files.createDirectory(objects);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            said.add(
                    repository.history(1) instanceof Outcome.Failed<?> failed
                            ? failed.problem().what()
                            : "read");
        }
        assertTrue(said.get(4).startsWith("The repository could not be used ("), said.toString());
        assertTrue(said.get(5).contains("left alone for a while"), said.toString());
        Files.delete(objects);
        Files.move(away, objects);
        assertTrue(repository.history(1) instanceof Outcome.Failed<?>, "not at once");
        Thread.sleep(1_100);
        assertTrue(repository.history(1) instanceof Outcome.Ok<?>);
    }
}
