package phalanx.act.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.act.Carried;
import phalanx.act.DryRun;
import phalanx.act.Effect;
import phalanx.act.Remedy;
import phalanx.act.hook.Hook.Action;

/** Hooks with real child processes and a real server. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs here are of Unix")
class HookRemediesTest {
    private static final Remedy.Hook REMEDY = new Remedy.Hook("hook", "policy", "policy-1", "127.0.0.1:8081");
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofPlatform().daemon().start(task));
        answers("/well", 200, "done\u001b[2J\n");
        answers("/ill", 500, "no");
        answers("/away", 302, "");
        answers("/huge", 200, "x".repeat(300_000));
        server.createContext("/slow", exchange -> {
            try {
                Thread.sleep(20_000);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answers(String path, int status, String text) {
        server.createContext(path, exchange -> {
            asked.add(path + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Location", "/well");
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
            exchange.close();
        });
    }

    private static HookRemedies remedies(Hook hook, String... addresses) {
        HookClient.Resolver resolver = host -> {
            InetAddress[] all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses[i]);
            }
            return all;
        };
        return new HookRemedies(
                new HookBook(Map.of("hook", hook)),
                new HookClient((SSLSocketFactory) SSLSocketFactory.getDefault(), resolver));
    }

    private Path script(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private HookRemedies command(Duration limit, String... lines) throws IOException {
        String run = script("run", lines).toString();
        String other = script("other", "echo would \"$1\"").toString();
        return remedies(new Hook.Command(
                Set.of(),
                Map.of(
                        Action.RUN, List.of(run, "{instance}", "--at={server}"),
                        Action.DRY_RUN, List.of(other, "{service}"),
                        Action.WAY_BACK, List.of(other, "back")),
                Map.of("OWN", "yes"),
                limit));
    }

    @Test
    void a_command_is_tried_run_once_and_taken_back() throws Exception {
        Path count = folder.resolve("count");
        HookRemedies remedies =
                command(SHORT.multipliedBy(10), "echo \"$@\" $OWN $HOME\"|\"$# >> " + count, "printf 'a\\033[2Jb'");
        DryRun tried = remedies.dryRun(REMEDY);
        assertTrue(tried.passed(), tried.says());
        assertEquals("hook ended with 0: would policy.", tried.says());
        assertFalse(Files.exists(count), "a dry run is without effect");
        Carried carried = remedies.carryOut(REMEDY, "INC-1/1");
        assertEquals(Effect.DONE, carried.effect());
        assertEquals("hook ended with 0: a?[2Jb.", carried.says());
        assertEquals(carried, remedies.carryOut(REMEDY, "INC-1/1"));
        assertEquals("policy-1 --at=127.0.0.1:8081 yes |2\n", Files.readString(count), "its own environment, once");
        assertEquals(carried, remedies.stateOf(REMEDY, "INC-1/1"));
        assertEquals(Effect.UNKNOWN, remedies.stateOf(REMEDY, "INC-0/1").effect());
        assertEquals(
                "hook ended with 0: would back.",
                remedies.takeBack(REMEDY, "INC-1/1", "").says());
    }

    @Test
    void the_way_back_is_gone_once_and_takes_the_time_that_was_declared() throws Exception {
        Path count = folder.resolve("back");
        String run = script("run", "true").toString();
        String back = script("undo", "echo x >> " + count).toString();
        HookRemedies remedies = remedies(new Hook.Command(
                Set.of(),
                Map.of(Action.RUN, List.of(run), Action.DRY_RUN, List.of(run), Action.WAY_BACK, List.of(back)),
                Map.of(),
                Duration.ofSeconds(400)));
        remedies.carryOut(REMEDY, "INC-1/1");
        Carried first = remedies.takeBack(REMEDY, "INC-1/1", "");
        assertEquals(Effect.DONE, first.effect());
        assertEquals(first, remedies.takeBack(REMEDY, "INC-1/1", ""));
        assertEquals("x\n", Files.readString(count));
        assertTrue(remedies.patience(REMEDY).compareTo(Duration.ofSeconds(400)) > 0);
        assertEquals(Duration.ZERO, remedies.patience(new Remedy.Hook("no such", "policy", "", "")));
    }

    @Test
    void a_command_that_fails_may_have_done_something() throws Exception {
        Carried carried = command(SHORT.multipliedBy(10), "echo broken; exit 3").carryOut(REMEDY, "INC-1/1");
        assertEquals(Effect.UNKNOWN, carried.effect());
        assertEquals("hook ended with 3: broken.", carried.says());
    }

    @Test
    void at_the_end_of_its_time_all_that_it_started_is_killed() throws Exception {
        Path pids = folder.resolve("pids");
        long from = System.nanoTime();
        Carried carried = command(
                        SHORT, "sleep 300 & echo $! > " + pids, "(sleep 300 & echo $! >> " + pids + ")", "sleep 300")
                .carryOut(REMEDY, "INC-1/1");
        assertEquals(Effect.UNKNOWN, carried.effect());
        assertTrue(carried.says().startsWith("hook was killed after 1 s"), carried.says());
        assertTrue(System.nanoTime() - from < Duration.ofSeconds(15).toNanos());
        List<Long> started =
                Files.readAllLines(pids).stream().map(Long::valueOf).toList();
        assertEquals(2, started.size());
        for (long pid : started) {
            boolean gone = false;
            for (int i = 0; i < 100 && !gone; i++) {
                gone = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
                Thread.sleep(gone ? 0 : 20);
            }
            assertTrue(gone, "process " + pid + " lives on");
        }
    }

    @Test
    void an_endless_output_is_cut() throws Exception {
        DryRun tried = remedies(new Hook.Command(
                        Set.of(),
                        Map.of(Action.DRY_RUN, List.of("/usr/bin/head", "-c", "3000000", "/dev/zero")),
                        Map.of(),
                        SHORT.multipliedBy(20)))
                .dryRun(REMEDY);
        assertTrue(tried.passed(), tried.says());
        assertEquals("?".repeat(ChildCommand.MOST), tried.difference());
        assertTrue(tried.says().length() < 400);
    }

    @Test
    void what_is_not_there_or_not_declared_is_refused_and_nothing_runs() {
        Hook missing = new Hook.Command(Set.of(), Map.of(Action.RUN, List.of("/nowhere/x")), Map.of(), SHORT);
        assertEquals(Effect.FAILED, remedies(missing).carryOut(REMEDY, "p").effect());
        assertFalse(
                remedies(missing).dryRun(new Remedy.Hook("other", "a", "", "")).passed());
        assertFalse(remedies(missing).dryRun(new Remedy.Drain("policy", "x")).passed());
        Hook hostile =
                new Hook.Command(Set.of(), Map.of(Action.RUN, List.of("/bin/echo", "{instance}")), Map.of(), SHORT);
        Remedy.Hook injected = new Remedy.Hook("hook", "policy", "--help; reboot", "");
        assertEquals(Effect.FAILED, remedies(hostile).carryOut(injected, "p").effect());
    }

    private static Duration limit(String path) {
        return path.equals("/slow") ? SHORT : SHORT.multipliedBy(20);
    }

    private Hook.Address address(String path, boolean privately) {
        URI place = URI.create("http://hooks.example.com:" + server.getAddress().getPort() + path);
        return new Hook.Address(
                Set.of(),
                Map.of(Action.RUN, place, Action.DRY_RUN, place, Action.WAY_BACK, place),
                privately,
                limit(path));
    }

    @Test
    void an_address_gets_fields_and_nothing_else() {
        HookRemedies remedies = remedies(address("/well", true), "127.0.0.1");
        Carried carried = remedies.carryOut(REMEDY, "INC-1/1");
        assertEquals(Effect.DONE, carried.effect());
        assertEquals("hook answered 200: done?[2J.", carried.says());
        assertEquals(
                List.of(
                        "/well {\"schema\":\"phalanx.hook-call/1\",\"action\":\"run\",\"hook\":\"hook\",\"proposal\":\"INC-1/1\","
                                + "\"service\":\"policy\",\"instance\":\"policy-1\",\"server\":\"127.0.0.1:8081\"}"),
                asked);
        Remedy.Hook injected = new Remedy.Hook("hook", "a\",\"action\":\"x", "", "");
        assertEquals(Effect.FAILED, remedies.carryOut(injected, "INC-1/2").effect());
        assertEquals(1, asked.size());
    }

    @Test
    void failures_redirects_and_silence_leave_it_unknown() {
        for (String path : List.of("/ill", "/away", "/slow")) {
            Carried carried = remedies(address(path, true), "127.0.0.1").carryOut(REMEDY, "INC-1/1");
            assertEquals(Effect.UNKNOWN, carried.effect(), path + carried.says());
        }
        assertEquals(
                List.of("/ill", "/away"),
                asked.stream().map(one -> one.substring(0, one.indexOf(' '))).toList(),
                "no redirect is followed");
    }

    @Test
    void an_answer_is_read_to_a_length() {
        DryRun tried = remedies(address("/huge", true), "127.0.0.1").dryRun(REMEDY);
        assertTrue(tried.passed(), tried.says());
        assertTrue(tried.difference().length() <= ChildCommand.MOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.1.1",
                "100.64.0.1",
                "0.0.0.0",
                "198.18.0.1",
                "192.0.2.1",
                "203.0.113.9",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1",
                "ff02::1"
            })
    void what_is_not_of_the_internet_is_not_asked(String address) {
        Carried carried =
                remedies(address("/well", false), "93.184.216.34", address).carryOut(REMEDY, "INC-1/1");
        assertEquals(Effect.FAILED, carried.effect(), carried.says());
        assertEquals(List.of(), asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fd00:ec2::254", "224.0.0.1", "0.0.0.0"})
    void some_are_not_asked_even_if_declared(String address) {
        Carried carried = remedies(address("/well", true), address).carryOut(REMEDY, "INC-1/1");
        assertEquals(Effect.FAILED, carried.effect(), carried.says());
        assertTrue(carried.says().contains("is never asked"), carried.says());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "172.32.0.1",
                "100.128.0.1",
                "198.20.0.1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void the_internet_is(String address) throws IOException {
        assertTrue(PublicAddress.isPublic(InetAddress.getByName(address)));
    }

    /** A name that has another address when it is asked again (DNS rebinding) is asked once. */
    @Test
    void the_address_that_was_checked_is_the_one_that_is_connected_to() throws Exception {
        List<String> resolved = new ArrayList<>();
        List<String> addresses = new ArrayList<>(Arrays.asList("127.0.0.1", "10.0.0.1"));
        HookClient client = new HookClient((SSLSocketFactory) SSLSocketFactory.getDefault(), host -> {
            resolved.add(host);
            return new InetAddress[] {InetAddress.getByName(addresses.removeFirst())};
        });
        HookRemedies remedies = new HookRemedies(new HookBook(Map.of("hook", address("/well", true))), client);
        assertEquals(Effect.DONE, remedies.carryOut(REMEDY, "INC-1/1").effect());
        assertEquals(List.of("hooks.example.com"), resolved);
    }
}
