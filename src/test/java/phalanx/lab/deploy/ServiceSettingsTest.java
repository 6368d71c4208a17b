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
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            "size" : 5             | "size" : 0               | "size" is 0. It goes from 1 to 100.
            "size" : 5             | "size" : "5"             | "size" wants a number from 1 to 100, found a text.
            "size" : 5             | "size" : 5.5             | "size" is 5.5. Write a whole number.
            "waitMillis" : 500     | "waitMillis" : 20        | "waitMillis" is 20. It goes from 250 to 60000.
            "limitMillis" : 1200   | "limitMillis" : -1       | "limitMillis" is -1.
            "fallback" : "defer"   | "fallback" : "later"     | "later" is not known here. It takes: defer none.
            "host" : "bank.lab.test" | "host" : "a b"         | There is no host here.
            "size" : 5             | "sise" : 5               | "size" is missing.
            "size" : 5             | "sise" : 5               | There is no "sise" here. Did you mean "size"?
            "pool" :               | "pools" :                | There is no "pools" here.
            "pool" :               | "pools" :                | "pool" is missing. Write an object.
            "schemaGeneration" : 2 | "schemaGeneration" : 2,, | This is no JSON
            """)
    void what_cannot_be_used_is_refused_with_its_place(String good, String bad, String told) {
        assertTrue(SETTINGS.json().contains(good), SETTINGS.json());
        Outcome<ServiceSettings> outcome =
                ServiceSettings.read("payment.json", SETTINGS.json().replace(good, bad));
        Problem problem = ((Outcome.Failed<ServiceSettings>) outcome).problem();
        assertTrue(
                problem.what().matches("payment.json:\\d+:\\d+: .*")
                        && problem.what().contains(told),
                problem.what());
        assertEquals(ServiceSettings.REFUSED, problem.code());
    }
}
