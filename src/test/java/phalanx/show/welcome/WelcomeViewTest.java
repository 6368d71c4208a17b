package phalanx.show.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import org.junit.jupiter.api.Test;
import phalanx.casefile.DemoScripts;
import phalanx.show.Look;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.show.demo.Demo;

/** The desk before anything is open; every state leaves a picture behind. */
class WelcomeViewTest {
    private final List<String> done = new ArrayList<>();

    private Scene open(Theme theme, double width, double height, int textPercent, List<List<String>> recent) {
        List<Path> samples = DemoScripts.all(Locale.ENGLISH).stream()
                .map(script -> Path.of("sample-pcaps", script.samples()))
                .toList();
        return Screen.on(() -> Look.scene(
                new WelcomeView(Demo.among(samples, Locale.ENGLISH), recent, new Recorded()),
                theme,
                width,
                height,
                textPercent));
    }

    private final class Recorded implements WelcomeActions {
        @Override
        public void openCaptures() {
            done.add("captures");
        }

        @Override
        public void capture() {
            done.add("capture");
        }

        @Override
        public void openCase() {
            done.add("case");
        }

        @Override
        public void proxyLab() {
            done.add("proxy");
        }

        @Override
        public void reopen(List<Path> files) {
            done.add("reopen " + files.size());
        }

        @Override
        public void start(Demo.Start demo) {
            done.add(demo.mode() + " " + demo.demo().script().id());
        }
    }

    private static void press(Scene scene, String spoken) {
        Screen.run(() -> Screen.all(scene.getRoot()).stream()
                .filter(node -> node instanceof ButtonBase button
                        && (spoken.equals(button.getText()) || spoken.equals(button.getAccessibleText())))
                .map(ButtonBase.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + spoken))
                .fire());
    }

    @Test
    void it_leads_to_captures_cases_demos_and_the_proxy() {
        List<List<String>> recent = List.of(
                List.of("/cases/branch office.phalanx"),
                List.of("/t/client.pcapng", "/t/edge.pcapng", "/t/core.pcapng", "/t/server.pcapng"));
        Scene scene = open(Theme.LIGHT, 1280, 720, 100, recent);
        Screen.picture(scene, "welcome-view-light-1280");
        press(scene, "Open captures\u2026");
        press(scene, "Open case\u2026");
        press(scene, "Open the proxy lab");
        press(scene, "client.pcapng, edge.pcapng, core.pcapng and 1 more");
        press(scene, "Quiz: MTU black hole after a tunnel");
        press(scene, "Just open: The clock skew trap");
        assertEquals(
                List.of("captures", "case", "proxy", "reopen 4", "QUIZ mtu-black-hole", "LOOK wrong-clocks"), done);
    }

    @Test
    void it_fits_small_and_large_windows_and_large_texts() {
        Screen.picture(open(Theme.DARK, 1024, 640, 100, List.of()), "welcome-view-dark-1024");
        Screen.picture(open(Theme.LIGHT, 1600, 1000, 100, List.of()), "welcome-view-light-1600");
        Scene large = open(Theme.HIGH_CONTRAST, 1280, 800, 200, List.of(List.of("/t/client.pcapng")));
        Screen.picture(large, "welcome-view-contrast-200");
        assertTrue(Screen.shows(large, "Which hop is broken?"));
    }
}
