package phalanx.act.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phalanx.config.JsonSection;

/** What may be declared as a hook, and what values may reach it. */
class HookBookTest {
    private static final Set<String> CAUSES = Set.of("dead-backend", "memory-leak");
    private static final String GOOD = """
            {"schema": "phalanx.hooks/1", "hooks": {
              "restart": {"for": ["dead-backend"], "seconds": 5,
                "command": ["/usr/bin/ansible-playbook", "restart.yml", "--limit={instance}"],
                "dry_run": ["/usr/bin/ansible-playbook", "restart.yml", "--check"],
                "way_back": ["/usr/bin/ansible-playbook", "back.yml"]},
              "page": {"for": ["memory-leak"],
                "url": "https://hooks.example.com/run", "dry_run": "https://hooks.example.com/try", "way_back": "https://hooks.example.com/back"}}}
            """;

    private static JsonSection.Read<HookBook> read(String text) {
        return HookBook.parse("hooks.json", text, CAUSES);
    }

    @Test
    void commands_and_addresses_are_declared_with_what_they_are_for() {
        HookBook book = read(GOOD).value().orElseThrow();
        assertEquals(List.of("restart"), book.of("dead-backend"));
        assertEquals(List.of("page"), book.of("memory-leak"));
        assertEquals(List.of(), book.of("slow-query"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "/usr/bin/ansible-playbook", "restart.yml", "--limit | "ansible-playbook", "restart.yml", "--limit | hooks.json:3:17: The program is not named
            "/usr/bin/ansible-playbook", "restart.yml", "--limit | "/bin/sh", "-c", "--limit | hooks.json:3:17: "sh" would run
            "/usr/bin/ansible-playbook", "restart.yml", "--limit | "/usr/bin/env", "sh", "--limit | hooks.json:3:17: "env" would run
            "/usr/bin/ansible-playbook", "restart.yml", "--limit | "/{server}/x", "restart.yml", "--limit | hooks.json:3:17: The program is not named
            {instance} | {packet} | hooks.json:3:61: There is no placeholder {packet}
            "way_back": ["/usr/bin/ansible-playbook", "back.yml"] | "way_back": [] | hooks.json:5:5: "way_back" is missing
            "for": ["dead-backend"] | "for": ["dead-backends"] | "dead-backends" is not known here. Did you mean dead-backend?
            "seconds": 5 | "seconds": 0 | "seconds" is 0
            "seconds": 5 | "shell": true | There is no "shell" here
            https://hooks.example.com/run | http://hooks.example.com/run | hooks.json:7:5: "url" is no address
            https://hooks.example.com/run | https://eva@hooks.example.com/run | hooks.json:7:5: "url" is no address
            https://hooks.example.com/run | file:///etc/passwd | hooks.json:7:5: "url" is no address
            https://hooks.example.com/run | https://hooks.example.com/r\\r\\nHost: x | hooks.json:7:5: "url" is no address
            """)
    void what_is_dangerous_or_half_is_refused_where_it_stands(String good, String bad, String told) {
        assertTrue(GOOD.contains(good), good);
        JsonSection.Read<HookBook> read = read(GOOD.replace(good, bad));
        assertTrue(read.value().isEmpty());
        assertTrue(
                read.faults().stream().anyMatch(f -> f.toString().contains(told)),
                read.faults().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-rf",
                "--extra-vars=x",
                "a b",
                "a;reboot",
                "$(reboot)",
                "`reboot`",
                "a|b",
                "a&b",
                "../../etc",
                "a/b",
                "a\nb",
                "a\0b",
                "{server}",
                "ä",
                "%0a",
                "'",
                "\"",
                "a>b",
                "*",
                "~root"
            })
    void values_that_could_mean_something_reach_no_command(String value) {
        assertEquals(Optional.empty(), HookBook.filled(List.of("/bin/true", "{instance}"), Map.of("instance", value)));
    }

    @Test
    void a_value_stays_within_its_argument() {
        assertEquals(
                Optional.of(List.of("/bin/true", "--limit=policy-1", "127.0.0.1:8080")),
                HookBook.filled(
                        List.of("/bin/true", "--limit={instance}", "{server}"),
                        Map.of("instance", "policy-1", "server", "127.0.0.1:8080")));
    }
}
