package phalanx.casefile;

import java.nio.file.Files;
import java.nio.file.Path;
import phalanx.run.Outcome;

/**
 * Where cases are kept: each in a folder of its own, {@code case.json} in it. Everything else of the program knows only {@link
 * CaseFile}. Any thread.
 */
public final class CaseStore {
    /** What a case's folder ends with. */
    public static final String ENDING = ".phalanx";

    private static final String FILE = "case.json";

    private CaseStore() {}

    /** Whether a folder is a case. */
    public static boolean isCase(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /** @return failed with the place of the fault when the case cannot be read */
    public static Outcome<CaseFile> read(Path folder) {
        return JsonDocument.read(folder.resolve(FILE), CaseFile.class);
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
