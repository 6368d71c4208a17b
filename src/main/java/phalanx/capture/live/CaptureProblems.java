package phalanx.capture.live;

import java.util.Locale;
import phalanx.run.Problem;

/** What goes wrong when captures are made, by what libpcap and its tools say. Any thread. */
final class CaptureProblems {
    /** The user may not capture. */
    static final String FORBIDDEN = "PHX-1605";
    /** The interface went away while it was captured on. */
    static final String GONE = "PHX-1606";
    /** Anything else that libpcap or a tool complains of. */
    static final String FAILED = "PHX-1607";

    private CaptureProblems() {}

    /** @param said the complaint, of which the last line that says something is told */
    static Problem of(String device, String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("permission") || lower.contains("not permitted")) {
            return new Problem(
                    FORBIDDEN,
                    "You may not capture on " + device + ".",
                    "Either run Phalanx as an administrator, or let dumpcap do it for you: install Wireshark's command line"
                            + " tools, join the group wireshark (usermod -aG wireshark NAME) and log in again.");
        }
        if (lower.contains("disappeared")
                || lower.contains("no longer")
                || lower.contains("went down")
                || lower.contains("network is down")
                || lower.contains("no such device")) {
            return new Problem(
                    GONE,
                    "The interface " + device + " went away or down.",
                    "What was captured until then is kept. Start again when the interface is back.");
        }
        return new Problem(
                FAILED,
                "Capturing on " + device + " ended (" + lastLine(said) + ").",
                "What was captured until then is kept. Try another interface or filter, or capture with tcpdump -w and open the file.");
    }

    private static String lastLine(String said) {
        String[] lines = said.strip().split("\\R", -1);
        for (int i = lines.length - 1; i >= 0; i--) {
            if (!lines[i].isBlank()) {
                return lines[i].strip();
            }
        }
        return "no reason was given";
    }
}
