package phalanx.proxy.guard.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Strikes, bans and their ends, on a clock that the test moves. */
class ReputationTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Moved clock = new Moved();
    private final GuardLog log = new GuardLog(clock);
    private final Reputation reputation = new Reputation(clock, log);

    private static final class Moved extends Clock {
        private long millis = 1_800_000_000_000L;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public long millis() {
            return millis;
        }
    }

    private static InetAddress at(String address) {
        return ClientNetwork.read(address).orElseThrow();
    }

    private void strike(String address, int times) {
        for (int i = 0; i < times; i++) {
            reputation.strike(at(address), "sqli", 3, 15, HOUR);
        }
    }

    @Test
    void a_ban_comes_above_the_threshold_and_ends_by_itself() {
        strike("192.0.2.1", 5);
        assertEquals(0, reputation.bannedFor(at("192.0.2.1")));
        strike("192.0.2.1", 1);
        assertEquals(HOUR.toMillis(), reputation.bannedFor(at("192.0.2.1")));
        assertEquals(0, reputation.bannedFor(at("192.0.2.2")));
        assertEquals(
                List.of(new Reputation.Ban(at("192.0.2.1"), clock.millis() + HOUR.toMillis(), Map.of("sqli", 6))),
                reputation.bans());
        clock.millis += HOUR.toMillis();
        assertEquals(0, reputation.bannedFor(at("192.0.2.1")));
        assertEquals(List.of(), reputation.bans());
    }

    @Test
    void points_halve_in_ten_minutes() {
        strike("192.0.2.1", 5);
        clock.millis += Duration.ofMinutes(20).toMillis();
        strike("192.0.2.1", 3); // 15 / 4 + 9
        assertEquals(0, reputation.bannedFor(at("192.0.2.1")));
        strike("192.0.2.1", 1);
        assertTrue(reputation.bannedFor(at("192.0.2.1")) > 0);
    }

    @Test
    void a_network_of_ipv6_stands_together() {
        strike("2001:db8:1:2::7", 3);
        strike("2001:db8:1:2:ffff::8", 3);
        assertTrue(reputation.bannedFor(at("2001:db8:1:2::9")) > 0);
        assertEquals(0, reputation.bannedFor(at("2001:db8:1:3::9")));
        assertEquals("2001:db8:1:2::/64", reputation.bans().getFirst().text());
    }

    @Test
    void a_ban_can_be_lifted() {
        strike("192.0.2.1", 6);
        assertTrue(reputation.lift(at("192.0.2.1")));
        assertEquals(0, reputation.bannedFor(at("192.0.2.1")));
        assertFalse(reputation.lift(at("192.0.2.1")));
        strike("192.0.2.1", 1); // what led to it is forgotten
        assertEquals(0, reputation.bannedFor(at("192.0.2.1")));
    }

    @Test
    void bans_outlast_a_restart_and_damage_is_passed_over() {
        strike("192.0.2.1", 6);
        strike("2001:db8::1", 6);
        String text = BanText.of(reputation.bans()) + "nonsense\n192.0.2.7 x\n192.0.2.8 17\n";
        Reputation after = new Reputation(clock, new GuardLog(clock));
        after.take(BanText.read(text.lines().toList()).bans().values(), Set.of());
        assertEquals(reputation.bans().size(), after.bans().size());
        assertTrue(after.bannedFor(at("192.0.2.1")) > 0);
        assertEquals(Map.of("sqli", 6), after.bans().getFirst().reasons());
        assertEquals(0, after.bannedFor(at("192.0.2.8")));
    }

    @Test
    void lines_of_a_file_that_say_no_ban_are_named() {
        strike("192.0.2.1", 6);
        String text = "# by hand\n\n192.0.2.7 soon\n" + BanText.of(reputation.bans()) + "192.0.2.256 17\n";
        BanText.Read read = BanText.read(text.lines().toList());
        assertEquals(List.of(3, 5), read.strange());
        assertEquals(Set.of(at("192.0.2.1")), read.bans().keySet());
    }

    @Test
    void of_many_bans_the_longest_are_listed() {
        for (int i = 1; i < 100; i++) {
            reputation.ban(at("192.0.2." + i), "by-hand", HOUR.plusMinutes(i * 37 % 100));
        }
        assertEquals(reputation.bans().subList(0, 7), reputation.longest(7));
        assertEquals(99, reputation.longest(1000).size());
    }

    @Test
    void what_was_taken_out_of_a_file_is_lifted_and_its_strikes_forgotten() {
        strike("192.0.2.1", 6);
        strike("192.0.2.2", 6);
        reputation.take(List.of(), Set.of(at("192.0.2.1")));
        assertEquals(0, reputation.bannedFor(at("192.0.2.1")));
        strike("192.0.2.1", 1);
        assertEquals(0, reputation.bannedFor(at("192.0.2.1")));
        assertTrue(reputation.bannedFor(at("192.0.2.2")) > 0);
    }

    @Test
    void a_ban_its_lifting_and_its_end_are_events() {
        strike("192.0.2.1", 7);
        reputation.lift(at("192.0.2.1"));
        reputation.ban(at("2001:db8::1"), "by-hand", HOUR);
        clock.millis += HOUR.toMillis();
        assertEquals(List.of(), reputation.bans());
        assertEquals(
                List.of(
                        "banned 192.0.2.1 for 3600 s: sqli",
                        "lifted 192.0.2.1 sqli",
                        "banned 2001:db8::/64 for 3600 s: by-hand",
                        "ended 2001:db8::/64 by-hand"),
                log.after(0, 10).stream()
                        .map(event -> event.kind().word() + " " + event.client() + " " + event.says())
                        .toList());
        assertEquals(1, log.after(3, 10).size());
    }

    @Test
    void a_longer_ban_stays_and_only_the_one_named_is_lifted() {
        InetAddress client = at("192.0.2.44");
        Reputation.Ban hand = reputation.ban(client, "by-hand", Duration.ofDays(1));
        assertEquals(hand, reputation.ban(client, "agents", Duration.ofMinutes(10)), "never shortened");
        Reputation.Ban longer = reputation.ban(client, "by-hand", Duration.ofDays(2));
        assertFalse(reputation.lift(hand), "it is another one that holds");
        assertTrue(reputation.lift(longer));
    }

    @Test
    void however_many_are_banned_the_newest_is() {
        for (int i = 0; i < 100_050; i++) {
            reputation.ban(
                    at((i >> 16) + 1 + "." + (i >> 8 & 255) + "." + (i & 255) + ".1"), "by-hand", Duration.ofHours(1));
        }
        reputation.ban(at("192.0.2.44"), "by-hand", Duration.ofHours(2));
        assertTrue(reputation.bannedFor(at("192.0.2.44")) > 0);
        assertTrue(reputation.count() <= 100_001, reputation.count() + " bans");
    }
}
