package phalanx.app;

import java.nio.file.Path;
import java.util.List;

/** Starts the desk. */
final class Desktop {
    private Desktop() {}

    static int open(List<Path> files) {
        return files.isEmpty() ? ExitCode.OK : ExitCode.INTERNAL;
    }
}
