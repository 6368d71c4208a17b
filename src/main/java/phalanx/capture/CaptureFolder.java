package phalanx.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Captures named by their folder. Any thread. */
public final class CaptureFolder {
    private CaptureFolder() {}

    /** Files as they are, folders opened up: the files in them with a capture's ending, sorted. A folder that cannot be read, or has
     * none, stays. */
    public static List<Path> expand(List<Path> filesAndFolders) {
        return filesAndFolders.stream().flatMap(CaptureFolder::captures).toList();
    }

    private static Stream<Path> captures(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> found = entries.filter(file -> Files.isRegularFile(file)
                            && String.valueOf(file.getFileName())
                                    .toLowerCase(Locale.ROOT)
                                    .matches(".*\\.(pcapng|pcap|cap|dmp|snoop)(\\.(gz|zst|lz4))?"))
                    .sorted()
                    .toList();
            return found.isEmpty() ? Stream.of(path) : found.stream();
        } catch (IOException | UncheckedIOException _) {
            return Stream.of(path);
        }
    }
}
