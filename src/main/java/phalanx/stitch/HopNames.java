package phalanx.stitch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import phalanx.net.HopId;

/**
 * Names capture points after their files: the base name without endings; where two files share it, with their folder's name in
 * front, and with a number where even that is not enough. Any thread.
 */
public final class HopNames {
    private static final List<String> ENDINGS = List.of(".gz", ".pcapng", ".pcap", ".cap", ".ntar");

    private HopNames() {}

    /** In the order given; a file named twice counts once. */
    public static List<HopFile> name(List<Path> files) {
        List<Path> distinct = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path file : files) {
            if (seen.add(file.toAbsolutePath().normalize())) {
                distinct.add(file);
            }
        }
        Map<String, Integer> sharers = new HashMap<>();
        distinct.forEach(file -> sharers.merge(base(file), 1, Integer::sum));
        List<HopFile> named = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Path file : distinct) {
            String base = base(file);
            String name = sharers.getOrDefault(base, 1) == 1 ? base : folder(file) + base;
            String free = name;
            for (int number = 2; !taken.add(free); number++) {
                free = name + "-" + number;
            }
            named.add(new HopFile(new HopId(free), file));
        }
        return named;
    }

    private static String base(Path file) {
        String base = String.valueOf(file.getFileName());
        boolean cut = true;
        while (cut) {
            cut = false;
            for (String ending : ENDINGS) {
                if (base.length() > ending.length()
                        && base.toLowerCase(Locale.ROOT).endsWith(ending)) {
                    base = base.substring(0, base.length() - ending.length());
                    cut = true;
                }
            }
        }
        return base.isBlank() ? "capture" : base;
    }

    private static String folder(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null || parent.getFileName() == null ? "" : parent.getFileName() + "-";
    }

    /** A name for a capture point, with a number behind it when it is taken. @param taken gets it */
    public static HopId free(String wanted, Set<String> taken) {
        String name = wanted;
        for (int number = 2; !taken.add(name); number++) {
            name = wanted + "-" + number;
        }
        return new HopId(name);
    }
}
