package phalanx.lab.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phalanx.config.HostPort;
import phalanx.run.Outcome;
import phalanx.run.Problem;

class ServiceSettingsTest {
    private static final ServiceSettings SETTINGS = new ServiceSettings(
            5,
            500,
            Map.of(
                    "bank",
                    new ServiceSettings.Dependency(
                            new HostPort("bank.lab.test", 20_001), 1200, ServiceSettings.Fallback.DEFER)),
            Set.of("credit-check"),
            Map.of("payment-1", 1, "payment-2", 3),
            2);

    @Test
    void what_is_written_is_read_as_it_was() {
        assertEquals(Outcome.ok(SETTINGS), ServiceSettings.read("payment.json", SETTINGS.json()));
        assertEquals(Outcome.ok(SETTINGS), ServiceSettings.read("payment.json", SETTINGS.line()));
        assertEquals(-1, SETTINGS.line().indexOf('\n'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "size" : 5             | "size" : 0               | wants a whole number from 1 to 100 in pool.size
            "size" : 5             | "size" : "5"             | wants a whole number from 1 to 100 in pool.size
            "waitMillis" : 500     | "waitMillis" : 20        | wants a whole number from 250 to 60000 in pool.waitMillis
            "limitMillis" : 1200   | "limitMillis" : -1       | in calls.bank.limitMillis
            "fallback" : "defer"   | "fallback" : "later"     | has in calls.bank.fallback neither none nor defer
            "host" : "bank.lab.test" | "host" : "a b"         | has no host in calls.bank.host
            "size" : 5             | "sise" : 5               | has pool.sise, which nobody reads
            "pool" :               | "pools" :                | has pools, which nobody reads
            "schemaGeneration" : 2 | "schemaGeneration" : 2,, | is no JSON
            """)
    void what_cannot_be_used_is_refused_with_its_place(String good, String bad, String told) {
        assertTrue(SETTINGS.json().contains(good), SETTINGS.json());
        Outcome<ServiceSettings> outcome =
                ServiceSettings.read("payment.json", SETTINGS.json().replace(good, bad));
        Problem problem = ((Outcome.Failed<ServiceSettings>) outcome).problem();
        assertTrue(problem.what().startsWith("payment.json ") && problem.what().contains(told), problem.what());
    }
}
