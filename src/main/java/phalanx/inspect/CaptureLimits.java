package phalanx.inspect;

import java.util.ArrayList;
import java.util.List;
import phalanx.capture.CaptureSummary;
import phalanx.run.ForeignText;
import phalanx.run.Problem;

/** Says up front what a capture cannot tell, and why. */
final class CaptureLimits {
    /** Frames that are in the file twice. */
    static final String DUPLICATES = "PHX-1201";
    /** Frames cut by the snaplen. */
    static final String SNAPPED = "PHX-1202";
    /** Streams of which one side is missing. */
    static final String ONE_DIRECTION = "PHX-1203";
    /** Streams that began before the capture. */
    static final String NO_HANDSHAKE = "PHX-1204";
    /** Stamps that go back. */
    static final String CLOCK_BACK = "PHX-1205";
    /** Packets lost by the capturing machine. */
    static final String DROPS = "PHX-1206";
    /** Segments that never were on a wire like this. */
    static final String OFFLOAD = "PHX-1207";
    /** Frames that the file says are shorter than their IP header does. */
    static final String LENGTHS = "PHX-1208";
    /** More streams, conversations or fragments than memory is set aside for. */
    static final String CAPS = "PHX-1209";

    private final String name;
    private final List<Problem> problems = new ArrayList<>();

    CaptureLimits(String name) {
        this.name = name;
    }

    List<Problem> problems() {
        return problems;
    }

    private void add(String code, long frame, String remedy, String what) {
        problems.add(new Problem(code, name + " " + what, remedy, -1, frame));
    }

    void duplicates(long copies, long frames, long first) {
        if (copies > 0) {
            add(
                    DUPLICATES,
                    first,
                    "They are left out of streams and counts of protocols, where they would pass for retransmissions; a mirror port that"
                            + " copies one direction only, or one interface, avoids them.",
                    "holds %,d of its %,d frames twice (the same IP packet once more within 150 ms)."
                            .formatted(copies, frames));
        }
    }

    void summary(CaptureSummary summary) {
        if (summary.truncated() > 0) {
            add(
                    SNAPPED,
                    -1,
                    "Counts and TCP figures hold; contents, response times and checksums may be missing. Capture without a snaplen to"
                            + " have them.",
                    "has %,d of %,d frames cut short when they were captured."
                            .formatted(summary.truncated(), summary.frames()));
        }
        for (CaptureSummary.Interface one : summary.interfaces()) {
            if (one.drops() > 0) {
                add(
                        DROPS,
                        -1,
                        "Missing segments may have been lost there and not in the network; capture with a larger buffer (tcpdump -B) or a"
                                + " filter.",
                        "misses %,d packets that the capturing machine itself dropped on %s."
                                .formatted(
                                        one.drops(),
                                        one.name().isEmpty() ? "interface " + one.id() : ForeignText.name(one.name())));
            }
        }
    }

    void clockBack(long times, long firstFrame) {
        if (times > 0) {
            add(
                    CLOCK_BACK,
                    firstFrame,
                    "Times between such frames are wrong; reordercap sorts a file whose frames were only written in the wrong order.",
                    "goes back in time %,d times, first at frame %,d.".formatted(times, firstFrame));
        }
    }

    void streams(List<TcpStream> streams) {
        long oneSided = 0;
        long begun = 0;
        long oversized = 0;
        long beyond = 0;
        for (TcpStream stream : streams) {
            oneSided += stream.fromA().packets() == 0 || stream.fromB().packets() == 0 ? 1 : 0;
            begun += stream.sawSyn() ? 0 : 1;
            oversized += stream.oversized();
            beyond += stream.beyondFrame().size() > 0 ? 1 : 0;
        }
        if (oneSided > 0) {
            add(
                    ONE_DIRECTION,
                    -1,
                    "No round trip can be measured in them; capture where both directions pass, or look whether the other side was silent.",
                    "shows one direction only of %,d of its %,d TCP streams.".formatted(oneSided, streams.size()));
        }
        if (begun > 0) {
            add(
                    NO_HANDSHAKE,
                    -1,
                    "Their window scale, MSS and handshake time are unknown; start the capture before the connections.",
                    "was started after %,d of its %,d TCP streams.".formatted(begun, streams.size()));
        }
        if (oversized > 0) {
            add(
                    OFFLOAD,
                    -1,
                    "They were captured inside a host, before or behind its network card; on the wire they were several. Turn it off"
                            + " (ethtool -K DEV gro off tso off) to see single packets.",
                    "has %,d segments larger than the receiver's MSS: joined by segmentation offload."
                            .formatted(oversized));
        }
        if (beyond > 0) {
            add(
                    LENGTHS,
                    -1,
                    "The IP headers are believed: the frames were cut by a tool that did not keep their length.",
                    "holds frames that are shorter by its own word than their IP headers say, in %,d TCP streams."
                            .formatted(beyond));
        }
    }

    void caps(Applications applications) {
        long times =
                applications.dns().times().left() + applications.http().times().left();
        if (times > 0) {
            add(
                    CAPS,
                    -1,
                    "Messages are all counted; split the capture by time to list more (editcap -i).",
                    "has %,d more response times than are listed.".formatted(times));
        }
        if (applications.quic().unopened() > 0) {
            add(
                    CAPS,
                    -1,
                    "Packets are all counted; split the capture by time to see more server names (editcap -i).",
                    "has %,d more QUIC Initial packets than are opened."
                            .formatted(applications.quic().unopened()));
        }
    }

    void caps(long segments, long datagrams, long fragments) {
        if (segments > 0) {
            add(
                    CAPS,
                    -1,
                    "Give Java more memory to follow all: PHALANX_JAVA_OPTS=-Xmx8g.",
                    "has more TCP streams than memory is set aside for: %,d segments are counted as frames only."
                            .formatted(segments));
        }
        if (datagrams > 0) {
            add(
                    CAPS,
                    -1,
                    "Give Java more memory to follow all: PHALANX_JAVA_OPTS=-Xmx8g.",
                    "has more UDP conversations than memory is set aside for: %,d datagrams belong to none."
                            .formatted(datagrams));
        }
        if (fragments > 0) {
            add(
                    CAPS,
                    -1,
                    "What such packets carried is not known; a flood of fragments, or their rest was not captured.",
                    "has %,d fragmented packets that never became whole.".formatted(fragments));
        }
    }
}
