package phalanx.casefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.casefile.CaseWriter.ok;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Progress;

/** What was acknowledged outlives kill -9. {@code -Dphalanx.kills=200} for the whole of it. */
class KilledTest {
    private static final int KILLS = Integer.getInteger("phalanx.kills", 10);
    /** So many kills, then another case. */
    private static final int EACH = 5;

    /** A process of {@link CaseWriter}. @param said where its output goes */
    static Process writer(Path folder, String name, Path said) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CaseWriter.class.getName(),
                        folder.toString(),
                        name)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void nothing_that_was_acknowledged_is_lost_when_the_process_is_killed(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("phalanx.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> kept = new HashSet<>();
        int all = 0;
        int during = 0;
        Path home = folder;
        for (int kill = 0; kill < KILLS; kill++) {
            if (kill % EACH == 0) {
                System.out.println(kill + " of " + KILLS + " kills: " + all + " acknowledged, 0 lost");
                home = folder.resolve(kill + CaseStore.ENDING);
                kept.clear();
            }
            Path said = folder.resolve(kill + ".txt");
            Process writer = writer(home, "k" + kill, said);
            // One in five at any time from the start of the process on, the others when it is at work.
            boolean early = random.nextInt(5) == 0;
            while (!early && !Files.readString(said).startsWith("ready")) {
                assertTrue(writer.isAlive(), "seed " + seed);
                TimeUnit.MILLISECONDS.sleep(5);
            }
            TimeUnit.MILLISECONDS.sleep(random.nextInt(early ? 2000 : 1500));
            writer.destroyForcibly().waitFor();
            String told = Files.readString(said);
            List<String> lines =
                    told.substring(0, told.lastIndexOf('\n') + 1).lines().toList();
            lines.stream().filter(line -> line.startsWith("kept ")).forEach(line -> kept.add(line.substring(5)));
            all += (int) lines.stream().filter(line -> line.startsWith("kept")).count();
            if (!CaseStore.isCase(home)) {
                assertTrue(early && kept.isEmpty(), "seed " + seed);
                continue;
            }
            try (CaseStore store = new CaseStore("ada", null)) {
                Case opened = ok(store.open(home));
                Set<String> found = new HashSet<>();
                ok(opened.content()).notes().forEach(note -> found.add(note.text()));
                ok(opened.votes()).forEach(vote -> found.add(vote.what().reason()));
                ok(opened.decisions())
                        .forEach(decision -> found.add(decision.what().reason()));
                ok(opened.timeline()).forEach(entry -> found.add(entry.what().text()));
                Set<String> lost = new HashSet<>(kept);
                lost.removeAll(found);
                assertEquals(Set.of(), lost, "lost by kill " + kill + ", seed " + seed);
                assertEquals(List.of(), ok(opened.check(home)), "seed " + seed);
                int rows = ok(opened.derived()).conversations().size();
                if (rows > 0 && rows < CaseWriter.CONVERSATIONS) {
                    during++;
                }
                Derived undisturbed = CaseWriter.found("k" + kill);
                ok(opened.keepDerived(undisturbed, Progress.NONE));
                assertEquals(undisturbed, ok(opened.derived()), "seed " + seed);
            }
        }
        System.out.println(KILLS + " kills: " + all + " acknowledged, 0 lost; " + during + " amid the ingest");
        assertTrue(all > KILLS, "too few were acknowledged: " + all);
    }
}
