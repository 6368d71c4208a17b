package phalanx.casefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;

/** Makes cases where there are none. One thread at a time for a folder; waits for the disk. */
final class NewCase {
    private static final String OLD_FILE_TAKEN_OVER = "case-before.json";

    private NewCase() {}

    /** In a folder; a case of the older form is taken over as it was, so that the trail tells it from what is changed now. */
    static Outcome<Boolean> inFolder(Path home, CaseFile content, String user) {
        Path old = home.resolve(CaseStore.OLD_FILE);
        Outcome<CaseFile> before = Files.isRegularFile(old)
                ? JsonDocument.read(old, CaseFile.class).then(kept -> CaseStore.usable(home, kept))
                : Outcome.ok(content);
        return before.then(kept -> {
            List<AuditTrail.Entry> entries = entries(kept, user);
            try {
                Files.createDirectories(home);
                Optional<CaseLock> lock = CaseLock.take(home);
                if (lock.isEmpty()) {
                    return Outcome.failed(FileDatabase.taken(home));
                }
                try (CaseLock _ = lock.get()) {
                    if (!FileDatabase.isIn(home)) { // nobody else made it meanwhile
                        if (!areUsable(entries)) {
                            return Outcome.failed(CaseCheck.refused(home));
                        }
                        Journal.make(home, entries);
                        putAside(old, home.resolve(OLD_FILE_TAKEN_OVER));
                    }
                }
            } catch (IOException | SQLException e) {
                return Outcome.failed(notWritten(home, e));
            }
            return Outcome.ok(true);
        });
    }

    private static List<AuditTrail.Entry> entries(CaseFile kept, String user) {
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        List<AuditTrail.Entry> entries = new ArrayList<>();
        AuditTrail.Entry end = AuditTrail.BEGIN;
        for (Change change : Tables.between(CaseFile.EMPTY, kept)) {
            end = AuditTrail.after(end, now, user, change);
            entries.add(end);
        }
        return entries;
    }

    /** Whether tables can be made of them: what is once in a journal stays there. */
    private static boolean areUsable(List<AuditTrail.Entry> entries) throws SQLException {
        try (Sql sql = Schema.inMemory()) {
            return Tables.replay(sql, entries).isEmpty();
        }
    }

    private static void putAside(Path old, Path aside) {
        try {
            if (Files.isRegularFile(old)) {
                Files.move(old, aside, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) { // it is not read again while there is a journal
            System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "the old file stays", e);
        }
    }

    /** In a team's database: its number alone is in the folder. */
    static Outcome<Boolean> inTeam(Path home) {
        Path number = home.resolve(CaseStore.TEAM_FILE);
        try {
            Files.createDirectories(home);
            WholeFile.keep(number, (UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8));
            return Outcome.ok(true);
        } catch (IOException e) {
            return Outcome.failed(notWritten(number, e));
        }
    }

    private static Problem notWritten(Path file, Exception e) {
        return new Problem(
                JsonDocument.NOT_WRITTEN,
                file + " could not be written (" + e.getMessage() + ").",
                "Free space or choose another folder; what was there before is untouched.");
    }
}
