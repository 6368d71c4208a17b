package phalanx.capture.live;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;
import phalanx.run.Problem;

/** Capture filters in libpcap's language (pcap-filter(7)), checked by libpcap itself before anything is captured. Any thread. */
public final class CaptureFilter {
    /** libpcap does not understand the filter. */
    public static final String WRONG = "PHX-1604";
    /** Longer is no filter that a person wrote; compiling takes time and memory by its length. */
    private static final int LONGEST = 8192;

    private static final int WHOLE = 65_535;

    private CaptureFilter() {}

    /**
     * What is wrong with a filter; null for a valid one, an empty one, and when libpcap is not there to tell.
     *
     * @param filter never run, only compiled
     */
    public static @Nullable Problem check(String filter) {
        if (filter.isBlank() || LibPcap.problem() != null) {
            return null;
        }
        if (filter.length() > LONGEST) {
            return wrong(filter.substring(0, 40) + "...", "more than " + LONGEST + " characters");
        }
        try {
            PcapHandle nothing = Pcaps.openDead(DataLinkType.EN10MB, WHOLE);
            try {
                nothing.compileFilter(filter, BpfProgram.BpfCompileMode.OPTIMIZE, anywhere())
                        .free();
            } finally {
                nothing.close();
            }
            return null;
        } catch (PcapNativeException e) {
            return wrong(filter, Objects.requireNonNullElse(e.getMessage(), "").replaceFirst("^can't parse .*?: ", ""));
        } catch (NotOpenException e) {
            throw new IllegalStateException(e); // it was opened above
        }
    }

    private static Inet4Address anywhere() {
        try {
            return (Inet4Address) InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    private static Problem wrong(String filter, String why) {
        return new Problem(
                WRONG,
                "The capture filter \"" + filter + "\" is not understood: " + why + ".",
                "It is in libpcap's language, not a display filter: host 10.0.0.1 and tcp port 443, vlan 12, not port 22.");
    }
}
