package phalanx.show.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phalanx.capture.CaptureFolder;
import phalanx.casefile.CaptureAddress;
import phalanx.casefile.CaseFile;
import phalanx.casefile.CaseStore;
import phalanx.run.Outcome;
import phalanx.stitch.HopFile;
import phalanx.stitch.HopNames;
import phalanx.telemetry.TelemetryFile;

/**
 * What is to be opened. Immutable, any thread.
 *
 * @param files the captures with what the user said of them; none when there is nothing but records of other tools
 * @param imports files of other tools
 * @param folder of the case, null for bare captures
 * @param kept the case, null for bare captures
 */
record Opening(
        List<HopFile> files,
        List<Path> imports,
        @Nullable Path folder,
        @Nullable CaseFile kept) {
    /** Reads what files and folders hold: one case, or captures. Waits for the disk. */
    static Outcome<Opening> of(List<Path> filesAndFolders, CaseStore cases) {
        if (filesAndFolders.size() == 1 && CaseStore.isCase(filesAndFolders.getFirst())) {
            Path folder = filesAndFolders.getFirst();
            return cases.read(folder)
                    .then(kept -> Outcome.ok(new Opening(
                            CaptureAddress.captures(folder, kept),
                            kept.imports().stream()
                                    .map(address -> CaptureAddress.file(folder, address))
                                    .toList(),
                            folder,
                            kept)));
        }
        Sorted sorted = sorted(filesAndFolders);
        return Outcome.ok(new Opening(HopNames.name(sorted.captures), sorted.imports, null, null));
    }

    /** Files by what they are. */
    record Sorted(List<Path> captures, List<Path> imports) {}

    /** Finds out which files are captures; folders opened up. Waits for the disk. */
    static Sorted sorted(List<Path> filesAndFolders) {
        List<Path> captures = new ArrayList<>();
        List<Path> imports = new ArrayList<>();
        CaptureFolder.expand(filesAndFolders)
                .forEach(file -> (TelemetryFile.looksLikeOne(file) ? imports : captures).add(file));
        return new Sorted(List.copyOf(captures), List.copyOf(imports));
    }

    /** The same captures with more of the same traffic, which get names that are free. */
    static List<HopFile> with(List<HopFile> files, List<Path> more) {
        List<Path> all = new ArrayList<>(files.stream().map(HopFile::file).toList());
        all.addAll(more);
        List<HopFile> named = HopNames.name(all);
        List<HopFile> wanted = new ArrayList<>(files);
        Set<String> names = new HashSet<>();
        files.forEach(file -> names.add(file.hop().name()));
        for (HopFile one : named.subList(Math.min(files.size(), named.size()), named.size())) {
            wanted.add(new HopFile(HopNames.free(one.hop().name(), names), one.file()));
        }
        return wanted;
    }

    /** What to open to try the same again. */
    List<Path> source() {
        return folder != null
                ? List.of(folder)
                : Stream.concat(paths().stream(), imports.stream()).toList();
    }

    List<Path> paths() {
        return files.stream().map(HopFile::file).toList();
    }
}
