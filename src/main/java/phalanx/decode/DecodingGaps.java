package phalanx.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import phalanx.run.Problem;

/** Counts the frames of a capture that could not be understood, and says so. One thread while it is filled. */
public final class DecodingGaps {
    /** The file has frames, none of them IP. */
    public static final String NO_IP = "PHX-1101";
    /** Frames of link types that are not decoded. */
    public static final String UNKNOWN_LINK_TYPE = "PHX-1102";
    /** Frames whose headers contradict themselves or were cut. */
    public static final String UNDECODABLE = "PHX-1103";

    private static final int MOST_LINK_TYPES = 64;

    private final long[] fits = new long[FrameView.Fit.values().length];
    private final Set<Integer> unknown = new TreeSet<>();
    private long frames;

    /** Takes what became of a frame. */
    public void note(FrameView.Fit fit, int linkType) {
        frames++;
        fits[fit.ordinal()]++;
        if (fit == FrameView.Fit.UNKNOWN_LINK_TYPE && unknown.size() < MOST_LINK_TYPES) {
            unknown.add(linkType);
        }
    }

    private long count(FrameView.Fit fit) {
        return fits[fit.ordinal()];
    }

    /** @param name of the file, for people */
    public List<Problem> problems(String name) {
        List<Problem> problems = new ArrayList<>();
        if (!unknown.isEmpty()) {
            problems.add(new Problem(
                    UNKNOWN_LINK_TYPE,
                    "%s has %,d frames of link types that are not decoded (LINKTYPE %s)."
                            .formatted(name, count(FrameView.Fit.UNKNOWN_LINK_TYPE), unknown),
                    "They are left out; capture on an Ethernet, cooked or IP interface to have them."));
        }
        long undecodable = count(FrameView.Fit.MALFORMED) + count(FrameView.Fit.TRUNCATED);
        if (undecodable > 0) {
            problems.add(new Problem(
                    UNDECODABLE,
                    "%s has %,d frames whose headers are cut or contradict themselves.".formatted(name, undecodable),
                    "They are left out; a snaplen of 128 or more keeps all headers."));
        }
        if (count(FrameView.Fit.IP) + count(FrameView.Fit.FRAGMENT) == 0) {
            problems.add(new Problem(
                    NO_IP,
                    frames == 0
                            ? name + " holds no frames."
                            : "%s holds %,d frames, none of them IP.".formatted(name, frames),
                    "Check the interface and the filter it was captured with."));
        }
        return problems;
    }
}
