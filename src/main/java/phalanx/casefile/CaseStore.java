package phalanx.casefile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.run.WholeFile;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;
import phalanx.stitch.Placement;

/**
 * Where cases are kept: each in a folder of its own that ends in {@link #ENDING}, with a journal and a database file in it, or with the
 * number of its schema in a team's database. A case that was opened stays open, and locked for others, until it is left. Any thread; waits for the disk.
 */
public final class CaseStore implements AutoCloseable {
    /** What a case's folder ends with. */
    public static final String ENDING = ".phalanx";

    /** The case was kept by a newer program. */
    static final String NEWER = "PHX-6004";

    /** A capture is not as it was when it was kept. */
    static final String CHANGED = "PHX-6007";

    /** The form before there were databases. */
    private static final String OLD_FILE = "case.json", OLD_FILE_TAKEN_OVER = "case-before.json";
    /** Holds the number of a case in a team's database. */
    private static final String TEAM_FILE = "case.id";

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
            told.put(home(folder), changed(folder, content));
            return Outcome.ok(content);
        });
    }

    /** Captures that have another size than when they were kept; their hashes are for {@code phalanx doctor}. */
    private List<Problem> changed(Path folder, CaseFile content) {
        Case known = open.get(home(folder));
        Map<String, Change.CaptureHashed> hashes =
                known != null && known.hashes() instanceof Outcome.Ok<Map<String, Change.CaptureHashed>>(var kept)
                        ? kept
                        : Map.of();
        List<Problem> problems = new ArrayList<>();
        for (CaseFile.Capture capture : content.captures()) {
            Change.CaptureHashed hash = hashes.get(capture.file());
            Path file = file(folder, capture.file());
            try {
                if (hash != null && Files.isRegularFile(file) && Files.size(file) != hash.bytes()) {
                    problems.add(otherThanKept(file));
                }
            } catch (IOException e) { // reading it will tell
                System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "a capture has no size", e);
            }
        }
        return problems;
    }

    static Problem otherThanKept(Path file) {
        return new Problem(
                CHANGED,
                file + " is not as it was when the case was kept.",
                "Notes and names may be on other packets; put the file of then back, or save the case to go on with this one.");
    }

    private static boolean isOld(Path folder) {
        return !FileDatabase.isIn(folder) && !Files.isRegularFile(folder.resolve(TEAM_FILE));
    }

    private static Outcome<CaseFile> usable(Path folder, CaseFile kept) {
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
        return Outcome.ok(kept);
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
        Outcome<Boolean> made = there ? Outcome.ok(true) : team == null ? makeFile(home, content) : makeInTeam(home);
        return made.then(_ -> open(home)).then(opened -> opened.keep(content)).then(_ -> Outcome.ok(folder));
    }

    /** A case of the older form is taken over as it was, so that the trail tells it from what is changed now. */
    private Outcome<Boolean> makeFile(Path home, CaseFile content) {
        Path old = home.resolve(OLD_FILE);
        Outcome<CaseFile> before = Files.isRegularFile(old)
                ? JsonDocument.read(old, CaseFile.class).then(kept -> usable(home, kept))
                : Outcome.ok(content);
        return before.then(kept -> {
            String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
            List<AuditTrail.Entry> entries = new ArrayList<>();
            AuditTrail.Entry end = AuditTrail.BEGIN;
            for (Change change : Tables.between(CaseFile.EMPTY, kept)) {
                end = AuditTrail.after(end, now, user, change);
                entries.add(end);
            }
            try {
                Journal.make(home, entries);
            } catch (IOException e) {
                return Outcome.failed(notWritten(home, e));
            }
            try {
                if (Files.isRegularFile(old)) {
                    Files.move(old, home.resolve(OLD_FILE_TAKEN_OVER), StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) { // it is not read again while there is a journal
                System.getLogger("phalanx.casefile").log(System.Logger.Level.DEBUG, "the old file stays", e);
            }
            return Outcome.ok(true);
        });
    }

    private static Problem notWritten(Path file, IOException e) {
        return new Problem(
                JsonDocument.NOT_WRITTEN,
                file + " could not be written (" + e.getMessage() + ").",
                "Free space or choose another folder; what was there before is untouched.");
    }

    private static Outcome<Boolean> makeInTeam(Path home) {
        Path number = home.resolve(TEAM_FILE);
        try {
            Files.createDirectories(home);
            WholeFile.keep(number, (UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8));
            return Outcome.ok(true);
        } catch (IOException e) {
            return Outcome.failed(notWritten(number, e));
        }
    }

    /** Why a case that is open can only be read, empty when it can be written or is not open. Does not wait. */
    public Optional<Problem> readOnly(Path folder) {
        Case known = open.get(home(folder));
        return known == null ? Optional.empty() : known.readOnly();
    }

    /** What is to be known of a case that is open: why it can only be read, which captures are others than when it was kept. Does not wait. */
    public List<Problem> notices(Path folder) {
        List<Problem> notices = new ArrayList<>(readOnly(folder).stream().toList());
        notices.addAll(told.getOrDefault(home(folder), List.of()));
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

    /**
     * How a case is. Reads all of it and of its captures.
     *
     * @param told what it holds, a line each
     * @param faults what is not as it was written, in the records and then in the captures; empty for a sound case
     */
    public record Health(List<String> told, List<Problem> faults) {
        public Health {
            told = List.copyOf(told);
            faults = List.copyOf(faults);
        }
    }

    /** @return failed when the case cannot be read at all */
    public synchronized Outcome<Health> check(Path folder, Progress progress) {
        Path home = home(folder);
        if (isOld(home)) {
            return read(home)
                    .then(kept -> Outcome.ok(new Health(
                            List.of("older form, %d captures, %d notes: it becomes a database when it is saved"
                                    .formatted(
                                            kept.captures().size(), kept.notes().size())),
                            List.of())));
        }
        leave(null);
        return database(home).then(database -> {
            Outcome<List<Problem>> records = database.check(home);
            database.close();
            return records.then(faults -> open(home).then(opened -> health(opened, home, faults, progress)));
        });
    }

    private static Outcome<Health> health(Case opened, Path home, List<Problem> records, Progress progress) {
        return opened.content()
                .then(content -> opened.trail()
                        .then(trail -> opened.derived().then(derived -> {
                            List<String> told = new ArrayList<>();
                            told.add("%d captures, %d notes, %d dismissed findings, %d saved filters"
                                    .formatted(
                                            content.captures().size(),
                                            content.notes().size(),
                                            content.dismissed().size(),
                                            content.savedFilters().size()));
                            told.add(trail.size() + " entries in the audit trail"
                                    + (trail.isEmpty()
                                            ? ""
                                            : ", from " + trail.getFirst().at() + " to "
                                                    + trail.getLast().at()));
                            told.add("%d findings and %d conversations as found last"
                                    .formatted(
                                            derived.findings().size(),
                                            derived.conversations().size()));
                            List<Problem> faults = new ArrayList<>(records);
                            opened.readOnly().filter(_ -> records.isEmpty()).ifPresent(why -> told.add(why.what()));
                            return CaptureHashes.changed(opened, home, progress).then(changed -> {
                                faults.addAll(changed);
                                return Outcome.ok(new Health(told, faults));
                            });
                        })));
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

    /** The address of a capture as a case keeps it: from its folder on when it lies in or beside it. */
    public static String address(Path folder, Path capture) {
        Path whole = capture.toAbsolutePath().normalize();
        Path home = folder.toAbsolutePath().normalize();
        Path parent = home.getParent();
        boolean near = parent != null && whole.startsWith(parent);
        return near ? home.relativize(whole).toString().replace('\\', '/') : whole.toString();
    }

    /** The captures of a case, with what its user said of them. */
    public static List<HopFile> captures(Path folder, CaseFile kept) {
        List<HopFile> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (CaseFile.Capture capture : kept.captures()) {
            Long clock = capture.clockOffsetNanos();
            files.add(new HopFile(
                    HopNames.free(capture.name(), names),
                    file(folder, capture.file()),
                    new Placement(
                            capture.place(),
                            capture.role(),
                            clock == null ? OptionalLong.empty() : OptionalLong.of(clock))));
        }
        return files;
    }

    /** The capture that an address of {@link #address} means. */
    public static Path file(Path folder, String address) {
        return folder.toAbsolutePath().resolve(address).normalize();
    }
}
