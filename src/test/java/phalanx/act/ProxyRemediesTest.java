package phalanx.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.route.Health;
import phalanx.proxy.route.Server;
import phalanx.run.Outcome;

/** The control of a real proxy. */
class ProxyRemediesTest {
    private static final Remedy DRAIN = new Remedy.Drain("policy", "127.0.0.1:1");

    @TempDir
    Path folder;

    private ProxyServer proxy;
    private ProxyRemedies remedies;

    @BeforeEach
    void start() throws Exception {
        Path file = Files.writeString(folder.resolve("proxy.conf"), """
                admin 127.0.0.1:0;
                upstream policy { server 127.0.0.1:1; server 127.0.0.1:2 weight=5; health_check off; }
                http { server { listen 127.0.0.1:0; waf_allow 10.0.0.0/8; set_real_ip_from 203.0.113.9; route / { upstream policy; } } }
                """);
        ProxyConfig config = ProxyConfig.read(file).config().orElseThrow();
        if (!(ProxyServer.start(config) instanceof Outcome.Ok<ProxyServer>(ProxyServer started))) {
            throw new AssertionError("the proxy did not start");
        }
        proxy = started;
        remedies = new ProxyRemedies(proxy);
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private Server server(int index) {
        return proxy.upstreams().iterator().next().servers().stream()
                .filter(server -> server.name().port() == index)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_dry_run_says_how_much_is_out_of_use_and_changes_nothing() {
        DryRun tried = remedies.dryRun(DRAIN);
        assertTrue(tried.passed());
        assertEquals(0.5, tried.outOfUse());
        assertEquals(Health.State.UP, server(1).health().state());
    }

    @Test
    void a_drained_server_comes_back() {
        Carried carried = remedies.carryOut(DRAIN, "INC-1/1");
        assertEquals(Effect.DONE, carried.effect());
        assertEquals(Health.State.DRAINING, server(1).health().state());
        assertEquals(carried, remedies.carryOut(DRAIN, "INC-1/1"));
        assertEquals(
                Effect.DONE,
                remedies.takeBack(DRAIN, "INC-1/1", carried.wayBack()).effect());
        assertEquals(Health.State.UP, server(1).health().state());
    }

    @Test
    void the_last_server_is_never_taken_out() {
        remedies.carryOut(new Remedy.MarkDown("policy", "127.0.0.1:2"), "INC-1/1");
        assertFalse(remedies.dryRun(DRAIN).passed());
        assertEquals(Effect.FAILED, remedies.carryOut(DRAIN, "INC-1/2").effect());
        assertEquals(Health.State.UP, server(1).health().state());
    }

    @Test
    void a_weight_is_given_and_given_back() {
        Remedy less = new Remedy.Weight("policy", "127.0.0.1:2", 1);
        Carried carried = remedies.carryOut(less, "INC-1/1");
        assertEquals(1, server(2).weight());
        remedies.takeBack(less, "INC-1/1", carried.wayBack());
        assertEquals(5, server(2).weight());
    }

    @Test
    void what_people_set_meanwhile_stays() {
        Remedy less = new Remedy.Weight("policy", "127.0.0.1:2", 1);
        Carried weighed = remedies.carryOut(less, "INC-1/1");
        server(2).weight(3);
        Carried kept = remedies.takeBack(less, "INC-1/1", weighed.wayBack());
        assertEquals("127.0.0.1:2 keeps weight 3, which was set meanwhile.", kept.says());
        assertEquals(3, server(2).weight());
        Carried drained = remedies.carryOut(DRAIN, "INC-1/2");
        server(1).health().markDown(true);
        Carried still = remedies.takeBack(DRAIN, "INC-1/2", drained.wayBack());
        assertEquals("Somebody else took 127.0.0.1:1 out of use meanwhile; it stays so.", still.says());
        assertEquals(Health.State.MARKED_DOWN, server(1).health().state());
        server(1).health().markDown(false);
        assertEquals(Health.State.UP, server(1).health().state());
    }

    @Test
    void unknown_servers_are_refused_and_a_new_proxy_knows_of_nothing() {
        assertFalse(remedies.dryRun(new Remedy.Drain("policy", "127.0.0.1:9")).passed());
        assertEquals(Effect.FAILED, remedies.stateOf(DRAIN, "INC-0/1").effect());
    }

    private static final Remedy.Ban BAN = new Remedy.Ban("192.0.2.1", Duration.ofMinutes(10));

    private long bannedFor(String client) throws Exception {
        return proxy.guard().reputation().bannedFor(InetAddress.getByName(client));
    }

    @Test
    void a_client_is_banned_for_a_while_and_let_in_again() throws Exception {
        DryRun tried = remedies.dryRun(BAN);
        assertEquals(
                "192.0.2.1 is let in no more for 10 minutes: 0 of the last 0 requests came from there, 0 of them were"
                        + " answered well; other clients: 0.",
                tried.says());
        assertEquals(0, bannedFor("192.0.2.1"));
        Carried carried = remedies.carryOut(BAN, "INC-1/1");
        assertEquals(Effect.DONE, carried.effect());
        assertTrue(bannedFor("192.0.2.1") > 590_000);
        assertEquals(0, bannedFor("192.0.2.2"));
        assertEquals(carried, remedies.carryOut(BAN, "INC-1/1"));
        assertFalse(remedies.dryRun(BAN).passed());
        assertEquals(
                Effect.DONE,
                remedies.takeBack(BAN, "INC-1/1", carried.wayBack()).effect());
        assertEquals(0, bannedFor("192.0.2.1"));
    }

    @Test
    void no_ban_is_longer_than_an_hour_and_none_of_whom_the_configuration_lets_in() {
        assertEquals(Duration.ofHours(1), new Remedy.Ban("192.0.2.1", Duration.ofDays(9)).time());
        for (String never : List.of("127.0.0.1", "10.1.2.3", "203.0.113.9", "::1", "shop.example", "0/0")) {
            assertFalse(
                    remedies.dryRun(new Remedy.Ban(never, Duration.ofMinutes(1)))
                            .passed(),
                    never);
        }
    }
}
