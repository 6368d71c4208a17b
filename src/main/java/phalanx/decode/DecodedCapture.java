package phalanx.decode;

import java.nio.file.Path;
import java.util.List;
import phalanx.capture.CaptureSummary;
import phalanx.run.Problem;

/**
 * All that was read of one capture file. Any thread.
 *
 * @param file as the user named it
 * @param unread bytes of the file behind the last packet that was asked for or that memory had room for, or before the first one of a file
 *     that is still written; 0 when it was read whole
 * @param problems damage, frames that could not be understood; empty for a sound file
 */
public record DecodedCapture(
        Path file, CaptureSummary summary, PacketTable packets, long unread, List<Problem> problems) {
    /** What a file keeps beside a frame, in pcap. */
    private static final long RECORD_HEADER = 16;

    public DecodedCapture {
        problems = List.copyOf(problems);
    }

    /** About how many packets the whole file has, as those that were read are the measure of the others; at least 0. */
    public long packetsInFile() {
        long read = packets.size();
        return read == 0 ? 0 : read + unread * read / (summary.captured() + RECORD_HEADER * summary.frames());
    }
}
