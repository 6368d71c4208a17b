package phalanx.show.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import phalanx.show.Words;

/** The samples that come with the program. Any thread. */
public final class Samples {
    private static final Words WORDS = Words.of("samples");

    private Samples() {}

    /** Folders of samples by name; empty when there are none beside the program. */
    public static List<Path> in(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    /** What a sample is called; the name of its folder where it has no other. */
    static String title(Path sample) {
        String name = String.valueOf(sample.getFileName());
        return switch (name) {
            case "asymmetric-return-loss" -> WORDS.get("asymmetric-return-loss");
            case "congested-uplink" -> WORDS.get("congested-uplink");
            case "firewall-drops-idle" -> WORDS.get("firewall-drops-idle");
            case "firewall-drops-syn" -> WORDS.get("firewall-drops-syn");
            case "injected-resets" -> WORDS.get("injected-resets");
            case "loss-on-one-backend" -> WORDS.get("loss-on-one-backend");
            case "loss-on-wan-link" -> WORDS.get("loss-on-wan-link");
            case "lossy-capture" -> WORDS.get("lossy-capture");
            case "mtu-black-hole" -> WORDS.get("mtu-black-hole");
            case "nat-and-loss" -> WORDS.get("nat-and-loss");
            case "overtaking-packets" -> WORDS.get("overtaking-packets");
            case "slow-reader" -> WORDS.get("slow-reader");
            case "slow-server" -> WORDS.get("slow-server");
            case "wrong-clocks" -> WORDS.get("wrong-clocks");
            default -> name.replace('-', ' ');
        };
    }
}
