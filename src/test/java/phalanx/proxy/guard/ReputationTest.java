package phalanx.proxy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strikes, bans and their ends, on a clock that the test moves. */
class ReputationTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Moved clock = new Moved();
    private final Reputation reputation = new Reputation(clock);

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
        return Reputation.address(address).orElseThrow();
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
    void bans_outlast_a_restart_and_damage_is_passed_over(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bans");
        strike("192.0.2.1", 6);
        strike("2001:db8::1", 6);
        reputation.save(file);
        Files.writeString(file, Files.readString(file) + "nonsense\n192.0.2.7 x\n192.0.2.8 17\n");
        Reputation after = new Reputation(clock);
        after.load(file);
        assertEquals(reputation.bans().size(), after.bans().size());
        assertTrue(after.bannedFor(at("192.0.2.1")) > 0);
        assertEquals(Map.of("sqli", 6), after.bans().getFirst().reasons());
        assertEquals(0, after.bannedFor(at("192.0.2.8")));
    }
}
