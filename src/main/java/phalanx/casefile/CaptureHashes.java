package phalanx.casefile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/** What capture files hold, by SHA-256 (FIPS 180-4). Any thread; waits for the disk. */
final class CaptureHashes {
    /** A capture is not as it was when it was kept. */
    static final String CHANGED = "PHX-6007";

    private static final int BUFFER = 1 << 20;

    private CaptureHashes() {}

    /** Records for the captures of a case what they hold, where that is not known. @param anew also where they were written to since */
    static Outcome<Boolean> keep(Case known, Path folder, boolean anew, Progress progress) {
        return known.content()
                .then(content -> known.hashes().then(hashes -> {
                    List<Change> changes = new ArrayList<>();
                    for (CaseFile.Capture capture : content.captures()) {
                        Path file = CaptureAddress.file(folder, capture.file());
                        Change.CaptureHashed before = hashes.get(capture.file());
                        try {
                            if (Files.isRegularFile(file)
                                    && (before == null
                                            || anew
                                                    && (before.bytes() != Files.size(file)
                                                            || !modified(file).equals(before.modified())))) {
                                String modified = modified(file); // before it is read
                                changes.add(new Change.CaptureHashed(
                                        capture.file(), Files.size(file), of(file, progress), modified));
                            }
                        } catch (IOException e) { // whoever reads the capture is told
                            System.getLogger("phalanx.casefile")
                                    .log(System.Logger.Level.DEBUG, "a capture has no hash", e);
                        }
                    }
                    return changes.isEmpty()
                            ? Outcome.ok(false)
                            : known.record(Case.PROGRAM, changes.toArray(Change[]::new));
                }));
    }

    private static String modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file)
                .toInstant()
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    /** Captures that have another size than when they were kept; their hashes are for {@code phalanx doctor}. */
    static List<Problem> otherSize(Case known, Path folder, CaseFile content) {
        Map<String, Change.CaptureHashed> hashes =
                known.hashes() instanceof Outcome.Ok<Map<String, Change.CaptureHashed>>(var kept) ? kept : Map.of();
        List<Problem> problems = new ArrayList<>();
        for (CaseFile.Capture capture : content.captures()) {
            Change.CaptureHashed hash = hashes.get(capture.file());
            Path file = CaptureAddress.file(folder, capture.file());
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

    /** The captures of a case that are missing or not as they were when they were kept. */
    static Outcome<List<Problem>> changed(Case known, Path folder, Progress progress) {
        return known.content()
                .then(content -> known.hashes().then(hashes -> {
                    List<Problem> problems = new ArrayList<>();
                    for (CaseFile.Capture capture : content.captures()) {
                        changed(CaptureAddress.file(folder, capture.file()), capture, hashes, progress, problems);
                    }
                    return Outcome.ok(problems);
                }));
    }

    private static void changed(
            Path file,
            CaseFile.Capture capture,
            Map<String, Change.CaptureHashed> hashes,
            Progress progress,
            List<Problem> problems) {
        Change.CaptureHashed before = hashes.get(capture.file());
        try {
            if (!Files.isRegularFile(file)) {
                problems.add(new Problem(
                        CHANGED,
                        file + " is not there.",
                        "Put it back where it was, or open the case and name another one."));
            } else if (before != null
                    && (before.bytes() != Files.size(file) || !before.sha256().equals(of(file, progress)))) {
                problems.add(otherThanKept(file));
            }
        } catch (IOException e) {
            problems.add(new Problem(
                    CHANGED,
                    file + " cannot be read (" + e.getMessage() + ").",
                    "Check that it exists and may be read."));
        }
    }

    private static String of(Path file, Progress progress) throws IOException {
        MessageDigest digest = AuditTrail.sha256();
        long size = Files.size(file);
        long done = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                digest.update(buffer, 0, got);
                done += got;
                progress.stopIfCancelled();
                progress.at("Comparing captures", done, size);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
