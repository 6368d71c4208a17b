package phalanx.agents.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.act.Remedy;
import phalanx.act.git.CommitWriter;
import phalanx.act.git.ConfigRepository;
import phalanx.act.git.Forge;
import phalanx.act.git.RequestRecord;
import phalanx.agents.cause.Cause;
import phalanx.agents.memory.Precedent;
import phalanx.agents.observe.Inventory;
import phalanx.agents.trail.Message;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Reviews of a configuration like the lab's, in a real repository. */
class JulesTest {
    private static final String PAYMENT = """
            {
              "pool" : { "size" : 5 },
              "calls" : { "bank" : { "host" : "bank.lab.test", "limitMillis" : 1200 } }
            }
            """;
    private static final String PROXY = """
            upstream payment {
                health_check off;
                max_fails 0;
                server 127.0.0.1:1;
            }
            http {
                server { # the edge
                    listen 127.0.0.1:8080;
                    route / { upstream payment; }
                }
            }
            """;
    private static final String INVENTORY = """
            {"schema": "phalanx.inventory/1", "edge": "127.0.0.1:8080", "services": {"payment": {
              "file": "payment.json", "upstream": "payment", "pool": "/pool/size",
              "calls": {"bank": {"limit": "/calls/bank/limitMillis", "fallback": "/calls/bank/fallback", "stand_in": "defer"}}}}}""";

    @TempDir
    Path folder;

    private final List<Precedent> memory = new ArrayList<>();
    private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private ConfigRepository repository;
    private Jules jules;

    @BeforeEach
    void make() throws Exception {
        commit(Map.of("payment.json", PAYMENT, "proxy.conf", PROXY));
        repository = value(ConfigRepository.open(folder));
        Inventory inventory = Inventory.parse("i", INVENTORY).value().orElseThrow();
        jules = new Jules(repository, repository, inventory, "proxy.conf", ZoneOffset.UTC);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    private void commit(Map<String, String> files) throws Exception {
        try (Repository git = new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setBare()
                .setInitialBranch("main")
                .build()) {
            if (!git.getObjectDatabase().exists()) {
                git.create(true);
            }
            ObjectId main = git.resolve("refs/heads/main");
            Map<String, @Nullable String> changes = new HashMap<>(files);
            ObjectId made = CommitWriter.write(
                    git,
                    main == null ? Optional.empty() : Optional.of(git.parseCommit(main)),
                    changes,
                    new PersonIdent("eva", "eva@example.com"),
                    "by hand");
            CommitWriter.move(git, "refs/heads/main", main == null ? ObjectId.zeroId() : main, made);
        }
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome.toString());
    }

    private void happened(Cause cause, Remedy.Kind remedy, boolean healed) {
        String id = "INC-" + (memory.size() + 1);
        memory.add(new Precedent(id, now, "", new float[0], cause, "payment", remedy, healed));
    }

    private Message.Reviewed review() {
        now = now.plusSeconds(3600);
        return value(jules.review(now, memory, OptionalDouble.of(40), 3));
    }

    private static List<String> titles(Message.Reviewed reviewed) {
        return reviewed.advice().stream().map(Message.Advice::title).toList();
    }

    private void decide(Message.Advice advice, boolean yes) {
        value(jules.decided(advice.id(), yes, "eva: so be it"));
    }

    @Test
    void after_a_dependency_that_hung_a_short_wait_with_a_stand_in_is_proposed_and_waits() {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.DRAIN, false);
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        Message.Advice first = review().advice().getFirst();
        assertEquals("payment: a short wait for bank", first.title());
        assertEquals(
                List.of(
                        "payment waits 1200 ms for bank and has nothing to stand in for it.",
                        "2 incidents (dependency-timeout): INC-1, INC-2.",
                        "Tried then: drain helped in 0 of 1, configure helped in 1 of 1."),
                first.reasons());
        assertTrue(first.difference().contains("+      \"limitMillis\" : 200,"), first.difference());
        assertTrue(first.difference().contains("+      \"fallback\" : \"defer\""), first.difference());
        assertEquals(PAYMENT, value(repository.read("payment.json")).orElseThrow(), "a person decides");
        assertEquals(
                RequestRecord.State.OPEN,
                jules.waiting(first.id()).orElseThrow().state());
    }

    @Test
    void what_a_person_accepts_is_in_force_and_not_proposed_again() {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        decide(review().advice().getFirst(), true);
        String text = value(repository.read("payment.json")).orElseThrow();
        assertTrue(text.contains("200") && text.contains("defer"), text);
        assertFalse(titles(review()).contains("payment: a short wait for bank"));
    }

    @Test
    void after_a_server_that_died_its_like_is_checked() {
        happened(Cause.DEAD_BACKEND, Remedy.Kind.MARK_DOWN, true);
        Message.Advice first = review().advice().getFirst();
        assertEquals("proxy: the servers of payment are checked", first.title());
        decide(first, true);
        String text = value(repository.read("proxy.conf")).orElseThrow();
        assertTrue(text.contains("    health_check http uri=/ status=200-499;\n    max_fails 0;"), text);
        assertEquals(List.of("proxy: the servers of payment rest after failures"), titles(review()));
    }

    @Test
    void after_a_storm_the_edge_gets_limits_one_after_the_other() {
        happened(Cause.RETRY_STORM, Remedy.Kind.RATE_LIMIT, true);
        Message.Advice first = review().advice().getFirst();
        assertEquals("proxy: a limit of requests at the edge", first.title());
        assertTrue(first.difference().contains("+        global_rate_limit 80;"), first.difference());
        decide(first, true);
        assertEquals(
                "proxy: a limit of servers asked for one request",
                titles(review()).getFirst());
    }

    @Test
    void the_same_review_gives_the_same_and_nothing_is_proposed_twice() {
        happened(Cause.POOL_EXHAUSTED, Remedy.Kind.ENLARGE, true);
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        Message.Reviewed first = review();
        assertEquals(
                List.of("payment: a short wait for bank", "proxy: the servers of payment are checked"), titles(first));
        assertEquals("2 proposed, which wait for a person.", first.says());
        Message.Reviewed second = review();
        assertEquals(List.of(), titles(second));
        assertEquals("nothing new to propose.", second.says());
    }

    @Test
    void what_a_person_refused_comes_back_only_after_it_did_harm_again() {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        Message.Advice first = review().advice().getFirst();
        decide(first, false);
        assertEquals(PAYMENT, value(repository.read("payment.json")).orElseThrow());
        assertFalse(titles(review()).contains(first.title()));
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        assertTrue(titles(review()).contains(first.title()));
    }

    @Test
    void what_does_not_fit_any_more_is_closed_and_proposed_anew() throws Exception {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        Message.Advice first = review().advice().getFirst();
        commit(Map.of("payment.json", PAYMENT.replace("1200", "900")));
        assertInstanceOf(Outcome.Failed.class, jules.decided(first.id(), true, "eva: yes"));
        assertTrue(jules.waiting(first.id()).isEmpty());
        Message.Advice again = review().advice().getFirst();
        assertEquals(first.title(), again.title());
        assertTrue(
                again.reasons().getFirst().contains("900 ms"), again.reasons().toString());
    }

    @Test
    void what_was_decided_stays_decided() {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        Message.Advice first = review().advice().getFirst();
        decide(first, true);
        assertInstanceOf(Outcome.Failed.class, jules.decided(first.id(), false, "eva: no"));
        assertEquals(
                RequestRecord.State.MERGED,
                value(repository.requests()).stream()
                        .filter(one -> one.request().id().equals(first.id()))
                        .findFirst()
                        .orElseThrow()
                        .state());
    }

    @Test
    void what_turns_out_to_be_merged_already_is_not_called_unfit() {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        Message.Advice first = review().advice().getFirst();
        RequestRecord waiting = jules.waiting(first.id()).orElseThrow();
        Forge behind = (Forge) Proxy.newProxyInstance(
                Forge.class.getClassLoader(), new Class<?>[] {Forge.class}, (_, method, arguments) -> {
                    if (method.getName().equals("refresh")) { // brings what was merged elsewhere
                        value(repository.merge(waiting.request()));
                    }
                    return method.invoke(repository, arguments);
                });
        Jules late = new Jules(
                repository,
                behind,
                Inventory.parse("i", INVENTORY).value().orElseThrow(),
                "proxy.conf",
                ZoneOffset.UTC);
        assertFalse(value(late.decided(first.id(), true, "eva: yes")).isEmpty());
        assertEquals(
                RequestRecord.State.MERGED,
                value(repository.requests()).stream()
                        .filter(one -> one.request().id().equals(first.id()))
                        .findFirst()
                        .orElseThrow()
                        .state());
    }

    @Test
    void two_reviews_within_a_second_have_names_of_their_own() {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        happened(Cause.RETRY_STORM, Remedy.Kind.RATE_LIMIT, true);
        Message.Reviewed one = value(jules.review(now, memory, OptionalDouble.of(40), 1));
        Message.Reviewed other = value(jules.review(now, memory, OptionalDouble.of(40), 1));
        assertEquals(one.incident() + "-2", other.incident());
        assertFalse(one.advice()
                .getFirst()
                .difference()
                .equals(other.advice().getFirst().difference()));
    }

    /** A forge that fails from the so many-th request on, as an unreachable one does. */
    private Jules failing(int from) {
        int[] opened = {0};
        Forge forge = (Forge) Proxy.newProxyInstance(
                Forge.class.getClassLoader(), new Class<?>[] {Forge.class}, (_, method, arguments) -> {
                    if (method.getName().equals("open") && ++opened[0] >= from) {
                        return Outcome.failed(new Problem("PHX-1920", "Nobody answers.", "Look at the network."));
                    }
                    return method.invoke(repository, arguments);
                });
        return new Jules(
                repository, forge, Inventory.parse("i", INVENTORY).value().orElseThrow(), "proxy.conf", ZoneOffset.UTC);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_review_that_fails_halfway_blocks_no_file(int at) {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        happened(Cause.RETRY_STORM, Remedy.Kind.RATE_LIMIT, true);
        Outcome<Message.Reviewed> failed = failing(at).review(now.plusSeconds(3600), memory, OptionalDouble.of(40), 3);
        if (at == 1) {
            assertInstanceOf(Outcome.Failed.class, failed);
        } else {
            assertEquals(1, value(failed).advice().size());
            assertEquals(
                    "1 proposed, which wait for a person; the next could not be: Nobody answers.",
                    value(failed).says());
        }
        now = now.plusSeconds(3600);
        assertEquals(3 - at, review().advice().size(), "the others are proposed by the next");
    }

    @Test
    void what_was_opened_and_told_nobody_is_closed_and_proposed_anew() {
        happened(Cause.DEPENDENCY_TIMEOUT, Remedy.Kind.CONFIGURE, true);
        Message.Advice first = review().advice().getFirst();
        jules.dropUntold(Set.of(first.id()), Instant.EPOCH);
        assertTrue(jules.waiting(first.id()).isPresent());
        jules.dropUntold(Set.of(), Instant.now().plusSeconds(60));
        assertTrue(jules.waiting(first.id()).isPresent(), "a step that was told long ago may tell of it");
        jules.dropUntold(Set.of(), Instant.EPOCH);
        assertTrue(jules.waiting(first.id()).isEmpty());
        assertEquals(first.title(), review().advice().getFirst().title());
    }

    @Test
    void a_remedy_that_never_helped_is_told_of() {
        happened(Cause.MEMORY_LEAK, Remedy.Kind.DRAIN, false);
        happened(Cause.MEMORY_LEAK, Remedy.Kind.DRAIN, false);
        assertTrue(review().says().contains("drain against memory-leak at payment failed in all 2 cases"));
    }

    @Test
    void nobody_answers_to_what_waits_for_nobody() {
        assertTrue(jules.waiting("INC-1/1").isEmpty());
        assertTrue(jules.waiting("REV-19700101-000000/1").isEmpty());
    }
}
