package phalanx.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.app.terminal.ExitCode;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.run.Outcome;

class DoctorCommandTest {
    @TempDir
    private Path folder = Path.of(".");

    private Path home = Path.of(".");

    @BeforeEach
    void keep() throws IOException {
        home = folder.resolve("wan.phalanx");
        List<CaseFile.Capture> captures = new ArrayList<>();
        for (String name : List.of("client", "edge-router")) {
            Files.copy(Path.of("sample-pcaps/loss-on-wan-link", name + ".pcapng"), folder.resolve(name + ".pcapng"));
            captures.add(new CaseFile.Capture("../" + name + ".pcapng", name, "", 0, null));
        }
        try (CaseStore store = new CaseStore("ada", null)) {
            assertInstanceOf(
                    Outcome.Ok.class,
                    store.write(
                            home,
                            new CaseFile(
                                    CaseFile.VERSION,
                                    captures,
                                    List.of(new CaseFile.Note("case", "the carrier was told", "2026-01-01T00:00:00Z")),
                                    List.of(),
                                    Map.of(),
                                    null)));
        }
    }

    @Test
    void a_sound_case_says_what_it_holds() {
        CommandRun run = CommandRun.of("doctor", home);
        assertEquals(ExitCode.OK, run.code(), run.err());
        assertTrue(run.out().contains("2 captures, 1 notes, 0 dismissed findings"), run.out());
        assertTrue(run.out().endsWith("The case is sound.\n"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void a_damaged_case_is_told_of_and_rebuilt_with_what_was_found() throws IOException {
        Path journal = home.resolve("case.journal");
        Files.writeString(journal, Files.readString(journal).replace("was told", "was paid"));
        CommandRun sick = CommandRun.of("doctor", home);
        assertEquals(ExitCode.PARTLY_READ, sick.code());
        assertTrue(
                sick.err().startsWith("PHX-6006 " + home.toAbsolutePath() + ": entry 2 of the audit trail"),
                sick.err());
        CommandRun rebuilt = CommandRun.of("doctor", home, "--rebuild");
        assertEquals(ExitCode.OK, rebuilt.code(), rebuilt.err());
        assertTrue(rebuilt.out().startsWith("All 2 entries of the audit trail are there."), rebuilt.out());
        assertTrue(
                rebuilt.out().matches("(?s).*  [1-9]\\d* findings and [1-9]\\d* conversations as found last.*"),
                rebuilt.out());
        assertTrue(Files.readString(journal).contains("was told"));
        Files.delete(folder.resolve("client.pcapng"));
        CommandRun missing = CommandRun.of("doctor", home);
        assertEquals(ExitCode.PARTLY_READ, missing.code());
        assertTrue(
                missing.err().contains("PHX-6007 ") && missing.err().contains("client.pcapng is not there"),
                missing.err());
    }

    @Test
    void what_is_no_case_and_what_cannot_be_read_end_with_four() throws IOException {
        CommandRun none = CommandRun.of("doctor", folder);
        assertEquals(ExitCode.UNREADABLE, none.code());
        assertTrue(none.err().contains("is no case"), none.err());
        Files.writeString(home.resolve("case.journal"), "nonsense");
        Files.delete(home.resolve("case.mv.db"));
        for (String option : List.of("--rebuild", "--help")) {
            CommandRun run = CommandRun.of("doctor", home, option);
            assertEquals(option.equals("--help") ? ExitCode.OK : ExitCode.UNREADABLE, run.code());
        }
        assertEquals(ExitCode.UNREADABLE, CommandRun.of("doctor", home).code());
    }
}
