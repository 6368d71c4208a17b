package phalanx.capture.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.CaptureFilter;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.CaptureTool;
import phalanx.run.Problem;

/** Command lines for the shell of another machine: every word is checked, then quoted. Any thread. */
final class RemoteCommand {
    /**
     * Runs its words, and ends them when the line is closed: a capturing tool alone would learn of that with the next packet only. The tools
     * are often not in the path that a shell has without a login.
     */
    private static final String RUN =
            "PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin; exec 3<&0; "
                    + "\"$@\" </dev/null 3<&- & tool=$!; "
                    + "{ cat <&3 >/dev/null; kill $tool || sudo -n kill $tool; } >/dev/null 2>&1 & watch=$!; "
                    + "wait $tool; code=$?; kill $watch 2>/dev/null; exit $code";

    /** What filters are made of (pcap-filter(7)); nothing that any shell takes for its own inside quotes. */
    private static final Pattern FILTER = Pattern.compile(
            "[A-Za-z0-9 .:/()\\[\\]&|!=<>+*%^_,-]*+(?:\\\\[a-z][A-Za-z0-9 .:/()\\[\\]&|!=<>+*%^_,-]*+)*+");

    private RemoteCommand() {}

    /** What is wrong with the words that would go into a command line; null when they may. */
    static @Nullable Problem check(CaptureOptions options) {
        if (!HopAddress.Written.mayBe(options.device())) {
            return new Problem(
                    HopAddress.WRONG,
                    "No interface can be called \"" + options.device() + "\".",
                    "phalanx interfaces with the address of the machine lists them.");
        }
        if (!FILTER.matcher(options.filter()).matches()) {
            return new Problem(
                    CaptureFilter.WRONG,
                    "The capture filter \"" + options.filter() + "\" has characters that no filter needs.",
                    "It is in libpcap's language, not a display filter: host 10.0.0.1 and tcp port 443, vlan 12, not port 22.");
        }
        return CaptureFilter.check(options.filter());
    }

    /** A tool that captures, first as this user, then as another who may. */
    static List<String> capture(CaptureTool tool, CaptureOptions options, boolean sudo) {
        List<String> words = new ArrayList<>(sudo ? List.of("sudo", "-n") : List.of());
        words.add(tool.program());
        words.addAll(tool.arguments(options));
        return words;
    }

    /** As one line for any shell. */
    static String line(List<String> words) {
        return "sh -c " + quoted(RUN) + " phalanx "
                + words.stream().map(RemoteCommand::quoted).collect(Collectors.joining(" "));
    }

    /** What asks the far end for the addresses that it sees of this very connection. */
    static String connection() {
        return "sh -c " + quoted("echo \"$SSH_CONNECTION\"");
    }

    private static String quoted(String word) {
        if (word.indexOf('\'') >= 0) {
            throw new IllegalArgumentException(word); // check() lets none through
        }
        return "'" + word + "'";
    }
}
