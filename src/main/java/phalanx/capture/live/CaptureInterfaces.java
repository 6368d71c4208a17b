package phalanx.capture.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The interfaces of this machine. Needs no right; any thread, may take some milliseconds. */
public final class CaptureInterfaces {
    /** The operating system does not tell its interfaces. */
    public static final String NOT_LISTED = "PHX-1602";
    /** No interface of that name. */
    public static final String UNKNOWN = "PHX-1603";

    private CaptureInterfaces() {}

    /** Those in use first, in the operating system's order. */
    public static Outcome<List<CaptureInterface>> list() {
        try {
            List<CaptureInterface> all = new ArrayList<>();
            if (LibPcap.problem() == null) {
                for (PcapNetworkInterface one : Pcaps.findAllDevs()) {
                    all.add(of(one));
                }
            } else {
                for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                    all.add(of(one));
                }
            }
            all.sort(Comparator.comparing(one -> !one.up()));
            return Outcome.ok(all);
        } catch (PcapNativeException | SocketException e) {
            return Outcome.failed(new Problem(
                    NOT_LISTED,
                    "The interfaces of this machine cannot be listed (" + e.getMessage() + ").",
                    "Try as another user; captures in files are read all the same."));
        }
    }

    /** The one of that name. */
    public static Outcome<CaptureInterface> find(String name) {
        return list().then(all -> all.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .<Outcome<CaptureInterface>>map(Outcome::ok)
                .orElseGet(() -> Outcome.failed(new Problem(
                        UNKNOWN,
                        "There is no interface " + name + " on this machine.",
                        "It has "
                                + String.join(
                                        ", ",
                                        all.stream()
                                                .filter(CaptureInterface::up)
                                                .map(CaptureInterface::name)
                                                .toList())
                                + "; phalanx interfaces lists them all."))));
    }

    private static CaptureInterface of(PcapNetworkInterface one) {
        return new CaptureInterface(
                one.getName(),
                Objects.requireNonNullElse(one.getDescription(), ""),
                one.getAddresses().stream()
                        .map(PcapAddress::getAddress)
                        .filter(Objects::nonNull)
                        .map(InetAddress::getHostAddress)
                        .toList(),
                one.isUp() || one.getName().equals("any"),
                one.isLoopBack(),
                octets(one.getName()));
    }

    private static CaptureInterface of(NetworkInterface one) throws SocketException {
        String description = Objects.requireNonNullElse(one.getDisplayName(), "");
        return new CaptureInterface(
                one.getName(),
                description.equals(one.getName()) ? "" : description,
                one.inetAddresses().map(InetAddress::getHostAddress).toList(),
                one.isUp(),
                one.isLoopback(),
                octets(one.getName()));
    }

    /** From Linux's {@code /sys/class/net}. */
    private static long octets(String name) {
        Path counts = Path.of("/sys/class/net").resolve(name.replace('/', '_')).resolve("statistics");
        try {
            return count(counts.resolve("rx_bytes")) + count(counts.resolve("tx_bytes"));
        } catch (IOException | NumberFormatException _) {
            return -1;
        }
    }

    private static long count(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }
}
