package phalanx.capture.remote;

import java.util.Locale;
import phalanx.run.ForeignText;
import phalanx.run.Problem;

/** What goes wrong on the way to another machine and there. Any thread. */
final class RemoteProblems {
    /** Nobody let us in. */
    static final String NOT_LET_IN = "PHX-1613";
    /** There is no way there. */
    static final String UNREACHABLE = "PHX-1614";
    /** Nothing there captures. */
    static final String NOT_STARTED = "PHX-1615";
    /** The line was cut and did not come back. */
    static final String CUT = "PHX-1616";

    private RemoteProblems() {}

    static Problem unreachable(HopAddress at, String why) {
        return new Problem(
                UNREACHABLE,
                at + " cannot be reached (" + ForeignText.name(why) + ").",
                "Check name, port and firewall; nothing was captured there.");
    }

    static Problem cut(HopAddress at, long seconds, String why) {
        return new Problem(
                CUT,
                "The line to " + at + " was cut and did not come back within " + seconds + " s ("
                        + ForeignText.name(why) + ").",
                "What was captured until then is kept. Start again when the machine can be reached.");
    }

    /** @param said the tool's complaint, of which the first line that says something is told */
    static Problem notStarted(HopAddress at, String tool, String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("permission") || lower.contains("not permitted") || lower.contains("password is required")) {
            return new Problem(
                    NOT_STARTED,
                    "Your user there may not capture on " + at + ".",
                    "On that machine: let the user join the group wireshark (usermod -aG wireshark NAME), or run tcpdump by sudo"
                            + " without a password.");
        }
        return new Problem(
                NOT_STARTED,
                "Nothing can be captured on " + at + " (" + tool + ": " + firstLine(said) + ").",
                "phalanx interfaces with the address of the machine lists them.");
    }

    /** @param what an agent said, as {@code remedy} */
    static Problem refused(HopAddress at, String what, String remedy) {
        return new Problem(
                NOT_STARTED,
                "The agent of " + at + " does not capture: " + ForeignText.name(what),
                ForeignText.name(remedy));
    }

    static Problem noTool(HopAddress at) {
        return new Problem(
                NOT_STARTED,
                "Nothing can be captured on " + at + ": neither dumpcap nor tcpdump is there.",
                "Install one of them on that machine.");
    }

    static Problem ended(HopAddress at, String tool, String said) {
        return new Problem(
                CUT,
                "Capturing on " + at + " ended there (" + tool + ": " + firstLine(said) + ").",
                "What was captured until then is kept. Start again when its cause is mended.");
    }

    /** @param frames that the agent had captured */
    static Problem rest(HopAddress at, long frames) {
        return new Problem(
                CUT,
                "The rest of the capture on " + at + " did not arrive in time: " + frames + " packets.",
                "They are counted as lost; what came before is kept. Over a slow line capture less of each packet, or filter.");
    }

    /** The rest of a capture that nobody can count. */
    static Problem rest(HopAddress at) {
        return new Problem(
                CUT,
                "The rest of the capture on " + at + " may be missing: the line did not end in time.",
                "What came before is kept. Over a slow line capture less of each packet, or filter.");
    }

    private static String firstLine(String said) {
        return said.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("Capturing on") && !line.startsWith("File:"))
                .findFirst()
                .map(ForeignText::name)
                .orElse("no reason was given");
    }
}
