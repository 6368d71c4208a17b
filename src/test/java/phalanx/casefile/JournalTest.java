package phalanx.casefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static phalanx.casefile.CaseContract.CONTENT;
import static phalanx.casefile.CaseWriter.ok;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/** What a journal may hold, and what becomes of one that a power cut or a stranger left. */
class JournalTest {
    private static final Change LAST = new Change.NoteWritten(new CaseFile.Note("case", "last", "2026"));

    @TempDir
    Path folder;

    private Path home;
    private CaseStore store;

    @BeforeEach
    void begin() {
        home = folder.resolve("a" + CaseStore.ENDING);
        store = new CaseStore("ada", null);
    }

    @AfterEach
    void end() {
        store.close();
    }

    private Path journal() {
        return home.resolve(Journal.FILE);
    }

    private static Problem failed(Outcome<?> outcome) {
        return assertInstanceOf(Outcome.Failed.class, outcome).problem();
    }

    private static AuditTrail.Entry entry(AuditTrail.Entry before, String who, String content) {
        long number = before.number() + 1;
        String hash = AuditTrail.hash(before.hash(), number, "2026", who, content);
        return new AuditTrail.Entry(number, "2026", who, content, hash);
    }

    private static String note(String text) {
        return "{\"change\":\"note\",\"note\":{\"about\":\"case\",\"text\":\"" + text + "\",\"written\":\"2026\"}}";
    }

    /** As somebody may have made it who knows the form. */
    private void made(String... contents) throws IOException {
        List<AuditTrail.Entry> entries = new ArrayList<>();
        AuditTrail.Entry end = AuditTrail.BEGIN;
        for (Change change : Tables.between(CaseFile.EMPTY, CONTENT)) {
            end = AuditTrail.after(end, "2026", "eve", change);
            entries.add(end);
        }
        for (String content : contents) {
            end = entry(end, content.startsWith("who") ? content : "eve", content.replaceFirst("^who *", ""));
            entries.add(end);
        }
        end = AuditTrail.after(end, "2026", "eve", LAST);
        entries.add(end);
        Files.createDirectories(home);
        Journal.make(home, entries);
    }

    private List<String> texts() {
        return ok(store.read(home)).notes().stream().map(CaseFile.Note::text).toList();
    }

    @Test
    void entries_of_which_nothing_can_be_made_are_left_out_told_of_and_named_by_the_doctor() throws IOException {
        String long0 = "x".repeat(20_000);
        made(
                note("x".repeat(1_000_001)),
                "{\"change\":\"note\",\"note\":null}",
                "{\"change\":\"vote\",\"proposal\":\"p\",\"voter\":\"v\",\"trust\":0.5,\"reason\":\"r\"}",
                "{\"change\":\"vote\",\"trust\":7}",
                "{\"change\":\"captures\",\"captures\":[{\"file\":\"" + long0 + "\"}]}",
                "{\"change\":\"capture-hash\",\"bytes\":1}",
                "{\"change\":\"bookmark\",\"about\":\"case\",\"title\":null}",
                "{\"change\":\"weather\"}",
                "{\"change\":\"desk\",\"desk\":" + "{\"layout\":".repeat(5_000) + "}".repeat(5_000) + "}",
                "who" + " ".repeat(20_000) + note("by whom?"),
                "[]",
                "");
        int before = Tables.between(CaseFile.EMPTY, CONTENT).size();
        for (int time = 0; time < 2; time++) {
            List<String> texts = texts();
            assertEquals(CONTENT.notes().size() + 1 + time, texts.size(), texts::toString);
            assertEquals(CONTENT.captures(), ok(store.read(home)).captures());
            assertEquals(List.of(), store.readOnly(home).stream().toList());
            Problem told = store.notices(home).getFirst();
            assertEquals(CaseCheck.UNUSABLE, told.code());
            assertTrue(told.what().contains(" 12 entries"), told.what());
            assertTrue(told.what().contains("(" + (before + 1) + ", " + (before + 2) + ", "), told.what());
            assertEquals(
                    List.of(told),
                    ok(store.check(home, Progress.NONE)).faults().stream()
                            .filter(fault -> !fault.code().equals(CaptureHashes.CHANGED))
                            .toList());
            ok(ok(store.open(home)).record(LAST));
            store.leave(null);
        }
    }

    @Test
    void a_text_that_is_too_long_is_refused_before_it_is_in_a_journal_and_nothing_is_damaged() {
        CaseFile.Note much = new CaseFile.Note("case", "x".repeat(1_000_001), "2026");
        CaseFile tooLong = new CaseFile(CaseFile.VERSION, CONTENT.captures(), List.of(much), List.of(), Map.of(), null);
        assertEquals(CaseCheck.UNUSABLE, failed(store.write(home, tooLong)).code());
        assertTrue(!CaseStore.isCase(home));
        ok(store.write(home, CONTENT));
        assertEquals(CaseCheck.UNUSABLE, failed(store.write(home, tooLong)).code());
        assertEquals(
                CaseCheck.UNUSABLE,
                failed(ok(store.open(home)).record(new Change.NoteWritten(much)))
                        .code());
        ok(ok(store.open(home)).record(LAST));
        assertEquals(CONTENT.notes().size() + 1, texts().size());
        assertTrue(
                ok(ok(store.open(home)).trail()).stream().noneMatch(entry -> entry.what() instanceof Change.Restored));
        assertTrue(Files.notExists(home.resolve("case-damaged.mv.db")));
    }

    @Test
    void a_batch_is_there_whole_or_not_at_all_wherever_the_power_was_cut() throws IOException {
        ok(store.write(home, CONTENT));
        long begin = Files.size(journal());
        ok(ok(store.open(home)).record(LAST, LAST, LAST));
        store.close();
        byte[] whole = Files.readAllBytes(journal());
        assertEquals(CONTENT.notes().size() + 3, texts().size());
        store.close();
        for (long length = begin; length < whole.length; length += 1 + (whole.length - begin) / 10) {
            Files.delete(home.resolve(TableFile.FILE)); // it would remember more
            Files.write(journal(), Arrays.copyOf(whole, (int) length));
            assertCut(begin);
            byte[] zeros = whole.clone(); // space was found for it, but it was not written
            Arrays.fill(zeros, (int) length, whole.length - 1, (byte) 0);
            Files.delete(home.resolve(TableFile.FILE));
            Files.write(journal(), zeros);
            assertCut(begin);
        }
    }

    private void assertCut(long begin) throws IOException {
        assertEquals(CONTENT.notes().size(), texts().size());
        assertEquals(List.of(), store.notices(home));
        ok(ok(store.open(home)).record(LAST));
        assertEquals(CONTENT.notes().size() + 1, texts().size());
        store.close();
        byte[] now = Files.readAllBytes(journal());
        assertTrue(now.length > begin && now[now.length - 1] == '\n');
        assertEquals(CONTENT.notes().size() + 1, texts().size());
        store.close();
    }

    @Test
    void a_journal_that_was_cut_off_behind_what_the_tables_of_a_killed_process_saw_is_told_of() throws Exception {
        Path said = folder.resolve("said.txt");
        Process writer = KilledTest.writer(home, "w", said);
        while (!Files.readString(said).contains("ingested")) { // long enough for H2 to write its file
            assertTrue(writer.isAlive());
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.SECONDS.sleep(2);
        writer.destroyForcibly().waitFor();
        byte[] sound = Files.readAllBytes(journal());
        List<String> lines = Files.readAllLines(journal());
        Files.writeString(journal(), String.join("\n", lines.subList(0, 5)) + "\n");
        Problem told = store.check(home, Progress.NONE) instanceof Outcome.Ok<CaseHealth>(var health)
                ? health.faults().getFirst()
                : null;
        assertEquals(CaseCheck.broken(home, new AuditTrail.Break(5, AuditTrail.MISSING)), told);
        ok(store.read(home));
        assertEquals(told, store.readOnly(home).orElseThrow());
        store.close();
        ok(store.rebuild(home));
        assertTrue(ok(ok(store.open(home)).trail()).size() > 100, "saved from the tables");
        store.close();
        Files.write(journal(), sound);
        assertEquals(List.of(), ok(ok(store.open(home)).check(home)));
    }

    @Test
    void a_journal_that_was_made_anew_is_told_of_by_the_tables() throws IOException {
        ok(store.write(home, CONTENT));
        store.close();
        int entries = Files.readAllLines(journal()).size() - 1;
        CaseFile other = new CaseFile(
                CaseFile.VERSION,
                CONTENT.captures(),
                CONTENT.notes().subList(0, 1),
                List.of("mine"),
                CONTENT.dismissed(),
                CONTENT.desk());
        Files.delete(journal());
        CaseStore eve = new CaseStore("eve", null);
        ok(eve.write(folder.resolve("b"), other));
        eve.close();
        List<String> lines = Files.readAllLines(folder.resolve("b").resolve(Journal.FILE));
        assertTrue(lines.size() <= entries + 1);
        Files.copy(folder.resolve("b").resolve(Journal.FILE), journal());
        assertEquals(other.notes(), ok(store.read(home)).notes());
        assertEquals(CaseCheck.BROKEN, store.readOnly(home).orElseThrow().code());
    }

    @Test
    void nobody_gets_a_case_that_is_being_rebuilt_until_its_journal_is_in_place() throws IOException {
        ok(store.write(home, CONTENT));
        store.close();
        Files.writeString(journal(), Files.readString(journal()).replace("here it ends", "here it began"));
        FileDatabase doctor = new FileDatabase(home);
        ok(doctor.rebuild());
        ok(store.read(home));
        assertEquals(FileDatabase.taken(home), store.readOnly(home).orElseThrow());
        store.close();
        doctor.close();
        ok(store.read(home));
        assertTrue(store.readOnly(home).isEmpty());
    }

    @Test
    void a_journal_or_a_document_that_is_larger_than_any_is_refused() throws IOException {
        ok(store.write(home, CONTENT));
        store.close();
        try (RandomAccessFile file = new RandomAccessFile(journal().toFile(), "rw")) {
            file.setLength(JournalText.LARGEST + 1);
        }
        Problem told = failed(store.read(home));
        assertEquals(JsonDocument.UNREADABLE, told.code());
        assertTrue(told.what().contains("more than 256 MB"), told.what());
        Path old = Files.createDirectories(folder.resolve("b"));
        Files.writeString(old.resolve("case.json"), "{\"version\":1,\"captures\":[" + "{},".repeat(2_000_000) + "{}]}");
        assertEquals(JsonDocument.INVALID, failed(store.read(old)).code());
    }

    @Test
    void an_interrupt_does_not_stop_what_is_being_added() throws IOException {
        made();
        Journal.Content before = Journal.read(home);
        AuditTrail.Entry next = AuditTrail.after(before.end(), "2026", "ada", LAST);
        boolean interrupted;
        try (Journal open = Journal.open(home, before)) {
            Thread.currentThread().interrupt();
            open.append(List.of(next));
        } finally {
            interrupted = Thread.interrupted();
        }
        assertTrue(interrupted, "others may still want to know");
        assertEquals(next, Journal.read(home).end());
    }

    /** A disk that fails behind a line, and does not cut it off then. */
    private static final class Failing extends RandomAccessFile {
        private boolean failed;

        Failing(Path file) throws IOException {
            super(file.toFile(), "rw");
        }

        @Override
        public void write(int octet) throws IOException {
            super.write(octet);
            failed = true;
            throw new IOException("the disk failed");
        }

        @Override
        public void setLength(long length) throws IOException {
            if (failed) {
                throw new IOException("it cannot be cut");
            }
            super.setLength(length);
        }
    }

    @Test
    void a_whole_line_that_was_not_acknowledged_is_not_read_as_such_and_the_first_cause_is_told() throws IOException {
        made();
        Journal.Content before = Journal.read(home);
        AuditTrail.Entry next = AuditTrail.after(before.end(), "2026", "ada", LAST);
        Failing disk = new Failing(journal());
        try (Journal open = new Journal(disk, before)) {
            IOException told = assertThrows(IOException.class, () -> open.append(List.of(next)));
            assertEquals("the disk failed", told.getMessage());
            assertEquals("it cannot be cut", told.getSuppressed()[0].getMessage());
            assertEquals(next, Journal.read(home).end(), "it is there");
            assertEquals(before, open.acknowledged(home));
            assertThrows(IOException.class, open::mend);
            assertEquals(before, open.acknowledged(home), "still");
            disk.failed = false;
        }
        assertEquals(before, Journal.read(home), "it is taken away at the end");
    }

    @Test
    void a_line_that_is_longer_than_any_is_one_that_cannot_be_read() throws IOException {
        made();
        int entries = Files.readAllLines(journal()).size() - 1;
        Files.writeString(journal(), Files.readString(journal()) + "x".repeat(JournalText.LONGEST_LINE + 1) + "\n[]\n");
        Journal.Content content = Journal.read(home);
        assertEquals(new AuditTrail.Break(entries + 1L, AuditTrail.UNREADABLE), content.broken());
        assertEquals(entries, content.entries().size());
    }
}
