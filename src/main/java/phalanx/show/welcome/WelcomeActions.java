package phalanx.show.welcome;

import java.nio.file.Path;
import java.util.List;
import phalanx.show.demo.Demo;

/** What can be done from the welcome view. Screen thread. */
public interface WelcomeActions {
    /** Asks for captures and opens them. */
    void openCaptures();

    /** Asks for a case and opens it. */
    void openCase();

    /** Asks what to capture. */
    void capture();

    /** Shows the proxy lab. */
    void proxyLab();

    /** Opens again what was open before. */
    void reopen(List<Path> files);

    /** Opens a demo. */
    void start(Demo.Start demo);
}
