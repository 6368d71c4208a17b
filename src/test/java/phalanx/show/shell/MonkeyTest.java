package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is clicked, dragged, typed and dropped, in whatever order, nothing goes wrong. Many events by hand: {@code -Dtest=MonkeyTest
 * -Dphalanx.monkey.events=20000}; what was seen once is seen again with {@code -Dphalanx.monkey.seed=SEED}.
 */
class MonkeyTest {
    private static final int EVENTS = Integer.getInteger("phalanx.monkey.events", 600);
    private static final long SEED = Long.getLong("phalanx.monkey.seed", 20_261_122);

    @Test
    void random_use_never_goes_wrong(@TempDir Path folder) throws IOException {
        Path lab = Files.writeString(folder.resolve("lab.conf"), """
                worker_threads 1;
                admin 127.0.0.1:0;
                http {
                    server {
                        listen 127.0.0.1:0;
                        route / { return 200 x; }
                    }
                }
                """);
        Path broken = Files.writeString(folder.resolve("broken.pcap"), "this is no capture at all");
        long begin = System.nanoTime();
        try (Monkey monkey = new Monkey(SEED, folder, List.of(lab, broken))) {
            for (int i = 0; i < EVENTS; i++) {
                monkey.event();
            }
            assertEquals(EVENTS, monkey.events());
            System.out.printf(
                    Locale.ROOT,
                    "seed %d, %d events, %d s, %s%n",
                    SEED,
                    monkey.events(),
                    (System.nanoTime() - begin) / 1_000_000_000,
                    monkey.told());
        } catch (AssertionError e) {
            throw new AssertionError("With seed " + SEED + ": " + e.getMessage(), e);
        }
    }
}
