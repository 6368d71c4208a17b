package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.act.ByChannel;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.act.GitRemedies;
import phalanx.act.ProxyRemedies;
import phalanx.act.Remedy;
import phalanx.act.git.ConfigRepository;
import phalanx.agents.cause.Calibration;
import phalanx.agents.cause.Cause;
import phalanx.agents.cause.Evidence;
import phalanx.agents.cause.Hypothesis;
import phalanx.agents.govern.Guardrail;
import phalanx.agents.govern.Trust;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.memory.Precedents;
import phalanx.agents.observe.ErrorBudget;
import phalanx.agents.observe.Figure;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Observer;
import phalanx.agents.observe.Subject;
import phalanx.agents.trail.CaseTrail;
import phalanx.agents.trail.Deploys;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.MessageJson;
import phalanx.agents.trail.Proposal;
import phalanx.agents.trail.Role;
import phalanx.agents.trail.Signal;
import phalanx.agents.trail.StepText;
import phalanx.agents.trail.Vote;
import phalanx.casefile.Case;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.explain.language.SentenceVectors;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.run.Outcome;
import phalanx.telemetry.OtlpLimits;
import phalanx.telemetry.OtlpReceiver;

/**
 * Texts that want to be more than texts (agents/injections.jsonl), in every place where the agents read one: they change no vote and no
 * action, and reach no terminal, file name, branch or command.
 */
class InjectionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TEXTS = texts();
    private static final String RAW = "(?s).*[\\p{Cc}\\p{Cf}\\u2028\\u2029].*";

    /** Until this second texts are names of services, instances, dependencies and tables, too; each name makes every cause less certain. */
    private static final int NAMED = 20;
    /** From this second on a server fails. */
    private static final int BROKEN = 28;

    @TempDir
    Path folder;

    private static List<String> texts() {
        try (InputStream in = InjectionTest.class.getResourceAsStream("/agents/injections.jsonl")) {
            List<String> texts = new ArrayList<>();
            for (String line :
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty()) {
                    JsonNode one = JSON.readTree(line);
                    texts.add(
                            one.has("text")
                                    ? one.get("text").textValue()
                                    : one.get("repeat")
                                            .textValue()
                                            .repeat(one.get("times").intValue()));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome.toString());
    }

    @Test
    void there_are_more_than_200_of_them() {
        assertTrue(TEXTS.stream().distinct().count() >= 200, "" + TEXTS.size());
    }

    @Test
    void wherever_a_step_has_one_it_leaves_as_plain_text() {
        Instant at = Instant.EPOCH;
        Figure figure = new Figure(1, 0, 1);
        for (String text : TEXTS) {
            Subject place = Subject.dependency(text, text);
            Hypothesis hypothesis = new Hypothesis(
                    Cause.DNS_FAILURE, place, 0.5, List.of(new Evidence(place, Measure.ERRORS, figure, 1)), List.of());
            Proposal proposal =
                    new Proposal("INC-1/1", "INC-1", 1, Role.BRAIN, hypothesis, new Remedy.Drain(text, text), text);
            for (Message step : List.of(
                    new Message.Signalled(
                            at, "INC-1", List.of(new Signal(at, at, place, Measure.ERRORS, figure, 0.01)), text),
                    new Message.Diagnosed(at, "INC-1", 1, Role.BRAIN, List.of(hypothesis)),
                    new Message.Proposed(at, proposal, new DryRun(true, text, text, text, 0)),
                    new Message.Voted(at, "INC-1", new Vote("INC-1/1", Role.HUMAN, Vote.Choice.NO, 1, text)),
                    new Message.Decided(at, "INC-1", "INC-1/1", Role.HUMAN, Message.Decision.REJECTED, text, null),
                    new Message.Acted(at, "INC-1", "INC-1/1", Effect.FAILED, text, text),
                    new Message.TakenBack(at, "INC-1", "INC-1/1", false, text),
                    new Message.Escalated(at, "INC-1", text),
                    new Message.Closed(at, "INC-1", Message.Ending.PASSED, text))) {
                String line = StepText.of(step);
                assertTrue(!line.matches(RAW) && line.length() < 2_100, () -> "raw: " + step);
                String json = MessageJson.write(step);
                assertTrue(json.chars().allMatch(c -> c >= ' ' && c <= '~' + 1), () -> "raw: " + json);
                assertEquals(Optional.of(step), MessageJson.read(json));
            }
        }
    }

    @Test
    void none_becomes_a_branch_a_file_or_a_pointer() throws Exception {
        Path bare = repository(UnaryOperator.identity(), 1);
        try (ConfigRepository repository = value(ConfigRepository.open(bare));
                Git git = Git.open(bare.toFile())) {
            GitRemedies remedies = new GitRemedies(repository, "deploy/proxy.conf", repository);
            String main = git.getRepository().resolve("main").name();
            int made = 0;
            for (String text : TEXTS) {
                assertTrue(
                        !remedies.dryRun(new Remedy.Restart(text, text, text)).passed());
                assertTrue(!remedies.dryRun(new Remedy.Enlarge("deploy/policy.json", "/" + text, 2))
                        .passed());
                assertTrue(!remedies.dryRun(new Remedy.Revert(text, text)).passed());
                value(repository.history(1));
                if (repository.propose(text, text, Map.of("deploy/policy.json", "made " + made + "\n"))
                        instanceof Outcome.Ok<?>) {
                    made++;
                }
                value(repository.history(1));
            }
            assertTrue(made > 100, "" + made);
            assertEquals(main, git.getRepository().resolve("main").name());
            for (Ref ref : git.branchList().call()) {
                assertTrue(ref.getName().matches("refs/heads/(main|phalanx/[A-Za-z0-9/-]*)"), ref.getName());
                String message = git.log()
                        .add(ref.getObjectId())
                        .setMaxCount(1)
                        .call()
                        .iterator()
                        .next()
                        .getFullMessage();
                if (!ref.getName().endsWith("/main")) {
                    assertEquals(
                            1,
                            message.lines()
                                    .skip(1)
                                    .filter(line -> line.startsWith("Phalanx-Proposal: "))
                                    .count());
                }
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(bare), files.filter(one -> !one.endsWith("clone")).toList());
        }
    }

    /** A bare repository whose history has one text a commit as message and as author. */
    private Path repository(UnaryOperator<String> as, int every) throws Exception {
        Path bare = folder.resolve("repository.git");
        Path clone = folder.resolve("clone");
        Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(bare.toFile())
                .call()
                .close();
        Instant old = Instant.now().minusSeconds(86_400);
        try (Git git =
                Git.init().setInitialBranch("main").setDirectory(clone.toFile()).call()) {
            Files.createDirectory(clone.resolve("deploy"));
            Files.writeString(
                    clone.resolve("deploy/policy.json"),
                    "{\"pool\": {\"size\": 4}, \"generations\": {\"policy-1\": 1}}\n");
            git.add().addFilepattern(".").call();
            for (int i = 0; i < TEXTS.size(); i += every) {
                String text = as.apply(TEXTS.get(i));
                PersonIdent who = new PersonIdent(text, text, old, ZoneOffset.UTC);
                git.commit()
                        .setSign(false)
                        .setAllowEmpty(true)
                        .setAuthor(who)
                        .setCommitter(who)
                        .setMessage("as it was " + text)
                        .call();
            }
            git.push().setRemote(bare.toString()).add("main").call();
        }
        return bare;
    }

    @Test
    void amid_real_figures_they_change_no_vote_and_no_action() throws Exception {
        int[] number = new int[1];
        Path neutral = Files.createDirectory(folder.resolve("neutral"));
        Path hostile = Files.createDirectory(folder.resolve("hostile"));
        List<String> without =
                new Marketplace(neutral, text -> text.equals("; reboot") ? "n" : "n" + number[0]++).run();
        List<String> with = new Marketplace(hostile, UnaryOperator.identity()).run();
        assertEquals(without, with);
        assertTrue(without.contains("Acted DONE up"), without.toString());
        assertTrue(without.contains("Proposed brain server-errors policy/policy-2 drain"), without.toString());
    }

    /** Two servers behind the real proxy, their telemetry by the real receiver, and the agents but for their clock. */
    private final class Marketplace {
        private final Path home;
        private final UnaryOperator<String> as;
        private final AtomicBoolean broken = new AtomicBoolean();
        private final Random ids = new Random(1);
        private final Deque<Message> queue = new ArrayDeque<>();
        private final List<Message> steps = new ArrayList<>();
        private Consumer<Message> to = _ -> {};
        private int next;

        Marketplace(Path home, UnaryOperator<String> as) {
            this.home = home;
            this.as = as;
        }

        /** Answers whatever it is asked, for what counts is what the proxy and the agents make of it. */
        private ServerSocket server(boolean breaks) throws IOException {
            ServerSocket server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
            Thread.ofPlatform().daemon().start(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        Thread.ofVirtual().start(() -> answer(socket, breaks));
                    } catch (IOException _) {
                        // closed
                    }
                }
            });
            return server;
        }

        private void answer(Socket from, boolean breaks) {
            try (Socket socket = from) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                String status = breaks && broken.get() ? "500 Broken" : "200 OK";
                socket.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException _) {
                // it is gone
            }
        }

        List<String> run() throws Exception {
            ServerSocket one = server(false);
            ServerSocket two = server(true);
            Path file = Files.writeString(
                    home.resolve("proxy.conf"), """
                    upstream policy { server 127.0.0.1:%d; server 127.0.0.1:%d; }
                    http { server { listen 127.0.0.1:0; route / { upstream policy; } } }
                    """.formatted(one.getLocalPort(), two.getLocalPort()));
            try (ProxyServer proxy = value(
                            ProxyServer.start(ProxyConfig.read(file).config().orElseThrow()));
                    OtlpReceiver otlp =
                            value(OtlpReceiver.start("127.0.0.1", 0, 0, home.resolve("otlp.jsonl"), OtlpLimits.USUAL));
                    ConfigRepository repository = value(ConfigRepository.open(history()));
                    Case kept = kept();
                    HttpClient sender = HttpClient.newHttpClient()) {
                int port = proxy.http().getFirst().getPort();
                Inventory inventory = Inventory.parse(
                                "inventory", """
                        {"schema": "phalanx.inventory/1", "edge": "127.0.0.1:%d", "services": {"policy": {
                          "file": "deploy/policy.json", "upstream": "policy", "pool": "/pool/size", "generation": "/generations",
                          "instances": {"policy-1": "127.0.0.1:%d", "policy-2": "127.0.0.1:%d"}}}}""".formatted(port, one.getLocalPort(), two.getLocalPort()))
                        .value()
                        .orElseThrow();
                ErrorBudget budget = new ErrorBudget(0.99, 3_600_000);
                Observer observer = new Observer(proxy.log(), inventory, new Deploys(repository), budget);
                Instant[] now = {Instant.now()};
                otlp.store().tell(came -> observer.take(came.spans(), came.series(), now[0]));
                AgentLoop loop = loop(proxy, repository, inventory, kept);
                loop.begin();
                for (int second = 0;
                        second < 70 && steps.stream().noneMatch(Message.Closed.class::isInstance);
                        second++) {
                    now[0] = now[0].plusSeconds(
                            second == NAMED ? 70 : 1); // names that are silent for a minute are forgotten
                    broken.set(second >= BROKEN);
                    traffic(port, proxy);
                    telemetry(sender, otlp.http().getPort(), second < NAMED ? 12 : 1);
                    Observation seen = observer.look(now[0]);
                    if (second < 8) {
                        observer.learn();
                        continue;
                    }
                    loop.tick(seen);
                    deliver();
                    steps.stream()
                            .filter(step -> step instanceof Message.Decided decided
                                    && decided.decision() == Message.Decision.ASKED)
                            .toList()
                            .forEach(step -> loop.answer(((Message.Decided) step).proposal(), true, "eva", "go on"));
                    deliver();
                    if (loop.open().isEmpty()) {
                        observer.learn();
                    }
                    assertTrue(second >= BROKEN || steps.isEmpty(), () -> "all is well, and yet: " + steps);
                }
                return steps.stream().flatMap(step -> told(step).stream()).toList();
            } finally {
                one.close();
                two.close();
            }
        }

        private Path history() throws Exception {
            Path made = repository(as, 4);
            Path moved = home.resolve("repository.git");
            Files.move(made, moved);
            try (Stream<Path> clone = Files.walk(folder.resolve("clone"))) {
                clone.sorted(java.util.Comparator.reverseOrder())
                        .forEach(one -> one.toFile().delete());
            }
            return moved;
        }

        private Case kept() {
            CaseStore store = new CaseStore("test", null);
            value(store.write(
                    home.resolve("case"),
                    new CaseFile(CaseFile.VERSION, List.of(), List.of(), List.of(), Map.of(), null)));
            return value(store.open(home.resolve("case")));
        }

        private AgentLoop loop(ProxyServer proxy, ConfigRepository repository, Inventory inventory, Case kept) {
            TrustPolicy policy = TrustPolicy.parse("p.json", """
                    {"schema": "phalanx.trust-policy/1", "environments": {"lab": {"mode": "act"}}}""").value().orElseThrow();
            Calibration calibration = new Calibration();
            RemedyBook book = new RemedyBook(inventory);
            Cag cag = new Cag(
                    new Precedents(_ -> new float[SentenceVectors.DIMENSIONS], _ -> {}), inventory, book, calibration);
            Brain brain = new Brain(inventory, book, calibration);
            SloWatch scout = new SloWatch(List.of(new Objective(Subject.EDGE, Measure.ERRORS, 0.01)), () -> false);
            return new AgentLoop(
                    new Crew(
                            scout,
                            List.of(cag, brain),
                            List.of(scout, cag, brain, new Reviewer()),
                            new ByChannel(
                                    Optional.of(new ProxyRemedies(proxy)),
                                    Optional.of(new GitRemedies(repository, "deploy/proxy.conf", repository)),
                                    Optional.empty()),
                            cag),
                    policy,
                    new Guardrail(policy.environment("lab"), ZoneOffset.UTC),
                    new Trust(policy),
                    new Bus() {
                        @Override
                        public boolean publish(Message message) {
                            return queue.add(message);
                        }

                        @Override
                        public void deliver(Consumer<Message> receiver) {
                            to = receiver;
                        }

                        @Override
                        public void close() {}
                    },
                    new CaseTrail(kept),
                    Runnable::run,
                    steps::add,
                    Pace.STANDARD);
        }

        private void deliver() {
            while (!queue.isEmpty()) {
                to.accept(queue.poll());
            }
        }

        private String text() {
            return as.apply(TEXTS.get(next++ % TEXTS.size()));
        }

        /** Six plain requests, and some with texts in path and headers. */
        private void traffic(int port, ProxyServer proxy) throws Exception {
            long before = proxy.log().count();
            for (int i = 0; i < 6; i++) {
                request(port, "/plain", "x");
            }
            for (int i = 0; i < 2; i++) {
                String text = text();
                String cut = text.substring(0, Math.min(500, text.length()));
                request(port, path(cut), cut.replaceAll("[\r\n\u0000]", " "));
            }
            while (proxy.log().count() < before + 6) {
                Thread.sleep(1);
            }
        }

        /** What the proxy refuses itself is left out: it never comes to a server. */
        private static String path(String text) {
            return "/" + URLEncoder.encode(text.replaceAll("[/\\\\.\\p{Cc}]", "-"), StandardCharsets.UTF_8);
        }

        private static void request(int port, String path, String header) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                OutputStream out = socket.getOutputStream();
                out.write(("GET " + path + " HTTP/1.1\r\nHost: policy\r\nUser-Agent: " + header + "\r\nX-Text: "
                                + header + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                socket.getInputStream().readAllBytes();
            }
        }

        private ObjectNode attribute(String name, String text) {
            ObjectNode attribute = JSON.createObjectNode().put("key", name);
            attribute.putObject("value").put("stringValue", text);
            return attribute;
        }

        private ArrayNode spans(ArrayNode resources, String service, String instance) {
            ObjectNode resource = resources.addObject();
            ArrayNode attributes = resource.putObject("resource").putArray("attributes");
            attributes
                    .add(attribute("service.name", service))
                    .add(attribute("service.instance.id", instance))
                    .add(attribute("host.name", text()))
                    .add(attribute("service.version", text()));
            return resource.putArray("scopeSpans").addObject().putArray("spans");
        }

        private void span(ArrayNode into, int kind, boolean failed, Map<String, String> more) {
            byte[] id = new byte[16];
            ids.nextBytes(id);
            ObjectNode span = into.addObject();
            span.put("traceId", HexFormat.of().formatHex(id));
            span.put("spanId", HexFormat.of().formatHex(id).substring(16));
            span.put("name", text());
            span.put("kind", kind);
            span.put("startTimeUnixNano", "1700000000000000000");
            span.put("endTimeUnixNano", "1700000000005000000");
            ObjectNode status = span.putObject("status");
            status.put("code", failed ? 2 : 0);
            status.put("message", text());
            ArrayNode attributes = span.putArray("attributes");
            more.forEach((name, text) -> attributes.add(attribute(name, text)));
            if (failed) {
                attributes.add(attribute("error.type", "500"));
            }
        }

        private void telemetry(HttpClient sender, int port, int names) throws Exception {
            ObjectNode traces = JSON.createObjectNode();
            ArrayNode resources = traces.putArray("resourceSpans");
            ArrayNode first = spans(resources, "policy", "policy-1");
            ArrayNode second = spans(resources, "policy", "policy-2");
            for (int i = 0; i < 5; i++) {
                span(first, 2, false, Map.of("http.route", text(), "url.path", text(), "user_agent.original", text()));
                span(second, 2, broken.get(), Map.of("http.route", text(), "exception.message", text()));
            }
            for (int i = 0; i < names; i++) {
                String name = names == 1 ? as.apply("; reboot") : text();
                span(first, 3, false, Map.of("peer.service", name, "server.address", text()));
                span(first, 3, false, Map.of("db.collection.name", name, "db.query.text", text()));
                span(spans(resources, name, names == 1 ? name : text()), 2, false, Map.of("http.route", text()));
            }
            post(sender, port, "traces", traces);
            ObjectNode metrics = JSON.createObjectNode();
            ObjectNode resource = metrics.putArray("resourceMetrics").addObject();
            resource.putObject("resource")
                    .putArray("attributes")
                    .add(attribute("service.name", "policy"))
                    .add(attribute("service.instance.id", "policy-1"));
            ArrayNode all = resource.putArray("scopeMetrics").addObject().putArray("metrics");
            for (int i = 0; i < 3; i++) {
                ObjectNode metric = all.addObject().put("name", i == 0 ? "jvm.cpu.recent_utilization" : text());
                metric.put("description", text());
                metric.put("unit", text());
                ObjectNode point =
                        metric.putObject("gauge").putArray("dataPoints").addObject();
                point.put("asDouble", 0.2).put("timeUnixNano", "1700000000000000000");
                point.putArray("attributes").add(attribute("text", text()));
            }
            post(sender, port, "metrics", metrics);
            ObjectNode logs = JSON.createObjectNode();
            ObjectNode from = logs.putArray("resourceLogs").addObject();
            from.putObject("resource").putArray("attributes").add(attribute("service.name", text()));
            ArrayNode records = from.putArray("scopeLogs").addObject().putArray("logRecords");
            for (int i = 0; i < 5; i++) {
                ObjectNode record = records.addObject().put("timeUnixNano", "1700000000000000000");
                record.put("severityText", text()).putObject("body").put("stringValue", text());
            }
            post(sender, port, "logs", logs);
        }

        private void post(HttpClient sender, int port, String what, JsonNode body) throws Exception {
            HttpResponse<String> answer = sender.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/" + what))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
        }

        /** What was decided and done, without the numbers that differ from run to run; and that what is told is plain. */
        private List<String> told(Message step) {
            String line = StepText.of(step);
            assertTrue(!line.matches(RAW), line);
            return switch (step) {
                case Message.Proposed one ->
                    List.of("Proposed " + one.proposal().by().word() + " "
                            + one.proposal().hypothesis().cause().word() + " "
                            + one.proposal().hypothesis().place() + " "
                            + one.proposal().remedy().kind().word());
                case Message.Voted one ->
                    List.of("Voted " + one.vote().voter().word() + " "
                            + one.vote().choice() + " " + one.vote().trust());
                case Message.Decided one -> List.of("Decided " + one.by().word() + " " + one.decision());
                case Message.Acted one -> List.of("Acted " + one.effect() + " " + one.wayBack());
                case Message.Diagnosed one ->
                    List.of("Diagnosed " + one.hypotheses().getFirst().cause());
                case Message.Learned one -> List.of("Learned " + new java.util.TreeMap<>(one.trust()));
                default -> List.of(step.getClass().getSimpleName());
            };
        }
    }
}
