package phalanx.decode;

import java.nio.file.Path;
import java.util.List;
import phalanx.capture.CaptureSummary;
import phalanx.run.Problem;

/**
 * All that was read of one capture file. Any thread.
 *
 * @param file as the user named it
 * @param problems damage, frames that could not be understood; empty for a sound file
 */
public record DecodedCapture(Path file, CaptureSummary summary, PacketTable packets, List<Problem> problems) {
    public DecodedCapture {
        problems = List.copyOf(problems);
    }
}
