package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.act.Effect;
import phalanx.act.Remedy;
import phalanx.act.git.CommitWriter;
import phalanx.act.git.ConfigRepository;
import phalanx.act.git.RequestRecord;
import phalanx.agents.cause.Cause;
import phalanx.agents.govern.ReviewPlan;
import phalanx.agents.memory.Precedent;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Observation;
import phalanx.agents.review.Jules;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.RequestNotes;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Vote;
import phalanx.metrics.CallGraph;
import phalanx.run.Outcome;

/** Reviews come when they are due, wait for a person, and leave steps; votes stand in merge requests. */
class ReviewsTest {
    @TempDir
    Path folder;

    private final List<Message> steps = new ArrayList<>();

    private boolean keep(Message message) {
        return steps.add(message);
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome.toString());
    }

    private ConfigRepository repository() throws Exception {
        try (Repository git = new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setBare()
                .setInitialBranch("main")
                .build()) {
            git.create(true);
            Map<String, @Nullable String> files = new HashMap<>();
            files.put("quote.json", "{\"pool\": 4}\n");
            ObjectId first = CommitWriter.write(
                    git, Optional.empty(), files, new PersonIdent("eva", "eva@example.com"), "first");
            CommitWriter.move(git, "refs/heads/main", ObjectId.zeroId(), first);
        }
        return value(ConfigRepository.open(folder));
    }

    private static Observation at(LocalTime time) {
        Instant moment = LocalDate.of(2026, 11, 23)
                .atTime(time)
                .atZone(ZoneId.systemDefault())
                .toInstant();
        return new Observation(moment, Map.of(), CallGraph.NONE, List.of());
    }

    @Test
    void a_review_comes_at_its_time_and_a_person_decides() throws Exception {
        Inventory inventory = Inventory.parse("i", """
                {"schema": "phalanx.inventory/1", "services": {"quote": {"file": "quote.json", "pool": "/pool"}}}""").value().orElseThrow();
        try (ConfigRepository repository = repository()) {
            Jules jules = new Jules(repository, repository, inventory, "proxy.conf", ZoneId.systemDefault());
            Precedent dry = new Precedent(
                    "INC-1", Instant.EPOCH, "", new float[0], Cause.POOL_EXHAUSTED, "quote", Remedy.Kind.ENLARGE, true);
            Reviews reviews = new Reviews(
                    jules,
                    ReviewPlan.STANDARD,
                    () -> List.of(dry),
                    List.of(),
                    this::keep,
                    Runnable::run,
                    at(LocalTime.of(8, 0))::at);
            reviews.look(at(LocalTime.of(9, 29)));
            assertEquals(List.of(), steps);
            reviews.look(at(LocalTime.of(9, 30)));
            reviews.look(at(LocalTime.of(9, 31)));
            assertEquals(1, steps.size());
            Message.Advice advice =
                    ((Message.Reviewed) steps.getFirst()).advice().getFirst();
            assertEquals("quote: more connections to its database", advice.title());

            assertFalse(reviews.answer("INC-1/1", true, "eva", "yes"));
            assertTrue(reviews.answer(advice.id(), true, "eva", "yes"));
            assertFalse(reviews.answer(advice.id(), true, "eva", "yes"), "it is decided");
            assertEquals(Message.Decision.APPROVED, ((Message.Decided) steps.get(1)).decision());
            assertEquals(Effect.DONE, ((Message.Acted) steps.get(2)).effect());
            assertEquals(
                    "{\n  \"pool\" : 10\n}\n",
                    value(repository.read("quote.json")).orElseThrow());
        }
    }

    private Reviews reviews(Jules jules, List<Message> before, Executor workers) {
        Precedent dry = new Precedent(
                "INC-1", Instant.EPOCH, "", new float[0], Cause.POOL_EXHAUSTED, "quote", Remedy.Kind.ENLARGE, true);
        return new Reviews(
                jules,
                ReviewPlan.STANDARD,
                () -> List.of(dry),
                before,
                this::keep,
                workers,
                at(LocalTime.of(8, 0))::at);
    }

    private static final Inventory QUOTE = Inventory.parse("i", """
            {"schema": "phalanx.inventory/1", "services": {"quote": {"file": "quote.json", "pool": "/pool"}}}""").value().orElseThrow();

    @Test
    void an_answer_is_kept_before_it_is_done_and_done_after_a_kill() throws Exception {
        try (ConfigRepository repository = repository()) {
            Jules jules = new Jules(repository, repository, QUOTE, "proxy.conf", ZoneId.systemDefault());
            reviews(jules, List.of(), Runnable::run)
                    .review(at(LocalTime.of(9, 30)).at());
            Message.Reviewed reviewed = (Message.Reviewed) steps.getFirst();
            String id = reviewed.advice().getFirst().id();
            List<Runnable> left = new ArrayList<>();
            Reviews before = reviews(jules, List.of(), left::add);
            assertTrue(before.answer(id, true, "eva", "yes"));
            assertEquals(Message.Decision.APPROVED, ((Message.Decided) steps.get(1)).decision());
            assertFalse(before.answer(id, false, "otto", "no"), "one answer is under way");
            assertTrue(jules.waiting(id).isPresent(), "not done yet");

            // here the program is killed
            reviews(jules, List.of(), Runnable::run).resume(List.of(reviewed, steps.get(1)));
            assertEquals(
                    "{\n  \"pool\" : 10\n}\n",
                    value(repository.read("quote.json")).orElseThrow());
            assertEquals(Effect.DONE, ((Message.Acted) steps.getLast()).effect());
            int told = steps.size();
            reviews(jules, List.of(), Runnable::run).resume(List.of(reviewed, steps.get(1), steps.getLast()));
            assertEquals(told, steps.size(), "once");
        }
    }

    @Test
    void an_answer_that_cannot_be_kept_is_not_taken() throws Exception {
        try (ConfigRepository repository = repository()) {
            Jules jules = new Jules(repository, repository, QUOTE, "proxy.conf", ZoneId.systemDefault());
            reviews(jules, List.of(), Runnable::run)
                    .review(at(LocalTime.of(9, 30)).at());
            String id =
                    ((Message.Reviewed) steps.getFirst()).advice().getFirst().id();
            Reviews full = new Reviews(
                    jules,
                    ReviewPlan.STANDARD,
                    List::of,
                    List.of(),
                    _ -> false,
                    Runnable::run,
                    at(LocalTime.of(8, 0))::at);
            assertFalse(full.answer(id, true, "eva", "yes"));
            assertTrue(jules.waiting(id).isPresent());
        }
    }

    @Test
    void who_starts_the_program_late_gets_the_review_of_the_morning() throws Exception {
        try (ConfigRepository repository = repository()) {
            Jules jules = new Jules(repository, repository, Inventory.NONE, "proxy.conf", ZoneId.systemDefault());
            Observation now = at(LocalTime.of(14, 0));
            Message before =
                    new Message.Escalated(now.at().minus(Duration.ofDays(3)), "INC-1", "the first that was kept");
            new Reviews(jules, ReviewPlan.STANDARD, List::of, List.of(before), this::keep, Runnable::run, now::at)
                    .look(now);
            assertEquals("nothing new to propose.", ((Message.Reviewed) steps.getFirst()).says());
        }
    }

    @Test
    void the_votes_on_a_fix_stand_in_its_merge_request() throws Exception {
        try (ConfigRepository repository = repository()) {
            RequestNotes notes = new RequestNotes(repository, Runnable::run);
            Instant now = Instant.EPOCH;
            notes.step(new Message.Voted(
                    now, "INC-1", new Vote("INC-1/1", Role.SCOUT, Vote.Choice.YES, 0.6, "It fits the figures.")));
            notes.step(new Message.Decided(
                    now, "INC-1", "INC-1/1", Role.GUARDRAIL, Message.Decision.APPROVED, "All agree.", null));
            value(repository.merge(
                    value(repository.propose("INC-1/1", "a larger pool", Map.of("quote.json", "{\"pool\": 9}\n")))));
            notes.step(new Message.Acted(now, "INC-1", "INC-1/1", Effect.DONE, "Merged.", ""));
            notes.step(new Message.Verified(now, "INC-1", "INC-1/1", true, List.of()));
            RequestRecord record = value(repository.requests()).getFirst();
            assertEquals(
                    List.of(
                            "scout: yes (0.60): It fits the figures.",
                            "guardrail: approved: All agree.",
                            "scout: measured: all is well again"),
                    record.notes());
        }
    }
}
