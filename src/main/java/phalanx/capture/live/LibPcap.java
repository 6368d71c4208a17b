package phalanx.capture.live;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.Pcaps;
import phalanx.run.Problem;

/** Whether libpcap (Npcap on Windows) is installed: asked once, for the binding throws something else each time. Any thread. */
final class LibPcap {
    /** libpcap cannot be loaded. */
    static final String MISSING = "PHX-1601";

    /** Kept, for a logger that nobody holds forgets its level. */
    private static final Logger CHATTY = Logger.getLogger("org.pcap4j");

    private static final @Nullable Problem PROBLEM = load();

    private LibPcap() {}

    /** Null when it is there. */
    static @Nullable Problem problem() {
        return PROBLEM;
    }

    private static @Nullable Problem load() {
        CHATTY.setLevel(Level.WARNING);
        try {
            Pcaps.libVersion();
            return null;
        } catch (LinkageError e) {
            System.getLogger("phalanx.capture").log(System.Logger.Level.DEBUG, "libpcap cannot be loaded", e);
            return System.getProperty("os.name", "").startsWith("Windows")
                    ? new Problem(
                            MISSING,
                            "Npcap is not installed; captures in files are read without it.",
                            "Install Npcap, then start Phalanx again.")
                    : new Problem(
                            MISSING,
                            "libpcap is not installed; captures in files are read without it.",
                            "Install the package libpcap (Debian calls it libpcap0.8), then start Phalanx again.");
        }
    }
}
