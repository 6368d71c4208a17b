package phalanx.show.shell;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.explain.Analysis;
import phalanx.run.Outcome;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.stitch.HopFile;

class ScreenshotsTest {
    @Test
    void all(@TempDir Path folder) throws Exception {
        Map<List<HopFile>, Outcome<Analysis>> known = new HashMap<>();
        for (int[] size : new int[][] {{1600, 1000}, {1280, 720}}) {
            try (Pictures pictures = new Pictures(folder, size[0], size[1], known, taken -> {
                for (Theme theme : Theme.values()) {
                    for (int text : theme == Theme.LIGHT ? new int[] {100, 200} : new int[]{100}) {
                    Screen.run(() -> taken.desk().settings().change(now -> now.withAppearance(theme.word()).withTextPercent(text)));
                    Screen.settle();
                    long t=System.nanoTime();
                    BufferedImage image = Screen.on(taken::picture);
                    try {
                    Path f = Path.of("target/screenshots/" + theme.word() + "-" + size[0] + "x" + size[1] + "/" + taken.name() + (text == 200 ? "-200":"")+ ".png");
                    Files.createDirectories(f.getParent());
                    ImageIO.write(image, "png", f.toFile());
                    } catch (java.io.IOException e) { throw new RuntimeException(e); }
                    System.err.println(taken.name()+" "+theme+" "+text+" "+(System.nanoTime()-t)/1000000+" ms");
                    }
                }
                    Screen.run(() -> taken.desk().settings().change(now -> now.withAppearance("light").withTextPercent(100)));
            })) {
                pictures.all();
            }
        }
        ImageIO.write(Pictures.report(), "png", new java.io.File("target/screenshots/light-1600x1000/report-page-1.png"));
    }
}
