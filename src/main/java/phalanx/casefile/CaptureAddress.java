package phalanx.casefile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;
import phalanx.stitch.Placement;

/** How a case names the files of its captures: from its folder on when they lie in or beside it. Any thread. */
public final class CaptureAddress {
    private CaptureAddress() {}

    /** The address of a capture. @param folder of the case */
    public static String of(Path folder, Path capture) {
        Path whole = capture.toAbsolutePath().normalize();
        Path home = folder.toAbsolutePath().normalize();
        Path parent = home.getParent();
        boolean near = parent != null && whole.startsWith(parent);
        return near ? home.relativize(whole).toString().replace('\\', '/') : whole.toString();
    }

    /** The capture that an address of {@link #of} means. */
    public static Path file(Path folder, String address) {
        return folder.toAbsolutePath().resolve(address).normalize();
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
}
