package phalanx.app;

import java.nio.file.Path;
import phalanx.app.agent.LabSession;
import phalanx.show.lab.LabRun;

/** The real lab for tests of other rooms. */
public final class TestLab {
    private TestLab() {}

    /** Starts labs in a folder as the desk does. */
    public static LabRun.Starter in(Path folder) {
        return () -> LabSession.start(folder);
    }
}
