package phalanx.casefile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.casefile.CaseWriter.ok;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/** Cases in files. */
class FileCaseTest extends CaseContract {
    private static final int FLIPS = Integer.getInteger("phalanx.flips", 40);

    @Override
    CaseStore store(String user) {
        return new CaseStore(user, null);
    }

    private Path journal() {
        return home().resolve(Journal.FILE);
    }

    private Path database() {
        return home().resolve("case.mv.db");
    }

    private void made() {
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
            ok(ok(ada.open(home())).keepDerived(CaseWriter.found("x"), Progress.NONE));
        }
    }

    private void journal(UnaryOperator<List<String>> change) throws IOException {
        List<String> lines = change.apply(new ArrayList<>(Files.readAllLines(journal())));
        Files.writeString(journal(), String.join("\n", lines) + "\n");
    }

    /** The case can be read, not written; a rebuild has all of it again. */
    private void assertBrokenAt(int number, String why) {
        try (CaseStore ada = store("ada")) {
            assertEquals(
                    CaseCheck.BROKEN + " : entry " + number + " of the audit trail " + why
                            + "; the case can only be read.",
                    records(ada).getFirst());
            ok(ada.read(home()));
            assertEquals(CaseCheck.BROKEN, ada.readOnly(home()).orElseThrow().code());
            ok(ada.rebuild(home()));
            assertEquals(CONTENT, ok(ada.read(home())));
            assertTrue(ada.readOnly(home()).isEmpty());
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
    }

    @Test
    void a_changed_entry_is_named_and_restored_from_the_copy() throws IOException {
        made();
        journal(lines -> {
            lines.set(2, lines.get(2).replace("here it ends", "here it began"));
            return lines;
        });
        assertBrokenAt(2, "is not as it was written");
    }

    @Test
    void a_removed_entry_is_named() throws IOException {
        made();
        journal(lines -> {
            lines.remove(3);
            return lines;
        });
        assertBrokenAt(3, "is missing");
    }

    @Test
    void an_inserted_entry_is_named() throws IOException {
        made();
        journal(lines -> {
            lines.add(3, lines.get(2));
            return lines;
        });
        assertBrokenAt(3, "was inserted");
    }

    @Test
    void a_last_entry_that_was_taken_away_is_missed() throws IOException {
        made();
        int last = Files.readAllLines(journal()).size() - 1;
        journal(lines -> lines.subList(0, last));
        assertBrokenAt(last, "is missing");
    }

    @Test
    void who_can_only_read_a_case_is_told_that_its_trail_is_broken() throws IOException {
        made();
        try (CaseStore ada = store("ada");
                CaseStore eve = store("eve")) {
            ok(ada.read(home()));
            journal(lines -> {
                lines.set(2, lines.get(2).replace("here it ends", "here it began"));
                return lines;
            });
            ok(eve.read(home()));
            Problem broken = CaseCheck.broken(home(), new AuditTrail.Break(2, AuditTrail.ALTERED));
            assertEquals(broken, eve.readOnly(home()).orElseThrow());
            assertEquals(List.of(broken), eve.notices(home()));
        }
    }

    @Test
    void an_entry_that_was_never_written_whole_is_none() throws IOException {
        made();
        Files.writeString(journal(), Files.readString(journal()) + "[99,\"2026", UTF_8);
        try (CaseStore ada = store("ada")) {
            assertEquals(CONTENT, ok(ada.read(home())));
            ok(ok(ada.open(home())).record(bookmarked("case", "x")));
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
    }

    @Test
    void what_was_changed_in_the_tables_by_hand_does_not_count() throws Exception {
        made();
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + home().resolve("case"), "SA", "");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE note SET text = 'it was me'");
            statement.execute("UPDATE conversation SET bytes_out = 0 WHERE position = 7");
        }
        try (CaseStore ada = store("ada")) {
            assertEquals(
                    List.of(
                            CaseCheck.ALTERED + " : table note is not as Phalanx wrote it.",
                            CaseCheck.ALTERED + " : table conversation is not as Phalanx wrote it."),
                    records(ada));
            assertEquals(CONTENT, ok(ada.read(home())));
        }
    }

    @Test
    void nothing_runs_that_stands_in_a_case_from_somebody_else() throws Exception {
        made();
        Path proof = folder.resolve("proof.csv");
        try (var connection = DriverManager.getConnection("jdbc:h2:file:" + home().resolve("case"), "SA", "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER TABLE note ADD CONSTRAINT c CHECK (CSVWRITE('" + proof + "', 'SELECT 1') > 0) NOCHECK");
        }
        try (CaseStore ada = store("ada")) {
            assertEquals(CONTENT, ok(ada.read(home())));
            ok(ada.write(home(), new CaseFile(1, CONTENT.captures(), List.of(), List.of(), Map.of(), null)));
            assertTrue(ada.readOnly(home()).isEmpty());
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
        assertFalse(Files.exists(proof));
        assertTrue(Files.exists(home().resolve("case-damaged.mv.db")));
    }

    @Test
    void a_case_without_its_journal_is_made_whole_from_the_copy() throws IOException {
        made();
        Files.delete(journal());
        try (CaseStore ada = store("ada")) {
            Problem problem =
                    assertInstanceOf(Outcome.Failed.class, ada.read(home())).problem();
            assertTrue(problem.what().contains("lost its journal"), problem.what());
            ok(ada.rebuild(home()));
            assertEquals(CONTENT, ok(ada.read(home())));
        }
    }

    @Test
    void of_entries_that_are_damaged_in_both_copies_the_others_are_saved_and_the_trail_says_so() throws IOException {
        made();
        Files.delete(database());
        journal(lines -> {
            lines.set(2, lines.get(2).replace("here it ends", "here it began"));
            return lines;
        });
        try (CaseStore ada = store("ada")) {
            String told = ok(ada.rebuild(home()));
            assertTrue(told.contains("broken behind entry 1"), told);
            assertTrue(ok(ok(ada.open(home())).trail()).stream()
                    .anyMatch(entry -> entry.what() instanceof Change.Restored(var how) && how.equals(told)));
            assertEquals(1, ok(ada.read(home())).notes().size());
            assertTrue(Files.exists(home().resolve("case-damaged.journal")));
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
    }

    @Test
    void a_case_of_a_newer_program_is_refused_and_left_alone() throws IOException {
        made();
        journal(lines -> {
            lines.set(0, "{\"phalanx.case\":7}");
            return lines;
        });
        byte[] before = Files.readAllBytes(journal());
        try (CaseStore ada = store("ada")) {
            for (Outcome<?> outcome : List.of(
                    ada.read(home()),
                    ada.check(home(), Progress.NONE),
                    ada.rebuild(home()),
                    ada.write(home(), CONTENT))) {
                assertEquals(
                        CaseStore.NEWER,
                        assertInstanceOf(Outcome.Failed.class, outcome)
                                .problem()
                                .code());
            }
        }
        assertEquals(new String(before, UTF_8), Files.readString(journal()));
    }

    @Test
    void a_case_of_the_older_form_opens_and_is_taken_over_when_it_is_saved() throws IOException {
        ok(JsonDocument.write(home().resolve("case.json"), CONTENT));
        try (CaseStore ada = store("ada")) {
            assertTrue(CaseStore.isCase(home()));
            assertEquals(CONTENT, ok(ada.read(home())));
            assertFalse(Files.exists(journal()), "nothing changes by looking");
            ok(ada.check(home(), Progress.NONE));
            CaseFile other = new CaseFile(
                    1, CONTENT.captures(), List.of(NOTE), CONTENT.savedFilters(), CONTENT.dismissed(), CONTENT.desk());
            ok(ada.write(home(), other));
            assertEquals(other, ok(ada.read(home())));
            assertEquals(
                    CONTENT.notes().size(),
                    ok(ok(ada.open(home())).trail()).stream()
                            .filter(entry -> entry.what() instanceof Change.NoteWritten)
                            .count(),
                    "what was there before is in the trail");
            assertTrue(Files.exists(home().resolve("case-before.json")));
            assertFalse(Files.exists(home().resolve("case.json")));
        }
    }

    @Test
    void a_folder_that_H2_cannot_name_holds_a_case_that_can_be_read() {
        Path odd = folder.resolve("a;INIT=SELECT 1").resolve("b" + CaseStore.ENDING);
        try (CaseStore ada = store("ada")) {
            assertInstanceOf(Outcome.Failed.class, ada.write(odd, CONTENT));
            assertEquals(CONTENT, ok(ada.read(odd)));
            assertTrue(ada.readOnly(odd).orElseThrow().what().contains("semicolon"));
        }
    }

    @Test
    void tables_of_an_older_form_are_made_anew_without_a_word() throws IOException {
        try (CaseStore ada = store("ada")) {
            ok(ada.write(home(), CONTENT));
        }
        Files.delete(database());
        String file = database().toString().replace(".mv.db", "");
        Flyway.configure()
                .dataSource("jdbc:h2:file:" + file, "SA", "")
                .target("1")
                .load()
                .migrate();
        try (CaseStore ada = store("ada")) {
            assertEquals(List.of(), records(ada));
            assertEquals(CONTENT, ok(ada.read(home())));
            ok(ok(ada.open(home())).record(new Change.NoteRemoved(NOTE)));
            assertTrue(ok(ok(ada.open(home())).trail()).stream()
                    .noneMatch(entry -> entry.what() instanceof Change.Restored));
            assertFalse(Files.exists(home().resolve("case-damaged.mv.db")));
        }
    }

    @Test
    void flipped_bytes_are_found_or_harmless_and_a_rebuild_has_everything_again() throws IOException {
        made();
        long seed = Long.getLong("phalanx.seed", System.nanoTime());
        Random random = new Random(seed);
        int found = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            Path file = flip % 2 == 0 ? journal() : database();
            byte[] sound = Files.readAllBytes(file);
            byte[] other = sound.clone();
            int at = random.nextInt(other.length);
            other[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, other);
            String what = file.getFileName() + " at byte " + at + ", seed " + seed;
            byte[] database = Files.readAllBytes(database());
            try (CaseStore ada = store("ada")) {
                Outcome<CaseHealth> health = ada.check(home(), Progress.NONE);
                boolean told = !(health instanceof Outcome.Ok<CaseHealth>(var ok)
                        && ok.faults().stream().allMatch(fault -> fault.code().equals(CaptureHashes.CHANGED)));
                ada.leave(null);
                Files.write(file, other);
                if (file.equals(journal())) {
                    Files.write(database(), database);
                }
                Outcome<CaseFile> read = ada.read(home());
                if (read instanceof Outcome.Ok<CaseFile>(var content) && !content.equals(CONTENT)) {
                    assertTrue(told && ada.readOnly(home()).isPresent(), "other content, and nothing said: " + what);
                }
                found += told ? 1 : 0;
                if (read instanceof Outcome.Failed<CaseFile>(var problem)) {
                    assertTrue(problem.code().matches("PHX-600\\d"), problem + ": " + what);
                    assertTrue(told, what);
                }
                if (!(read instanceof Outcome.Failed<CaseFile>(var problem)
                        && problem.code().equals(CaseStore.NEWER))) {
                    ok(ada.rebuild(home()));
                    assertEquals(CONTENT, ok(ada.read(home())), what);
                }
            }
            Files.deleteIfExists(home().resolve("case-damaged.mv.db"));
            Files.deleteIfExists(home().resolve("case-damaged.journal"));
            Files.delete(journal());
            Files.deleteIfExists(database());
            made();
        }
        System.out.println(FLIPS + " flipped bytes: " + found + " found, the others harmless");
        assertTrue(found > FLIPS / 3, found + " found");
    }

    @Test
    void another_process_has_the_case_and_this_one_reads_what_it_acknowledged() throws Exception {
        Path said = folder.resolve("said.txt");
        Process writer = KilledTest.writer(home(), "w", said);
        try (CaseStore ada = store("ada")) {
            for (int i = 0; i < 20; i++) {
                while (!Files.readString(said).contains("kept w-" + (i + 1) * 4)) {
                    assertTrue(writer.isAlive());
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                Case open = ok(ada.open(home()));
                assertTrue(open.readOnly().orElseThrow().what().contains("another Phalanx"));
                assertTrue(ok(open.trail()).size() > (i + 1) * 4);
                ada.leave(null);
                if (i == 10) {
                    pause(writer);
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        try (CaseStore ada = store("ada")) {
            assertTrue(ok(ada.open(home())).readOnly().isEmpty());
            ada.leave(null);
            assertEquals(List.of(), records(ada));
        }
    }

    /** As a laptop that sleeps: nothing else may take the case meanwhile. */
    private void pause(Process writer) throws Exception {
        new ProcessBuilder("kill", "-STOP", String.valueOf(writer.pid()))
                .start()
                .waitFor();
        TimeUnit.SECONDS.sleep(Integer.getInteger("phalanx.sleep", 3));
        try (CaseStore eve = store("eve")) {
            assertTrue(ok(eve.open(home())).readOnly().isPresent());
        }
        new ProcessBuilder("kill", "-CONT", String.valueOf(writer.pid()))
                .start()
                .waitFor();
    }
}
