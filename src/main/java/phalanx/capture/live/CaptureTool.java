package phalanx.capture.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Programs that capture and write what they have to their standard output. Any thread. */
public enum CaptureTool {
    /** Wireshark's. */
    DUMPCAP,
    /** libpcap's. */
    TCPDUMP;

    /** As it is called. */
    public String program() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words behind the program's name. */
    public List<String> arguments(CaptureOptions options) {
        List<String> words = new ArrayList<>(
                switch (this) {
                    case DUMPCAP -> List.of("-q", "-B", Integer.toString(Math.max(1, options.bufferBytes() >> 20)));
                    case TCPDUMP ->
                        List.of(
                                "-n",
                                "-U",
                                "--time-stamp-precision=nano",
                                "-B",
                                Integer.toString(Math.max(1, options.bufferBytes() >> 10)));
                });
        words.addAll(List.of("-i", options.device(), "-s", Integer.toString(options.snaplen()), "-w", "-"));
        if (!options.promiscuous()) {
            words.add("-p");
        }
        if (!options.filter().isBlank()) {
            words.addAll(List.of(this == DUMPCAP ? "-f" : "--", options.filter()));
        }
        return words;
    }
}
