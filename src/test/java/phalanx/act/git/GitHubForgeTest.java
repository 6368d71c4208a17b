package phalanx.act.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phalanx.act.Carried;
import phalanx.act.Effect;
import phalanx.act.GitRemedies;
import phalanx.act.Remedy;
import phalanx.config.JsonSection;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Pull requests at a server on this machine that answers as GitHub's REST API does, with a bare repository as its Git. */
class GitHubForgeTest {
    private static final String TOKEN = "ghp_secret123";
    private static final Remedy POOL =
            new Remedy.Configure("pool.json", List.of(new Remedy.Configure.Change("/size", "12")));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> pulls = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Path remote;
    private ConfigRepository own;
    private int broken;
    /** The status with which merging fails, behind the merge or without one. */
    private int mergeFails;

    private boolean mergesAllTheSame;
    private boolean vanishes;
    private boolean slow;

    @BeforeEach
    void make() throws Exception {
        remote = folder.resolve("remote.git");
        Path here = folder.resolve("here.git");
        for (Path place : List.of(remote, here)) {
            try (Repository repository = bare(place)) {
                repository.create(true);
            }
        }
        String first;
        try (Repository repository = bare(remote)) {
            first = commit(repository, "by hand", "{\"size\": 4}\n").name();
        }
        try (Repository repository = bare(here);
                Transport line =
                        Transport.open(repository, new URIish(remote.toUri().toString()))) {
            line.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("refs/heads/main:refs/heads/main")));
            assertEquals(first, repository.resolve("refs/heads/main").name());
        }
        own = value(ConfigRepository.open(here));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofPlatform().daemon().start(task));
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        own.close();
        server.stop(0);
    }

    private static Repository bare(Path place) throws IOException {
        return new FileRepositoryBuilder().setGitDir(place.toFile()).setBare().build();
    }

    private static RevCommit commit(Repository repository, String message, String text) throws IOException {
        ObjectId main = repository.resolve("refs/heads/main");
        Map<String, @Nullable String> files = new HashMap<>();
        files.put("pool.json", text);
        ObjectId made = CommitWriter.write(
                repository,
                main == null ? Optional.empty() : Optional.of(repository.parseCommit(main)),
                files,
                new PersonIdent("eva", "eva@example.com"),
                message);
        CommitWriter.move(repository, "refs/heads/main", main == null ? ObjectId.zeroId() : main, made);
        return repository.parseCommit(made);
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome.toString());
    }

    private String api() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private GitHubForge forge() {
        return new GitHubForge(
                own,
                new GitHubSettings(api(), "eva/shop", remote.toUri().toString(), "T", Optional.empty(), slow ? 1 : 60),
                TOKEN);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String call = exchange.getRequestMethod() + " " + path;
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(call + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        try {
            if (slow) {
                Thread.sleep(10_000);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (broken != 0) {
            if (broken == 429 || broken == 403 && path.endsWith("limit")) {
                exchange.getResponseHeaders().set("X-RateLimit-Remaining", "0");
            }
            send(
                    exchange,
                    broken,
                    JSON.createObjectNode().put("message", broken == 429 ? "API rate limit exceeded" : "no"));
            return;
        }
        ObjectNode asked = body.isEmpty() ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(body);
        if (call.equals("GET /repos/eva/shop")) {
            ObjectNode repository =
                    JSON.createObjectNode().put("id", 1).put("name", "shop").put("full_name", "eva/shop");
            repository.putObject("owner").put("login", "eva").put("id", 2);
            send(exchange, 200, repository);
        } else if (call.equals("GET /repos/eva/shop/pulls")) {
            ArrayNode found = JSON.createArrayNode();
            String query = exchange.getRequestURI().getQuery();
            pulls.stream()
                    .filter(one -> query.contains(
                            "head=eva:" + one.path("head").path("ref").asText()))
                    .forEach(found::add);
            send(exchange, 200, found);
        } else if (call.equals("GET /repos/eva/shop/pulls/1")) {
            send(exchange, 200, pulls.getFirst());
        } else if (call.equals("POST /repos/eva/shop/pulls")) {
            ObjectNode pull = JSON.createObjectNode()
                    .put("id", 10 + pulls.size())
                    .put("number", pulls.size() + 1)
                    .put("state", "open")
                    .put("title", asked.path("title").asText())
                    .put("body", asked.path("body").asText())
                    .put("html_url", api() + "/eva/shop/pull/" + (pulls.size() + 1))
                    .put("url", api() + "/repos/eva/shop/pulls/" + (pulls.size() + 1));
            pull.putObject("head").put("ref", asked.path("head").asText());
            pulls.add(pull);
            send(exchange, 201, pull);
        } else if (path.endsWith("/comments")) {
            comments.add(asked.path("body").asText());
            send(
                    exchange,
                    201,
                    JSON.createObjectNode().put("id", comments.size()).put("body", "x"));
        } else if (path.endsWith("/merge")) {
            if (mergeFails == 0 || mergesAllTheSame) {
                merge(exchange, pulls.getFirst(), asked);
            }
            if (vanishes) {
                Files.move(remote, folder.resolve("vanished.git"));
            }
            if (mergeFails > 0) {
                send(exchange, mergeFails, JSON.createObjectNode().put("message", "no"));
            }
        } else if (exchange.getRequestMethod().equals("PATCH")) {
            pulls.getFirst().put("state", asked.path("state").asText());
            send(exchange, 200, pulls.getFirst());
        } else {
            send(exchange, 404, JSON.createObjectNode().put("message", "Not Found"));
        }
    }

    /** As a squash does: one commit with the title and what was given to it. */
    private void merge(HttpExchange exchange, ObjectNode pull, ObjectNode asked) throws IOException {
        try (Repository repository = bare(remote)) {
            ObjectId branch = repository.resolve(
                    "refs/heads/" + pull.path("head").path("ref").asText());
            assertEquals(branch.name(), asked.path("sha").asText());
            assertEquals("squash", asked.path("merge_method").asText());
            RevCommit made = commit(
                    repository,
                    pull.path("title").asText() + " (#1)\n\n"
                            + asked.path("commit_message").asText() + "\n",
                    "{\n  \"size\" : 12\n}\n");
            pull.put("state", "closed").put("merged", true).put("merged_at", "2026-11-23T10:00:00Z");
            if (mergeFails > 0) {
                return;
            }
            send(exchange, 200, JSON.createObjectNode().put("sha", made.name()).put("merged", true));
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode node) throws IOException {
        byte[] octets = node.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    private static Problem problem(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome).problem();
    }

    @Test
    void a_fix_is_a_pull_request_that_is_merged_there_and_followed_here() throws Exception {
        try (Repository there = bare(remote)) {
            commit(there, "meanwhile", "{\"size\": 5}\n");
        }
        GitHubForge forge = forge();
        GitRemedies remedies = new GitRemedies(own, "proxy.conf", forge);
        Carried carried = remedies.carryOut(POOL, "INC-1/1");
        assertEquals(Effect.DONE, carried.effect(), carried.says());
        assertEquals("{\n  \"size\" : 12\n}\n", value(own.read("pool.json")).orElseThrow());
        assertEquals(carried, remedies.carryOut(POOL, "INC-1/1"), "told again");
        assertEquals(1, pulls.size());
        assertTrue(pulls.getFirst().path("body").asText().contains("`INC-1/1`"));
        assertEquals("pool.json: /size 12", pulls.getFirst().path("title").asText());
        RequestRecord record = value(forge.requests()).getFirst();
        assertEquals(RequestRecord.State.MERGED, record.state());
        assertTrue(record.address().endsWith("/eva/shop/pull/1"), record.address());
        assertTrue(calls.stream().allMatch(call -> call.endsWith(" token " + TOKEN)), calls.toString());

        value(forge.comment("INC-1/1", List.of("scout: `all` is well\nagain")));
        assertEquals(List.of("- `scout: 'all' is well?again`"), comments);
        assertFalse(value(forge.comment("INC-7/1", List.of("nobody"))));
    }

    @Test
    void a_merge_whose_answer_was_lost_is_found() {
        mergeFails = 502;
        mergesAllTheSame = true;
        Carried carried = new GitRemedies(own, "proxy.conf", forge()).carryOut(POOL, "INC-1/1");
        assertEquals(Effect.DONE, carried.effect(), carried.says());
        assertEquals("{\n  \"size\" : 12\n}\n", value(own.read("pool.json")).orElseThrow());
        assertEquals(
                RequestRecord.State.MERGED, value(own.requests()).getFirst().state());
    }

    @Test
    void what_is_not_merged_is_closed_and_stands_in_nobody_s_way() {
        mergeFails = 405;
        Carried carried = new GitRemedies(own, "proxy.conf", forge()).carryOut(POOL, "INC-1/1");
        assertEquals(Effect.FAILED, carried.effect());
        assertTrue(carried.says().contains("refuses the request (405)"), carried.says());
        assertEquals("closed", pulls.getFirst().path("state").asText());
        assertEquals(
                RequestRecord.State.CLOSED, value(own.requests()).getFirst().state());
    }

    @Test
    void what_was_asked_for_and_not_refused_may_still_be_merged() {
        mergeFails = 502;
        Carried carried = new GitRemedies(own, "proxy.conf", forge()).carryOut(POOL, "INC-1/1");
        assertEquals(Effect.UNKNOWN, carried.effect(), carried.says());
        assertEquals(RequestRecord.State.OPEN, value(own.requests()).getFirst().state());
    }

    @Test
    void whether_it_was_merged_is_not_known_where_nobody_answers_any_more() throws Exception {
        mergesAllTheSame = true;
        vanishes = true;
        GitRemedies remedies = new GitRemedies(own, "proxy.conf", forge());
        Carried carried = remedies.carryOut(POOL, "INC-1/1");
        assertEquals(Effect.UNKNOWN, carried.effect(), carried.says());
        assertTrue(carried.says().contains("is not known"), carried.says());
        assertEquals(Effect.UNKNOWN, remedies.stateOf(POOL, "INC-1/1").effect());
        Files.move(folder.resolve("vanished.git"), remote);
        assertEquals(Effect.DONE, remedies.stateOf(POOL, "INC-1/1").effect(), "main there says so");
        assertEquals("{\n  \"size\" : 12\n}\n", value(own.read("pool.json")).orElseThrow());
    }

    @Test
    void a_request_waits_there_and_is_closed_there() {
        GitHubForge forge = forge();
        MergeRequest request = value(own.propose("REV-1/1", "a larger pool", Map.of("pool.json", "{\"size\": 9}\n")));
        assertTrue(value(forge.open(request, "jules", List.of("It ran dry."))).endsWith("/eva/shop/pull/1"));
        value(forge.open(request, "jules", List.of("It ran dry.")));
        assertEquals(1, pulls.size(), "opened once");
        value(forge.close("REV-1/1", RequestRecord.State.CLOSED, "eva: no"));
        assertEquals("closed", pulls.getFirst().path("state").asText());
        assertEquals(List.of("- `eva: no`"), comments);
        assertEquals(
                RequestRecord.State.CLOSED, value(own.requests()).getFirst().state());
    }

    @ParameterizedTest
    @CsvSource({
        "401, does not accept the token",
        "403, may not do this",
        "429, takes no more calls for a while",
        "404, is not at",
        "422, refuses the request (422)",
        "500, answers with 500"
    })
    void what_goes_wrong_is_told_with_what_to_do(int status, String told) {
        broken = status;
        MergeRequest request = value(own.propose("INC-2/1", "a larger pool", Map.of("pool.json", "{\"size\": 9}\n")));
        Problem problem = problem(forge().open(request, "agents", List.of()));
        assertEquals(GitHubForge.REFUSED, problem.code());
        assertTrue(problem.what().contains(told), problem.toString());
        assertFalse(problem.toString().contains(TOKEN));
        assertEquals("{\"size\": 4}\n", value(own.read("pool.json")).orElseThrow());
    }

    @Test
    void silence_ends() {
        slow = true;
        long from = System.nanoTime();
        MergeRequest request = value(own.propose("INC-3/1", "a larger pool", Map.of("pool.json", "{\"size\": 9}\n")));
        Problem problem = problem(forge().open(request, "agents", List.of()));
        assertTrue(problem.what().contains("did not answer within 1 s"), problem.toString());
        assertTrue(System.nanoTime() - from < 9_000_000_000L);
    }

    @Test
    void main_here_follows_only_what_went_on_there() throws Exception {
        try (Repository here = bare(folder.resolve("here.git"))) {
            commit(here, "only here", "{\"size\": 1}\n");
        }
        assertTrue(problem(forge().refresh()).what().contains("commits that the copy elsewhere lacks"));
    }

    @Test
    void the_token_is_in_the_environment_or_in_a_file_of_its_owner() throws Exception {
        Path file = folder.resolve("token");
        Files.writeString(file, TOKEN + "\n");
        GitHubSettings settings =
                GitHubSettings.parse("forge.json", """
                {"schema": "phalanx.forge/1", "repository": "eva/shop", "token_file": "%s"}""".formatted(file)).value().orElseThrow();
        assertEquals("https://github.com/eva/shop.git", settings.remote());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(problem(settings.token(Map.of())).what().startsWith("Others may read"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(TOKEN, value(settings.token(Map.of())));
        GitHubSettings variable =
                GitHubSettings.parse("forge.json", """
                {"schema": "phalanx.forge/1", "repository": "eva/shop", "api": "https://git.example.com/api/v3", "token_env": "T"}""").value().orElseThrow();
        assertEquals("https://git.example.com/eva/shop.git", variable.remote());
        assertEquals(TOKEN, value(variable.token(Map.of("T", TOKEN))));
        assertTrue(problem(variable.token(Map.of())).what().contains("T is not set"));
        assertTrue(problem(variable.token(Map.of("T", "a b"))).what().contains("is no token"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "repository": "shop", "token_env": "T" | 1:31: This names no repository
            "repository": "eva/shop" | 1:1: The token's place is not told
            "repository": "eva/shop", "token_env": "T", "api": "http://git.example.com" | 1:75: "api" is no address
            "repository": "eva/shop", "token_env": "T", "remote": "https://x:y@github.com/eva/shop.git" | 1:75: "remote" is no address
            "repository": "eva/shop", "token_env": "T", "tokens": 1 | 1:75: There is no "tokens" here
            """)
    void settings_are_refused_where_they_stand(String fields, String told) {
        JsonSection.Read<GitHubSettings> read =
                GitHubSettings.parse("f", "{\"schema\": \"phalanx.forge/1\", " + fields + "}");
        assertTrue(read.value().isEmpty());
        assertTrue(
                read.faults().stream().anyMatch(one -> one.toString().contains("f:" + told)),
                read.faults().toString());
    }
}
