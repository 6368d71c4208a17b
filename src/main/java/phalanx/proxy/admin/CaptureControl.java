package phalanx.proxy.admin;

import java.nio.file.Path;
import java.util.Optional;
import phalanx.run.Outcome;

/** Writes the traffic of both sides of the proxy as captures. Any thread but an event loop. */
public interface CaptureControl {
    /** Begins in a folder of its own choice, which it answers; goes on in the one it writes to where it captures already. */
    Outcome<Path> start();

    /** Ends, and answers the folder with the captures; empty where nothing was captured. */
    Optional<Path> stop();

    /** The folder written to now. */
    Optional<Path> now();
}
