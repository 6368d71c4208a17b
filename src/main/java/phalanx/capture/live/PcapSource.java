package phalanx.capture.live;

import java.io.IOException;
import java.sql.Timestamp;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.RawPacketListener;
import phalanx.run.Outcome;

/** Captures in this process, which has the right to. */
final class PcapSource implements FrameSource {
    private static final int WAIT_MILLIS = 50;
    private static final int LONGEST_REST_MILLIS = 500, AT_ONCE = 1_000;
    /** libpcap's own numbers that are not LINKTYPE numbers (pcap-linktype(7)). */
    private static final int DLT_RAW = 12, LINKTYPE_RAW = 101;

    private final CaptureOptions options;
    private final PcapHandle handle;
    private final int linkType;
    private volatile boolean stopped;
    private volatile boolean over;
    private volatile long dropped;

    private PcapSource(CaptureOptions options, PcapHandle handle) {
        this.options = options;
        this.handle = handle;
        int dlt = handle.getDlt().value();
        linkType = dlt == DLT_RAW ? LINKTYPE_RAW : dlt;
    }

    /** Failed when libpcap is missing, and when this process may not capture. */
    static Outcome<FrameSource> open(CaptureOptions options) {
        if (LibPcap.problem() != null) {
            return Outcome.failed(Objects.requireNonNull(LibPcap.problem()));
        }
        try {
            PcapHandle handle = new PcapHandle.Builder(options.device())
                    .snaplen(options.snaplen())
                    .promiscuousMode(
                            options.promiscuous() ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
                    .timeoutMillis(WAIT_MILLIS)
                    .bufferSize(options.bufferBytes())
                    .timestampPrecision(PcapHandle.TimestampPrecision.NANO)
                    .build();
            try {
                handle.setFilter(options.filter(), BpfProgram.BpfCompileMode.OPTIMIZE);
            } catch (PcapNativeException | NotOpenException e) {
                handle.close();
                throw e;
            }
            return Outcome.ok(new PcapSource(options, handle));
        } catch (PcapNativeException | NotOpenException e) {
            return Outcome.failed(CaptureProblems.of(options.device(), String.valueOf(e.getMessage())));
        }
    }

    @Override
    public String name() {
        return "libpcap";
    }

    @Override
    public Outcome<Boolean> run(FrameReceiver to) throws IOException {
        Taking taking = new Taking(to);
        try {
            handle.loop(-1, taking);
        } catch (InterruptedException _) {
            rest(taking); // this is how the binding tells that the loop was broken off
            return taken(taking);
        } catch (PcapNativeException | NotOpenException e) {
            if (!stopped && taking.fault == null) {
                return Outcome.failed(CaptureProblems.of(options.device(), String.valueOf(e.getMessage())));
            }
        } finally {
            count();
            over = true;
            handle.close();
        }
        return taken(taking);
    }

    /** Takes what came before the end and waits in the kernel, which hands it on a block at a time. */
    private void rest(Taking taking) {
        long begin = System.nanoTime();
        try {
            handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
            for (long millis = 0; millis < LONGEST_REST_MILLIS && taking.fault == null; ) {
                int taken = handle.dispatch(AT_ONCE, taking);
                millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                if (taken == 0) {
                    if (millis > 2 * WAIT_MILLIS) {
                        return;
                    }
                    Thread.sleep(WAIT_MILLIS / 5);
                }
            }
        } catch (InterruptedException | PcapNativeException | NotOpenException _) {
            // nothing more is to be had
        }
    }

    private static Outcome<Boolean> taken(Taking taking) throws IOException {
        return switch (taking.fault) {
            case null -> Outcome.ok(true);
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(taking.fault);
        };
    }

    /** Hands frames on; what the receiver throws must not pass through native code. */
    private final class Taking implements RawPacketListener {
        private final FrameReceiver to;
        private @Nullable Throwable fault;

        Taking(FrameReceiver to) {
            this.to = to;
        }

        @Override
        public void gotPacket(byte[] frame) {
            if (fault != null) {
                return;
            }
            Timestamp at = handle.getTimestamp();
            long nanos = Math.floorDiv(at.getTime(), 1000L) * 1_000_000_000L + at.getNanos();
            try {
                to.frame(linkType, nanos, frame, 0, frame.length, handle.getOriginalLength());
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                fault = e;
                stop();
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
        try {
            handle.breakLoop();
        } catch (NotOpenException _) {
            over = true;
        }
    }

    @Override
    public long dropped() {
        if (!over) {
            count();
        }
        return dropped;
    }

    private void count() {
        try {
            var counts = handle.getStats();
            dropped = counts.getNumPacketsDropped() + counts.getNumPacketsDroppedByIf();
        } catch (PcapNativeException | NotOpenException _) {
            over = true; // the last count stands
        }
    }
}
