package phalanx.casefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/**
 * Where cases are kept: each in a folder of its own that ends in {@link #ENDING}, with a journal and a database file in it, or with the
 * number of its schema in a team's database. A case that was opened stays open, and locked for others, until it is left. Any thread; waits for the disk.
 */
public final class CaseStore implements AutoCloseable {
    /** What a case's folder ends with. */
    public static final String ENDING = ".phalanx";

    /** The case was kept by a newer program. */
    static final String NEWER = "PHX-6004";

    /** The form before there were databases. */
    static final String OLD_FILE = "case.json";
    /** Holds the number of a case in a team's database. */
    static final String TEAM_FILE = "case.id";

    private final String user;
    private final @Nullable TeamDatabase team;
    private final Map<Path, Case> open = new ConcurrentHashMap<>();
    private final Map<Path, List<Problem>> told = new ConcurrentHashMap<>();

    /**
     * @param user who changes cases, for their audit trail
     * @param team where new cases are kept, null for files
     */
    public CaseStore(String user, @Nullable TeamDatabase team) {
        this.user = user.isBlank() ? "unknown" : user;
        this.team = team;
    }

    /** Whether a folder is a case. */
    public static boolean isCase(Path folder) {
        return FileDatabase.isIn(folder)
                || Files.isRegularFile(folder.resolve(TEAM_FILE))
                || Files.isRegularFile(folder.resolve(OLD_FILE));
    }

    /** What a user keeps of a case, which is open from now on. @return failed with the reason when it cannot be read */
    public synchronized Outcome<CaseFile> read(Path folder) {
        Outcome<CaseFile> kept = isOld(folder)
                ? JsonDocument.read(folder.resolve(OLD_FILE), CaseFile.class)
                : open(folder).then(Case::content);
        return kept.then(content -> usable(folder, content)).then(content -> {
            Path home = home(folder);
            Case known = open.get(home);
            told.put(home, known == null ? List.of() : CaptureHashes.otherSize(known, home, content));
            return Outcome.ok(content);
        });
    }

    private static boolean isOld(Path folder) {
        return !FileDatabase.isIn(folder) && !Files.isRegularFile(folder.resolve(TEAM_FILE));
    }

    /** Whether a case can be opened. */
    static Outcome<CaseFile> usable(Path folder, CaseFile kept) {
        if (kept.version() > CaseFile.VERSION) {
            return Outcome.failed(newer(folder, kept.version()));
        }
        if (kept.captures().isEmpty()
                || kept.captures().stream().anyMatch(capture -> capture.file().isBlank())) {
            return Outcome.failed(new Problem(
                    JsonDocument.INVALID,
                    folder + " names no captures.",
                    "Open the captures themselves, and keep the case anew."));
        }
        try {
            CaptureAddress.captures(folder, kept);
            return Outcome.ok(kept);
        } catch (InvalidPathException e) {
            return Outcome.failed(
                    new Problem(
                            JsonDocument.INVALID,
                            "%s names a capture \"%s\", which is no name of a file here."
                                    .formatted(folder, e.getInput()),
                            "Open it on a system that knows such names, or open the captures themselves, and keep the case anew."));
        }
    }

    static Problem newer(Object place, int version) {
        return new Problem(
                NEWER,
                place + " was kept by a newer Phalanx (version " + version + " of the form).",
                "Open it with that one; it is untouched.");
    }

    /** A case that is there; the same one for all who ask, until it is left. */
    public synchronized Outcome<Case> open(Path folder) {
        Path home = home(folder);
        Case known = open.get(home);
        return known != null
                ? Outcome.ok(known)
                : database(home).then(database -> Case.open(database, user)).then(opened -> {
                    open.put(home, opened);
                    return Outcome.ok(opened);
                });
    }

    private Outcome<CaseDatabase> database(Path home) {
        Path number = home.resolve(TEAM_FILE);
        if (FileDatabase.isIn(home) || !Files.isRegularFile(number)) {
            return Outcome.ok(new FileDatabase(home));
        }
        TeamDatabase known = team;
        if (known == null) {
            return Outcome.failed(new Problem(
                    TeamDatabase.UNREACHED,
                    home + " is kept in a team's database, and none is named.",
                    "Start Phalanx with its address in PHALANX_STORE: jdbc:postgresql://HOST/DATABASE?user=NAME."));
        }
        try {
            return Outcome.ok(known.ofCase(
                    UUID.fromString(Files.readString(number).strip()).toString()));
        } catch (IOException | IllegalArgumentException e) {
            return Outcome.failed(new Problem(
                    JsonDocument.INVALID,
                    number + " holds no number of a case.",
                    "Copy it again from where the case was kept first."));
        }
    }

    /** Keeps a case, made if need be; it is on the disk when this returns. @return the case's folder */
    public synchronized Outcome<Path> write(Path folder, CaseFile content) {
        Path home = home(folder);
        boolean there = FileDatabase.isIn(home) || Files.isRegularFile(home.resolve(TEAM_FILE));
        Outcome<Boolean> made =
                there ? Outcome.ok(true) : team == null ? NewCase.inFolder(home, content, user) : NewCase.inTeam(home);
        return made.then(_ -> open(home)).then(opened -> opened.keep(content)).then(_ -> Outcome.ok(folder));
    }

    /** Why a case that is open can only be read, empty when it can be written, or perhaps by now, or is not open. Does not wait. */
    public Optional<Problem> readOnly(Path folder) {
        Case known = open.get(home(folder));
        return known == null ? Optional.empty() : known.readOnly();
    }

    /**
     * What is to be known of a case that is open: why it can only be read, what of it cannot be used, which captures are others than when it
     * was kept. Does not wait.
     */
    public List<Problem> notices(Path folder) {
        Path home = home(folder);
        Case known = open.get(home);
        List<Problem> notices = new ArrayList<>(known == null ? List.of() : known.notices(home));
        notices.addAll(told.getOrDefault(home, List.of()));
        return notices;
    }

    /** Whether cases are open besides one. Does not wait. @param stays null for none */
    public boolean hasOther(@Nullable Path stays) {
        return open.keySet().stream().anyMatch(home -> stays == null || !home.equals(home(stays)));
    }

    /** Closes all cases but one, so that others may write to them. @param stays null for none */
    public synchronized void leave(@Nullable Path stays) {
        Path home = stays == null ? null : home(stays);
        open.entrySet().removeIf(entry -> {
            boolean left = !entry.getKey().equals(home);
            if (left) {
                entry.getValue().close();
                told.remove(entry.getKey());
            }
            return left;
        });
    }

    @Override
    public void close() {
        leave(null);
    }

    /**
     * Keeps with an open case what was found in its captures, what they hold by SHA-256, and the verdict in its timeline where it is another
     * one than the last; for all of it a case is good without. Nothing happens to one that is not open or can only be read.
     *
     * @param verdict one sentence
     * @param anew whether captures that changed since are now those of the case
     * @throws Progress.Cancelled at any time; what is missing is kept the next time
     */
    public Outcome<Boolean> keepFound(Path folder, Derived found, String verdict, boolean anew, Progress progress) {
        Case known = open.get(home(folder));
        return known == null || known.readOnly().isPresent()
                ? Outcome.ok(false)
                : known.keepDerived(found, progress)
                        .then(_ -> CaptureHashes.keep(known, folder, anew, progress))
                        .then(_ -> known.tell(verdict));
    }

    /** How a case is; reads all of it and of its captures. @return failed when it cannot be read at all */
    public synchronized Outcome<CaseHealth> check(Path folder, Progress progress) {
        Path home = home(folder);
        if (isOld(home)) {
            return read(home).then(kept -> Outcome.ok(CaseHealth.old(kept)));
        }
        leave(null);
        return database(home).then(database -> {
            Outcome<List<Problem>> records = database.check(home);
            database.close();
            return records.then(faults -> open(home).then(opened -> CaseHealth.of(opened, home, faults, progress)));
        });
    }

    /**
     * Saves what can be read of the records and makes the tables anew from it. What was found in the captures goes: find it anew.
     *
     * @return one sentence on what was saved; failed when nothing can be
     */
    public synchronized Outcome<String> rebuild(Path folder) {
        Path home = home(folder);
        leave(null);
        if (isOld(home)) {
            return read(home)
                    .then(_ -> Outcome.ok("The case has the older form and is sound; there is nothing to rebuild."));
        }
        return database(home).then(database -> {
            Outcome<String> saved = database.rebuild();
            database.close();
            return saved;
        });
    }

    private static Path home(Path folder) {
        return folder.toAbsolutePath().normalize();
    }
}
