package phalanx.casefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static phalanx.casefile.CaseWriter.ok;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/**
 * A disk that is full: what was acknowledged can be read, the user is told, and all goes on when there is space again. And one that can only be
 * read.
 */
class FullDiskTest {
    private static final int POINTS = 20;
    /** What may be left when the disk fills up, in steps of this. */
    private static final long STEP = 3_000;

    @TempDir
    Path folder;

    /** A disk of 4 MB, for which one must be root; without it the test is skipped, or fails where PHALANX_CI is set. */
    @BeforeEach
    void mount() throws IOException, InterruptedException {
        if (run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString()) != 0) {
            String missing = "a disk cannot be mounted here: root is needed";
            boolean needed = System.getenv("PHALANX_CI") != null;
            System.err.println((needed ? "" : "SKIPPED: ") + missing);
            if (needed) {
                fail(missing);
            }
            Assumptions.abort(missing);
        }
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", folder.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException _) {
            return -1;
        }
    }

    @Test
    void a_trail_that_was_cut_off_is_told_of_where_the_disk_can_only_be_read() throws Exception {
        Path home = folder.resolve("a" + CaseStore.ENDING);
        try (CaseStore ada = new CaseStore("ada", null)) {
            ok(ada.write(home, CaseContract.CONTENT));
            ada.leave(null);
            assertEquals(0, run("mount", "-o", "remount,ro", folder.toString()));
            ok(ada.read(home));
            assertEquals(
                    CaseDatabase.READ_ONLY, ada.readOnly(home).orElseThrow().code());
            ada.leave(null);
            assertEquals(0, run("mount", "-o", "remount,rw", folder.toString()));
            Path journal = home.resolve(Journal.FILE);
            List<String> lines = Files.readAllLines(journal);
            Files.writeString(journal, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
            assertEquals(0, run("mount", "-o", "remount,ro", folder.toString()));
            ok(ada.read(home));
            assertEquals(
                    CaseCheck.broken(home, new AuditTrail.Break(lines.size() - 1L, AuditTrail.MISSING)),
                    ada.readOnly(home).orElseThrow());
        }
    }

    @Test
    void a_full_disk_is_told_of_and_nothing_that_was_acknowledged_is_lost() throws Exception {
        Path filler = folder.resolve("filler");
        List<String> kept = new ArrayList<>();
        Path home = folder.resolve("a" + CaseStore.ENDING);
        try (CaseStore store = new CaseStore("ada", null)) {
            ok(store.write(home, CaseWriter.BEGIN));
            for (int point = 0; point < POINTS; point++) {
                fill(filler, point * STEP);
                Case open = ok(store.open(home));
                Problem problem = null;
                for (int i = 0; problem == null; i++) {
                    String text = point + "-" + i + " " + "x".repeat(1000);
                    switch (open.record(new Change.NoteWritten(new CaseFile.Note("case", text, "2026")))) {
                        case Outcome.Ok<Boolean> _ -> kept.add(text);
                        case Outcome.Failed<Boolean>(var told) -> problem = told;
                    }
                }
                assertEquals(JsonDocument.NOT_WRITTEN, problem.code());
                assertTrue(
                        problem.what().contains(home.toString())
                                && problem.remedy().contains("Free space"),
                        problem.toString());
                assertKept(kept, ok(open.content()));
                if (point % 3 == 0) {
                    store.leave(null);
                    assertKept(kept, ok(store.read(home)));
                }
                if (point % 5 == 0) {
                    if (ok(store.open(home)).keepDerived(CaseWriter.found("p" + point), Progress.NONE)
                            instanceof Outcome.Failed<Boolean>(var told)) {
                        assertEquals(JsonDocument.NOT_WRITTEN, told.code());
                    }
                    assertKept(kept, ok(ok(store.open(home)).content()));
                }
                Files.delete(filler);
                String after = point + " after";
                ok(ok(store.open(home)).record(new Change.NoteWritten(new CaseFile.Note("case", after, "2026"))));
                kept.add(after);
            }
            assertKept(kept, ok(store.read(home)));
            ok(ok(store.open(home)).keepDerived(new Derived(List.of(), List.of()), Progress.NONE));
            store.leave(null);
            assertKept(kept, ok(store.read(home)));
            assertEquals(
                    List.of(CaptureHashes.CHANGED), // there is no capture
                    ok(store.check(home, Progress.NONE)).faults().stream()
                            .map(Problem::code)
                            .toList());
        }
        System.out.println(POINTS + " times full: " + kept.size() + " acknowledged, 0 lost");
    }

    private static String begin(String text) {
        return text.split(" x", 2)[0];
    }

    private static void assertKept(List<String> expected, CaseFile content) {
        assertEquals(
                expected.stream().map(FullDiskTest::begin).toList(),
                content.notes().stream().map(note -> begin(note.text())).toList());
    }

    /** Takes all space but some. */
    private void fill(Path filler, long left) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            long size = Files.getFileStore(folder).getUsableSpace() - left;
            out.write(new byte[(int) Math.max(0, size)]);
        } catch (IOException _) {
            assertTrue(Files.exists(filler), "full before its time");
        }
    }
}
