package phalanx.show.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Capture files in folders: the samples that come with the program, and what the user drops. Any thread. */
public final class Samples {
    private Samples() {}

    /** Folders of samples by name; empty when there are none beside the program. */
    public static List<Path> in(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    /** The captures themselves: files as they are, folders opened up. */
    public static List<Path> captures(List<Path> filesAndFolders) {
        return filesAndFolders.stream().flatMap(Samples::captures).toList();
    }

    private static Stream<Path> captures(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries
                    .filter(file -> String.valueOf(file.getFileName())
                            .toLowerCase(Locale.ROOT)
                            .matches(".*\\.(pcapng|pcap|cap)(\\.gz)?"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException _) {
            return Stream.of(path);
        }
    }

    /** {@code mtu-black-hole} as {@code Mtu black hole}. */
    static String title(Path sample) {
        String name = String.valueOf(sample.getFileName()).replace('-', ' ');
        String first = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return first.replace("Mtu", "MTU")
                .replace("wan", "WAN")
                .replace("syn", "SYN")
                .replace("nat ", "NAT ")
                .replace("Nat ", "NAT ");
    }
}
