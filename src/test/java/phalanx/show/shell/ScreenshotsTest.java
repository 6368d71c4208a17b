package phalanx.show.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.explain.Analysis;
import phalanx.run.Outcome;
import phalanx.show.LayoutFaults;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.stitch.HopFile;

/**
 * Shows the desk in every state that the specification wants a picture of, in two sizes of the window and of texts, checks how the texts
 * lie, and leaves pictures in {@code target/screenshots}. One of each state is written; with {@code -Dphalanx.pictures=all} those of all
 * themes and sizes are.
 */
class ScreenshotsTest {
    private static final int[][] SIZES = {{1600, 1000}, {1280, 720}};
    private static final boolean ALL = "all".equals(System.getProperty("phalanx.pictures"));
    /** What is shown in all themes and sizes whatever is asked for. */
    private static final Set<String> ALWAYS = Set.of("case-overview");

    private final Map<List<HopFile>, Outcome<Analysis>> known = new HashMap<>();
    private final Map<String, Set<String>> faults = new TreeMap<>();
    private final Set<String> written = new TreeSet<>();

    /** How the desk looks now. */
    private record Look(Theme theme, int width, int height, int textPercent) {
        boolean first() {
            return theme == Theme.LIGHT && width == SIZES[0][0] && textPercent == 100;
        }

        Path folder() {
            return Path.of("target", "screenshots", theme.word() + "-" + width + "x" + height);
        }
    }

    @Test
    void every_state_of_the_desk_can_be_read_in_every_look(@TempDir Path folder) throws Exception {
        for (int[] size : SIZES) {
            for (int percent : new int[] {100, 200}) {
                if (percent > 100 && Arrays.equals(size, SIZES[0]) && !ALL) {
                    continue; // large text is harder to place in a small window
                }
                try (Pictures pictures =
                        new Pictures(folder, size[0], size[1], percent, known, taken -> look(taken, size, percent))) {
                    pictures.all();
                }
            }
        }
        write(Pictures.report(), new Look(Theme.LIGHT, SIZES[0][0], SIZES[0][1], 100), "report-page-1");
        assertTrue(written.containsAll(Pictures.NAMES), () -> "missing of " + Pictures.NAMES + ": " + written);
        List<String> told = new ArrayList<>();
        faults.forEach((fault, where) -> told.add(fault + "  <-  " + String.join(", ", where)));
        assertEquals("", String.join("\n", told));
    }

    private void look(Pictures.Taken taken, int[] size, int percent) {
        check(taken, new Look(Theme.LIGHT, size[0], size[1], percent));
        for (Theme theme : Theme.values()) {
            Look look = new Look(theme, size[0], size[1], percent);
            boolean always = ALWAYS.contains(taken.name());
            if (ALL || look.first() || always) {
                wear(taken, theme);
                Screen.settle();
                String name = percent == 100 ? taken.name() : always ? "text-200" : taken.name() + "-200";
                write(Screen.on(taken::picture), look, name);
            }
            // Contrast does not depend on the size, nor do boxes on the theme.
            if (theme != Theme.LIGHT && Arrays.equals(size, SIZES[0]) && percent == 100) {
                wear(taken, theme);
                check(taken, look);
            }
        }
        wear(taken, Theme.LIGHT);
    }

    private static void wear(Pictures.Taken taken, Theme theme) {
        Screen.run(() -> taken.desk().setTheme(theme));
        taken.layOut();
    }

    private void check(Pictures.Taken taken, Look look) {
        String where =
                taken.name() + " " + look.theme().word() + " " + look.width() + " at " + look.textPercent() + " %";
        Screen.run(() -> taken.windows()
                .forEach(window -> LayoutFaults.of(window.getScene())
                        .forEach(fault -> faults.computeIfAbsent(fault, _ -> new TreeSet<>())
                                .add(where))));
    }

    private void write(BufferedImage image, Look look, String name) {
        try {
            Path file = Files.createDirectories(look.folder()).resolve(name + ".png");
            ImageIO.write(image, "png", file.toFile());
            written.add(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
