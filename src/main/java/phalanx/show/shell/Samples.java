package phalanx.show.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The samples that come with the program. Any thread. */
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
