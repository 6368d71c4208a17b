package phalanx.show.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;
import phalanx.explain.Analysis;
import phalanx.show.DeskView;

/** Every scene the desk can show, one after the other, for tests that look at all of them. */
public final class Scenes {
    private Scenes() {}

    /**
     * A scene as it stands now.
     *
     * @param name of the picture it leaves
     * @param analysis what it is about, null for none
     * @param view the view in front, null for none
     * @param said what captures, configurations, scripts of demos and the proxy say on it, as names and problems
     */
    public record Shown(
            String name,
            Scene scene,
            @Nullable Analysis analysis,
            @Nullable DeskView view,
            List<String> said) {}

    /**
     * How scenes are to be shown, and who looks.
     *
     * @param folder for files of the proxy and of cases
     */
    record Visit(double width, double height, int textPercent, Path folder, Consumer<Shown> look) {}

    /**
     * Shows them all; {@code look} is called on the screen thread.
     *
     * @param folder for files of the proxy and for one that is no capture
     */
    public static void all(double width, double height, int textPercent, Path folder, Consumer<Shown> look) {
        Visit visit = new Visit(width, height, textPercent, folder, look);
        StateScenes.show(visit);
        new InvestigationScenes(visit).show();
        new WindowScenes(visit).show();
        DemoScenes.show(visit);
        new ProxyScenes(visit).show();
        new AgentScenes(visit).show();
    }
}
