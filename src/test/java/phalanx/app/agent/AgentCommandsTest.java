package phalanx.app.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.agents.ScriptedAgents;
import phalanx.app.CommandRun;
import phalanx.app.Main;
import phalanx.app.terminal.ExitCode;
import phalanx.casefile.Case;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.run.Outcome;
import phalanx.telemetry.Telemetry;

/** The commands against agents that run, and against the case that they left. */
class AgentCommandsTest {
    @TempDir
    private Path folder;

    private Path place() {
        return folder.resolve("case");
    }

    private static <T> T of(Outcome<T> outcome) {
        return ((Outcome.Ok<T>) outcome).value();
    }

    private ProxyServer proxy() throws Exception {
        Path file = Files.writeString(folder.resolve("p.conf"), """
                worker_threads 1;
                admin 127.0.0.1:0;
                http { server { listen 127.0.0.1:0; route / { return 200 x; } } }
                """);
        return of(ProxyServer.start(ProxyConfig.read(file).config().orElseThrow()));
    }

    @Test
    void what_waits_is_seen_approved_and_followed_and_stays_in_the_case() throws Exception {
        StringWriter followed = new StringWriter();
        Thread follower;
        try (Case kept = of(LabAgents.opened(place()));
                ProxyServer proxy = proxy()) {
            ScriptedAgents agents = new ScriptedAgents("ask", kept);
            agents.suggests(0.97);
            try (AgentsDoor _ = of(AgentsDoor.open(proxy, agents.steering(), () -> Telemetry.NONE, place()))) {
                assertEquals(
                        "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(place().resolve(AgentsDoor.FILE))));
                follower = Thread.ofPlatform()
                        .daemon()
                        .start(() -> Main.run(
                                new PrintWriter(followed, true),
                                new PrintWriter(new StringWriter()),
                                "agent",
                                "log",
                                "--follow",
                                "--case",
                                place().toString()));
                assertTrue(
                        CommandRun.of("agent", "votes", "--case", place()).out().contains("Nothing was proposed"));
                agents.incident();
                CommandRun waiting = CommandRun.of("agent", "votes", "--waiting", "--case", place());
                assertEquals(ExitCode.OK, waiting.code(), waiting.err());
                assertTrue(waiting.out().contains("quorum 2"), waiting.out());
                Matcher id = Pattern.compile("(?m)^(INC-\\d+/1)  enlarge").matcher(waiting.out());
                assertTrue(id.find(), waiting.out());
                CommandRun yes = CommandRun.of(
                        "agent", "approve", id.group(1), "--reason", "seen, & 100 % sure", "--case", place());
                assertEquals(id.group(1) + " is approved.", yes.out().strip(), yes.err());
                agents.pass(6);
                CommandRun late =
                        CommandRun.of("agent", "reject", id.group(1), "--reason", "too late", "--case", place());
                assertEquals(ExitCode.USAGE, late.code());
                assertTrue(late.err().startsWith("PHX-1906 "), late.err());
                assertTrue(
                        CommandRun.of("agent", "pause", "--case", place()).out().contains("begin nothing"));
                assertTrue(agents.steering().snapshot().paused());
                CommandRun.of("agent", "resume", "--case", place());
                assertFalse(agents.steering().snapshot().paused());
                for (int i = 0; i < 200 && !followed.toString().contains("healed"); i++) {
                    Thread.sleep(50);
                }
            }
        }
        follower.join(10_000);
        assertFalse(follower.isAlive(), "it follows agents that are gone");
        assertTrue(followed.toString().contains("healed: "), followed.toString());
        CommandRun after = CommandRun.of("agent", "log", "--case", place());
        assertEquals(followed.toString(), after.out());
        assertTrue(after.out().contains("approved: " + System.getProperty("user.name") + ": seen, & 100 % sure"));
        assertTrue(after.out().contains("paused by " + System.getProperty("user.name")), after.out());
        assertTrue(after.out().contains("resumed by " + System.getProperty("user.name")), after.out());
        CommandRun json = CommandRun.of("agent", "log", "--json", "--case", place());
        assertEquals(after.out().lines().count(), json.out().lines().count());
        assertTrue(json.out().lines().allMatch(line -> line.startsWith("{") && line.contains("\"step\":")));
        assertTrue(CommandRun.of("agent", "votes", "--json", "--case", place())
                .out()
                .startsWith("{"));
        assertTrue(CommandRun.of("agent", "votes", "--waiting", "--case", place())
                .out()
                .startsWith("Nothing waits"));
    }

    @Test
    void where_nothing_is_the_message_says_what_to_do() {
        CommandRun nowhere = CommandRun.of("agent", "pause", "--case", folder.resolve("none"));
        assertEquals(ExitCode.FORBIDDEN, nowhere.code());
        assertTrue(nowhere.err().startsWith("PHX-1905 "), nowhere.err());
        CommandRun log = CommandRun.of("agent", "log", "--case", folder.resolve("none"));
        assertTrue(log.err().startsWith("PHX-1905 "), log.err());
        CommandRun odd = CommandRun.of("agent", "approve", "../x", "--reason", "y", "--case", folder);
        assertEquals(ExitCode.USAGE, odd.code());
        CommandRun bare = CommandRun.of("agent");
        assertTrue(bare.err().contains("--listen=HOST:PORT | --push=HOST:PORT"), bare.err());
    }

    @Test
    void the_agents_do_not_run_with_a_policy_that_does_not_know_the_environment() throws Exception {
        Path policy = Files.writeString(
                folder.resolve("policy.json"),
                "{\"schema\": \"phalanx.trust-policy/1\", \"environments\": {\"lab\": {}}}");
        Path inventory = Files.writeString(
                folder.resolve("inventory.json"), "{\"schema\": \"phalanx.inventory/1\", \"services\": {}}");
        Path config = Files.writeString(folder.resolve("proxy.conf"), """
                admin 127.0.0.1:0;
                http { server { listen 127.0.0.1:0; route / { return 200 x; } } }
                """);
        CommandRun run = CommandRun.of(
                "agent",
                "run",
                "--proxy",
                config,
                "--repository",
                folder,
                "--inventory",
                inventory,
                "--policy",
                policy,
                "--environment",
                "production",
                "--case",
                place());
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains("The policy has no environment production; there is: lab."), run.err());
    }
}
