package phalanx.show.shell;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.explain.Analysis;
import phalanx.run.Outcome;
import phalanx.show.*;
import phalanx.stitch.HopFile;

class ScreenshotsTest {
    @Test
    void all(@TempDir Path folder) throws Exception {
        String only = System.getProperty("only", "");
        Map<List<HopFile>, Outcome<Analysis>> known = new HashMap<>();
        Map<String, TreeSet<String>> faults = new TreeMap<>();
        String themes = System.getProperty("themes", "light dark high-contrast");
        String texts = System.getProperty("texts", "100,200");
        for (int[] size : new int[][] {{1600, 1000}, {1280, 720}}) {
            if (!System.getProperty("size", "").isEmpty() && size[0] != Integer.getInteger("size")) continue;
            try (Pictures pictures = new Pictures(folder, size[0], size[1], known, taken -> {
                for (Theme theme : Theme.values()) {
                    if (!themes.contains(theme.word())) continue;
                    for (String text : texts.split(",")) {
                    if (!text.equals("100") && theme != Theme.LIGHT) continue;
                    Screen.run(() -> taken.desk().settings().change(now -> now.withAppearance(theme.word()).withTextPercent(Integer.parseInt(text))));
                    Screen.settle();
                    BufferedImage image = Screen.on(taken::picture);
                    try {
                    Path f = Path.of("target/screenshots/" + theme.word() + "-" + size[0] + "x" + size[1] + "/" + taken.name() + (!text.equals("100") ? "-"+text:"")+ ".png");
                    Files.createDirectories(f.getParent());
                    ImageIO.write(image, "png", f.toFile());
                    } catch (java.io.IOException e) { throw new RuntimeException(e); }
                    Screen.run(() -> taken.windows().forEach(w -> { LayoutFaults.of(w.getScene()).forEach(f -> faults.computeIfAbsent(f, _ -> new TreeSet<>()).add(taken.name() + " " + theme.word() + " " + size[0] + " " + text)); }));
                    }
                }
                    Screen.run(() -> taken.desk().settings().change(now -> now.withAppearance("light").withTextPercent(100)));
            })) {
                if (only.isEmpty()) pictures.all(); else for (String o : only.split(",")) pictures.some(o);
            }
        }
        if (only.isEmpty()) ImageIO.write(Pictures.report(), "png", new java.io.File("target/screenshots/light-1600x1000/report-page-1.png"));
        faults.forEach((f, w) -> System.out.println("F " + f + " <- " + w.size() + " " + new ArrayList<>(w).subList(0, Math.min(4, w.size()))));
    }
}
