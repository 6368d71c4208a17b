package phalanx.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phalanx.act.git.Commit;
import phalanx.act.git.ConfigRepository;
import phalanx.agents.bus.BrokerProcess;
import phalanx.agents.bus.BusAddress;
import phalanx.agents.trail.CaseTrail;
import phalanx.agents.trail.Message;
import phalanx.casefile.Case;
import phalanx.casefile.CaseStore;
import phalanx.run.Outcome;

/**
 * Agents killed with SIGKILL between approval and action and elsewhere, and started again on the same case: the remedy, a commit that doubles
 * a number, is in force once, or was taken back once. {@code .ci/agents-killed} kills at many more moments.
 */
class KilledAgentsTest {
    private static final int HEALS = 8, HEALS_NEVER = 100;

    @TempDir
    Path folder;

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(outcome.toString());
    }

    private static void repository(Path where) throws Exception {
        Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(where.toFile())
                .call()
                .close();
        Path clone = where.resolveSibling("clone");
        try (Git git =
                Git.init().setInitialBranch("main").setDirectory(clone.toFile()).call()) {
            Files.createDirectory(clone.resolve("deploy"));
            Files.writeString(clone.resolve(KilledAgentsMain.FILE), "{\n  \"pool\" : {\n    \"size\" : 4\n  }\n}\n");
            git.add().addFilepattern(".").call();
            git.commit()
                    .setSign(false)
                    .setAuthor("eva", "eva@example.invalid")
                    .setCommitter("eva", "eva@example.invalid")
                    .setMessage("as it was")
                    .call();
            git.push().setRemote(where.toString()).add("main").call();
        }
    }

    private static Process agents(Path folder, KilledAgentsMain.Point point, int heals, String bus) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledAgentsMain.class.getName(),
                        folder.toString(),
                        point.name(),
                        String.valueOf(heals),
                        bus)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
                .start();
    }

    private static void ends(Process agents, Path folder) throws Exception {
        assertTrue(agents.waitFor(120, TimeUnit.SECONDS), "they go on for ever");
        assertEquals(0, agents.exitValue(), Files.readString(folder.resolve("out")));
    }

    /** What is in force, and what the trail says, in short. */
    private record Found(int number, int did, int undid, List<String> told) {
        static Found in(Path folder) {
            List<String> told = new ArrayList<>();
            try (Case kept = value(new CaseStore("test", null).open(folder.resolve("case")))) {
                for (Message step : value(new CaseTrail(kept).steps())) {
                    switch (step) {
                        case Message.Begun _ -> told.add("begun");
                        case Message.Acted acted -> told.add(acted.effect().name());
                        case Message.Verified verified -> told.add(verified.healed() ? "helped" : "did not help");
                        case Message.TakenBack back -> told.add(back.done() ? "taken back" : "not taken back");
                        case Message.Escalated _ -> told.add("a person");
                        case Message.Closed closed -> told.add(closed.ending().name());
                        default -> {
                            // as always
                        }
                    }
                }
            }
            try (ConfigRepository repository = value(ConfigRepository.open(folder.resolve("repository.git")))) {
                List<Commit> commits = value(repository.history(100));
                return new Found(
                        KilledAgentsMain.number(repository),
                        (int) commits.stream()
                                .filter(one -> one.proposal().matches(".*/[0-9]+"))
                                .count(),
                        (int) commits.stream()
                                .filter(one -> one.proposal().endsWith("-back"))
                                .count(),
                        told);
            }
        }
    }

    private Found killedAt(KilledAgentsMain.Point point, int heals) throws Exception {
        repository(folder.resolve("repository.git"));
        Process first = agents(folder, point, heals, "");
        assertTrue(first.waitFor(120, TimeUnit.SECONDS));
        assertEquals(128 + 9, first.exitValue(), Files.readString(folder.resolve("out")));
        KilledAgentsMain.main(
                new String[] {folder.toString(), KilledAgentsMain.Point.NEVER.name(), String.valueOf(heals), ""});
        return Found.in(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED, begun DONE helped HEALED",
        "BEGUN, begun FAILED begun DONE helped HEALED",
        "CARRIED_OUT, begun DONE helped HEALED"
    })
    void killed_around_the_action_it_is_carried_out_once(KilledAgentsMain.Point point, String told) throws Exception {
        assertEquals(new Found(8, 1, 0, List.of(told.split(" ", -1))), killedAt(point, HEALS));
    }

    @Test
    void killed_while_it_is_measured_what_does_not_help_is_taken_back_once() throws Exception {
        assertEquals(
                new Found(4, 1, 1, List.of("begun", "DONE", "did not help", "taken back", "a person")),
                killedAt(KilledAgentsMain.Point.VERIFYING, HEALS_NEVER));
    }

    /** At random moments, several times over, until the agents come to an end; by a bus in a broker, too. Not in each build. */
    @Test
    void killed_at_any_moment() throws Exception {
        int rounds = Integer.getInteger("phalanx.killed.rounds", 0);
        Random random = new Random(Long.getLong("phalanx.killed.seed", 1));
        try (BrokerProcess redis =
                rounds == 0 ? null : new BrokerProcess(BusAddress.Kind.REDIS, folder.resolve("redis"))) {
            for (int round = 0; round < rounds; round++) {
                Path here = Files.createDirectory(folder.resolve("round-" + round));
                repository(here.resolve("repository.git"));
                int heals = round % 2 == 0 ? HEALS : HEALS_NEVER;
                String bus = redis == null || round % 4 < 2
                        ? ""
                        : redis.address("round-" + round).toString();
                int kills = 0;
                for (int i = 0; i < 3; i++) {
                    Process agents = agents(here, KilledAgentsMain.Point.NEVER, heals, bus);
                    while (agents.isAlive()
                            && !Files.readString(here.resolve("out")).contains("ready\n".repeat(i + 1))) {
                        Thread.sleep(5);
                    }
                    if (!agents.waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS)) {
                        agents.destroyForcibly().waitFor();
                        kills++;
                    }
                }
                ends(agents(here, KilledAgentsMain.Point.NEVER, heals, bus), here);
                Found found = Found.in(here);
                System.out.printf(
                        "round %2d %-6s %-10s %d kills: %s%n",
                        round, bus.isEmpty() ? "" : "redis", heals == HEALS ? "heals" : "does not", kills, found);
                boolean person = found.told().contains("a person");
                if (heals == HEALS) {
                    assertTrue(found.number() == 8 && found.did() == 1 || person && found.did() <= 1, found.toString());
                } else {
                    assertEquals(found.did(), found.undid(), found.toString());
                    assertEquals(4, found.number(), found.toString());
                    assertTrue(person, found.toString());
                }
            }
        }
    }
}
