package phalanx.lab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;
import phalanx.run.Problem;

class DeploymentTest {
    private static final String QUOTE = "deploy/quote.json", PROXY = "deploy/proxy.conf";
    private static final ServiceSettings SETTINGS =
            new ServiceSettings(5, 500, Map.of(), Set.of(), Map.of("quote-1", 1, "quote-2", 1), 1);

    @TempDir
    Path folder;

    private final List<String> done = new CopyOnWriteArrayList<>();
    private @Nullable LabRepository opened;
    private @Nullable Deployment watching;

    private final class Seen implements Deployment.Target {
        @Override
        public Optional<Problem> check(String proxy) {
            return proxy.contains("wrong")
                    ? Optional.of(new Problem("PHX-7002", "wrong", "mend it"))
                    : Optional.empty();
        }

        @Override
        public Optional<Problem> proxy(String text) {
            return did("proxy " + text);
        }

        @Override
        public Optional<Problem> settings(String service, ServiceSettings settings, String commit) {
            return did(service + " pool " + settings.poolSize());
        }

        @Override
        public Optional<Problem> restart(String instance) {
            return did("restart " + instance);
        }

        @Override
        public Optional<Problem> indexes(String service) {
            return did("indexes " + service);
        }

        private Optional<Problem> did(String what) {
            done.add(what);
            return Optional.empty();
        }
    }

    private LabRepository repository() {
        return Objects.requireNonNull(opened);
    }

    private Deployment deployment() {
        return Objects.requireNonNull(watching);
    }

    @BeforeEach
    void a_lab_that_is_deployed() throws IOException {
        opened = new LabRepository(folder.resolve("repository.git"));
        String first = push(QUOTE, SETTINGS.json(), PROXY, "one");
        Outcome<Deployment.Desired> desired = Deployment.desired(repository().at(first), List.of("quote"));
        watching = new Deployment(repository(), ((Outcome.Ok<Deployment.Desired>) desired).value(), new Seen());
    }

    @AfterEach
    void end() {
        deployment().close();
        repository().close();
    }

    private String push(String... pathsAndTexts) throws IOException {
        return repository().commit("Mira Holt", "a change", files -> {
            for (int i = 0; i < pathsAndTexts.length; i += 2) {
                files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
            }
            return files;
        });
    }

    private void looked(String commit) throws InterruptedException {
        for (int i = 0; i < 100 && !deployment().state().seen().equals(commit); i++) {
            Thread.sleep(50);
        }
        assertEquals(commit, deployment().state().seen());
    }

    private static ServiceSettings settings(int pool, Map<String, Integer> generations, int schema) {
        return new ServiceSettings(pool, 500, Map.of(), Set.of(), generations, schema);
    }

    @Test
    void a_pool_that_grew_is_told_to_the_service_and_nothing_else_is_touched() throws Exception {
        String commit = push(QUOTE, settings(12, SETTINGS.generations(), 1).json());
        looked(commit);
        assertEquals(List.of("quote pool 12"), done);
        assertEquals(
                new Deployment.State(commit, commit, Optional.empty()),
                deployment().state());
    }

    @Test
    void a_higher_generation_starts_one_instance_anew_and_a_higher_one_of_the_schema_its_indexes() throws Exception {
        looked(push(QUOTE, settings(5, Map.of("quote-1", 1, "quote-2", 2), 2).json()));
        assertEquals(List.of("quote pool 5", "indexes quote", "restart quote-2"), done);
    }

    @Test
    void a_proxy_that_changed_is_loaded_before_the_services_are_told() throws Exception {
        looked(push(PROXY, "two"));
        assertEquals(List.of("proxy two", "quote pool 5"), done);
    }

    @Test
    void what_cannot_be_used_changes_nothing_and_is_told_and_the_next_commit_is_looked_at() throws Exception {
        String before = deployment().state().applied();
        String bad = push(QUOTE, "{}", PROXY, "two");
        looked(bad);
        assertEquals(List.of(), done);
        assertEquals(before, deployment().state().applied());
        assertTrue(deployment().state().refused().orElseThrow().what().contains(QUOTE));
        looked(push(QUOTE, SETTINGS.json(), PROXY, "wrong"));
        assertEquals("wrong", deployment().state().refused().orElseThrow().what());
        assertEquals(List.of(), done);
        String good = push(PROXY, "three");
        looked(good);
        assertEquals(
                new Deployment.State(good, good, Optional.empty()), deployment().state());
    }

    @Test
    void who_cloned_it_deploys_by_pushing() throws Exception {
        try (Git clone = Git.cloneRepository()
                .setURI(repository().folder().toUri().toString())
                .setDirectory(folder.resolve("clone").toFile())
                .setBranch("main")
                .call()) {
            Path file = folder.resolve("clone").resolve(QUOTE);
            Files.writeString(file, settings(9, SETTINGS.generations(), 1).json());
            clone.add().addFilepattern(QUOTE).call();
            PersonIdent who = new PersonIdent("Jonas Brandt", "jonas@lab.test");
            String commit = clone.commit()
                    .setMessage("nine connections")
                    .setAuthor(who)
                    .setCommitter(who)
                    .setSign(false)
                    .call()
                    .name();
            clone.push().call();
            looked(commit);
        }
        assertEquals(List.of("quote pool 9"), done);
        assertEquals("nine connections", newest());
    }

    private String newest() throws Exception {
        try (Git git = Git.open(repository().folder().toFile())) {
            return git.log().call().iterator().next().getFullMessage().strip();
        }
    }
}
