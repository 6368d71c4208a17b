package phalanx.capture.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phalanx.capture.live.CaptureInterface;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;

/** The interfaces of another machine, as dumpcap lists them for programs, else as tcpdump does for people. Any thread. */
final class SshInterfaces {
    /** {@code dumpcap -D -M}: number, name, vendor, friendly name, kind, addresses, network or loopback. */
    private static final Pattern DUMPCAP =
            Pattern.compile("\\d+\\. ([^\\t]*)\\t[^\\t]*\\t([^\\t]*)\\t\\d+\\t([^\\t]*)\\t([^\\t]*).*");
    /** {@code tcpdump -D}: {@code 2.any (all interfaces) [Up, Running]}. */
    private static final Pattern TCPDUMP = Pattern.compile("\\d+\\.(\\S+)(?: \\(([^)]*)\\))?(?: \\[([^]]*)])?.*");

    private SshInterfaces() {}

    static Outcome<List<CaptureInterface>> list(HopAddress.Ssh at, SshLine line) {
        try {
            List<CaptureInterface> all =
                    dumpcap(line.answer(RemoteCommand.line(List.of("dumpcap", "-D", "-M")), SshLine.TOLD_WITHIN));
            if (all.isEmpty()) {
                all = tcpdump(line.answer(RemoteCommand.line(List.of("tcpdump", "-D")), SshLine.TOLD_WITHIN));
            }
            return all.isEmpty() ? Outcome.failed(RemoteProblems.noTool(at)) : Outcome.ok(all);
        } catch (IOException e) {
            return Outcome.failed(RemoteProblems.unreachable(at, String.valueOf(e.getMessage())));
        }
    }

    /** That it is up is not said: dumpcap leaves out what is down. */
    static List<CaptureInterface> dumpcap(String listed) {
        List<CaptureInterface> all = new ArrayList<>();
        for (String line : listed.lines().toList()) {
            Matcher one = DUMPCAP.matcher(line);
            if (one.matches()) {
                String addresses = ForeignText.name(one.group(3));
                all.add(new CaptureInterface(
                        ForeignText.name(one.group(1)),
                        ForeignText.name(one.group(2)),
                        addresses.isEmpty() ? List.of() : List.of(addresses.split(",", -1)),
                        true,
                        one.group(4).equals("loopback"),
                        -1));
            }
        }
        return all;
    }

    static List<CaptureInterface> tcpdump(String listed) {
        List<CaptureInterface> all = new ArrayList<>();
        for (String line : listed.lines().toList()) {
            Matcher one = TCPDUMP.matcher(line);
            if (one.matches()) {
                String flags = one.group(3) == null ? "" : one.group(3);
                all.add(new CaptureInterface(
                        ForeignText.name(one.group(1)),
                        one.group(2) == null ? "" : ForeignText.name(one.group(2)),
                        List.of(),
                        flags.contains("Up"),
                        flags.contains("Loopback"),
                        -1));
            }
        }
        return all;
    }
}
