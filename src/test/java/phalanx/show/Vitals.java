package phalanx.show;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.stage.Window;

/**
 * What the program holds at one moment.
 *
 * @param heap octets in use after everything unused was collected
 * @param threads that live
 * @param windows of the toolkit
 * @param files that are open, 0 where the system does not tell
 * @param mapped capture files in memory, 0 where the system does not tell
 */
public record Vitals(long heap, int threads, int windows, long files, long mapped) {
    private static final Path MAPS = Path.of("/proc/self/maps");

    /** Taken now, from any thread but that of the screen. */
    public static Vitals now() throws Exception {
        for (int i = 0; i < 2; i++) {
            Screen.settle();
            Thread.sleep(80); // some pulses, after which the toolkit forgets what has left a scene
            forgetWhatIsOnlySoftlyHeld();
            System.gc();
        }
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Vitals(
                used,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                Screen.on(() -> List.copyOf(Window.getWindows()).size()),
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? system.getOpenFileDescriptorCount()
                        : 0,
                mappedCaptures());
    }

    /** As the pictures that the software renderer keeps for the next time: given up when memory is asked for that is not there. */
    private static void forgetWhatIsOnlySoftlyHeld() {
        try {
            long[] tooMuch = new long
                    [(int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / Long.BYTES)];
            throw new AssertionError("there was room for " + tooMuch.length);
        } catch (OutOfMemoryError _) {
            return;
        }
    }

    private static long mappedCaptures() throws IOException {
        if (!Files.exists(MAPS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.contains(".pcap")).count();
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "heap %.1f MB, %d threads, %d windows, %d files, %d mapped",
                heap / 1e6,
                threads,
                windows,
                files,
                mapped);
    }
}
