package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.capture.CaptureFolder;
import phalanx.show.Vitals;

/**
 * Use without pause leaves nothing behind: memory, threads, windows and files are as before. An hour's worth by hand, over the cases in
 * a folder: {@code -Dtest=EnduranceTest -Dphalanx.endurance=FOLDER}.
 */
class EnduranceTest {
    private static final String CASES = System.getProperty("phalanx.endurance", "");
    private static final int MOST_CASES = 20;

    @Test
    void after_a_session_over_many_cases_the_desk_holds_no_more_than_at_its_beginning(@TempDir Path folder)
            throws Exception {
        List<Path> cases = cases();
        List<Vitals> after = new ArrayList<>();
        long begin = System.nanoTime();
        long acts;
        try (LiveDesk live = new LiveDesk(folder, new FolderDialogs(folder))) {
            CaseSession session = new CaseSession(live, folder, !CASES.isEmpty());
            for (int i = 0; i < cases.size(); i++) {
                Path one = cases.get(i);
                session.run(i + "-" + one.getFileName(), CaptureFolder.expand(List.of(one)));
                after.add(Vitals.now());
                System.out.printf(
                        Locale.ROOT,
                        "%2d %-32s %5d acts, %4d s, %s%n",
                        i + 1,
                        one.getFileName(),
                        live.acts(),
                        (System.nanoTime() - begin) / 1_000_000_000,
                        after.getLast());
            }
            acts = live.acts();
            System.out.println("slowest: " + live.slowest());
        }
        Vitals warm = after.get(1);
        Vitals last = after.getLast();
        assertTrue(acts > 100L * cases.size(), acts + " acts are no use worth the name");
        assertTrue(last.heap() < 1.1 * warm.heap(), "memory: " + warm + ", at last " + last);
        assertTrue(last.threads() <= warm.threads() + 1, "threads: " + warm + ", at last " + last);
        assertEquals(warm.windows(), last.windows(), "windows");
        assertTrue(last.files() <= warm.files() + 2, "files: " + warm + ", at last " + last);
        assertTrue(last.mapped() <= warm.mapped(), "captures in memory: " + warm + ", at last " + last);
    }

    /** A few small ones for every build. */
    private static List<Path> cases() throws IOException {
        if (CASES.isEmpty()) {
            return Stream.of("firewall-drops-syn", "mtu-black-hole", "slow-reader")
                    .map(sample -> Path.of("sample-pcaps", sample))
                    .toList();
        }
        try (Stream<Path> folders = Files.list(Path.of(CASES))) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !CaptureFolder.expand(List.of(folder)).isEmpty())
                    .sorted()
                    .limit(MOST_CASES)
                    .toList();
        }
    }
}
