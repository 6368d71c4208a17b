package phalanx.casefile;

import java.nio.file.Files;
import java.nio.file.Path;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Where cases are kept: each in a folder of its own, {@code case.json} in it. Everything else of the program knows only {@link
 * CaseFile}. Any thread.
 */
public final class CaseStore {
    /** What a case's folder ends with. */
    public static final String ENDING = ".phalanx";

    /** The case was kept by a newer program. */
    static final String NEWER = "PHX-6004";

    private static final String FILE = "case.json";

    private CaseStore() {}

    /** Whether a folder is a case. */
    public static boolean isCase(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /** @return failed with the place of the fault when the case cannot be read */
    public static Outcome<CaseFile> read(Path folder) {
        return JsonDocument.read(folder.resolve(FILE), CaseFile.class).then(kept -> usable(folder, kept));
    }

    private static Outcome<CaseFile> usable(Path folder, CaseFile kept) {
        if (kept.version() > CaseFile.VERSION) {
            return Outcome.failed(new Problem(
                    NEWER,
                    folder + " was kept by a newer Phalanx (version " + kept.version() + " of the form).",
                    "Open it with that one; it is untouched."));
        }
        if (kept.captures().isEmpty()
                || kept.captures().stream().anyMatch(capture -> capture.file().isBlank())) {
            return Outcome.failed(new Problem(
                    JsonDocument.INVALID,
                    folder.resolve(FILE) + " names no captures.",
                    "Open the captures themselves, and keep the case anew."));
        }
        return Outcome.ok(kept);
    }

    /** Keeps a case; it is on the disk when this returns. @return the case's folder */
    public static Outcome<Path> write(Path folder, CaseFile content) {
        return JsonDocument.write(folder.resolve(FILE), content).then(_ -> Outcome.ok(folder));
    }

    /** The address of a capture as a case keeps it: from its folder on when it lies in or beside it. */
    public static String address(Path folder, Path capture) {
        Path whole = capture.toAbsolutePath().normalize();
        Path home = folder.toAbsolutePath().normalize();
        Path parent = home.getParent();
        boolean near = parent != null && whole.startsWith(parent);
        return near ? home.relativize(whole).toString().replace('\\', '/') : whole.toString();
    }

    /** The capture that an address of {@link #address} means. */
    public static Path file(Path folder, String address) {
        return folder.toAbsolutePath().resolve(address).normalize();
    }
}
