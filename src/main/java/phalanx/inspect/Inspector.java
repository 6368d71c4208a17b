package phalanx.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import phalanx.capture.CaptureFile;
import phalanx.capture.CaptureSummary;
import phalanx.capture.FrameCursor;
import phalanx.decode.Bytes;
import phalanx.decode.DecodingGaps;
import phalanx.decode.FragmentAssembly;
import phalanx.decode.FrameView;
import phalanx.net.Transport;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;

/** Reads one capture from its first to its last frame and says what it shows. One instance a file, one thread. */
public final class Inspector {
    private static final int STRIDE = 1 << 14;
    private static final int SCTP = 132;

    private interface FrameVisit {
        void frame(FrameView.Fit fit, int conversation) throws IOException;
    }

    /** What a stream with its state costs, bytes; half the heap is for streams. */
    private static final int BYTES_A_STREAM = 900;

    /** More streams than this are a flood, whatever the heap. */
    private static final int MOST_STREAMS = 400_000;

    private final FragmentAssembly fragments = new FragmentAssembly();
    private final FrameView view = FrameView.ofDatagrams(fragments);
    private final DuplicateFrames copies = new DuplicateFrames();
    private final TunnelCounts tunnels = new TunnelCounts();
    private final IcmpCounts icmp = new IcmpCounts();
    private final IcmpCounts icmp6 = new IcmpCounts();
    private final NameLookups lookups = new NameLookups();
    private final Transactions transactions = new Transactions();
    private final Applications applications;
    private final TcpStreams tcp;
    private final UdpStreams udp;
    private final DecodingGaps gaps = new DecodingGaps();
    private int conversation;
    private long sctp;
    private long duplicates;
    private long firstDuplicate = -1;
    private long newest = Long.MIN_VALUE;
    private long timesBack;
    private long firstBack = -1;
    private long fragments4;
    private long fragments6;

    private Inspector(@Nullable FrameEvents events) {
        applications = new Applications(events, lookups);
        int limit = (int) Math.min(MOST_STREAMS, Runtime.getRuntime().maxMemory() / 2 / BYTES_A_STREAM);
        tcp = new TcpStreams(limit);
        udp = new UdpStreams(limit);
    }

    /**
     * @return failed only when not one byte of the file is readable as a capture
     * @throws Progress.Cancelled when the work was given up
     */
    public static Outcome<Inspection> inspect(Path file, Progress progress) {
        return CaptureFile.open(file).then(cursor -> {
            try (cursor) {
                return Outcome.ok(new Inspector(null).run(file, cursor, null, progress));
            }
        });
    }

    /** Told of every frame once it has been taken into account. */
    @FunctionalInterface
    public interface Visitor {
        /** @param fields of the frame, valid until this returns  @throws IOException when what is made of the frame cannot be written */
        void frame(FrameCursor cursor, PacketFields fields) throws IOException;

        /** Behind the last frame. @throws IOException as {@link #frame} */
        default void end(FrameCursor cursor) throws IOException {}
    }

    /**
     * As {@link #inspect}, telling a visitor frame by frame.
     *
     * @param follow asked at the end of the file whether more is to be waited for
     * @throws IOException what the visitor threw; reading ended there
     * @throws Progress.Cancelled when the work was given up
     */
    public static Outcome<Inspection> visit(Path file, BooleanSupplier follow, Visitor visitor, Progress progress)
            throws IOException {
        return switch (CaptureFile.open(file, follow)) {
            case Outcome.Failed<FrameCursor>(var problem) -> Outcome.failed(problem);
            case Outcome.Ok<FrameCursor>(var cursor) -> {
                try (cursor) {
                    FrameEvents events = new FrameEvents();
                    Inspector inspector = new Inspector(events);
                    PacketFields fields = new PacketFields(inspector.view, inspector.tcp, events);
                    FrameVisit visit = (fit, conversation) -> {
                        fields.aim(cursor, fit, conversation);
                        visitor.frame(cursor, fields);
                        fields.passed();
                        events.clear();
                    };
                    Inspection inspection = inspector.run(file, cursor, visit, progress);
                    visitor.end(cursor);
                    yield Outcome.ok(inspection);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        };
    }

    private Inspection run(Path file, FrameCursor cursor, @Nullable FrameVisit visit, Progress progress) {
        String name = String.valueOf(file.getFileName());
        while (cursor.next()) {
            FrameView.Fit fit = frame(cursor);
            if (visit != null) {
                tell(visit, fit);
            }
            if (cursor.frame() % STRIDE == 0) {
                progress.at("Reading " + name, cursor.consumed(), cursor.size());
                progress.stopIfCancelled();
            }
        }
        List<Problem> problems = new ArrayList<>(cursor.problems());
        for (TcpStream stream : tcp.all()) {
            TransactionClock clock = stream.clock();
            if (clock != null) {
                clock.finish(stream, transactions);
            }
        }
        CaptureSummary summary = cursor.summary();
        CaptureLimits limits = new CaptureLimits(name);
        limits.duplicates(duplicates, summary.frames(), firstDuplicate);
        limits.summary(summary);
        limits.clockBack(timesBack, firstBack);
        limits.streams(tcp.all());
        limits.caps(tcp.turnedAway(), udp.turnedAway(), fragments.dropped() + fragments.waiting());
        limits.caps(applications);
        boolean damaged = problems.stream().anyMatch(problem -> problem.code().equals(CaptureFile.DAMAGED));
        problems.addAll(gaps.problems(name));
        problems.addAll(limits.problems());
        return new Inspection(
                file,
                damaged ? Inspection.Status.PARTIAL : Inspection.Status.OK,
                summary,
                problems,
                duplicates,
                fragments4,
                fragments6,
                tunnels.byStack(),
                tcp.all(),
                udp.totals(),
                sctp,
                applications,
                transactions,
                icmp,
                icmp6);
    }

    private void tell(FrameVisit visit, FrameView.Fit fit) {
        try {
            visit.frame(fit, conversation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FrameView.Fit frame(FrameCursor cursor) {
        conversation = -1;
        FrameView.Fit fit = view.wrap(cursor);
        gaps.note(fit, cursor.linkType());
        if (cursor.timeNanos() < newest) {
            firstBack = timesBack++ == 0 ? cursor.frame() : firstBack;
        }
        newest = cursor.timeNanos();
        if (fit == FrameView.Fit.IP && copies.isCopy(cursor, view)) {
            firstDuplicate = duplicates++ == 0 ? cursor.frame() : firstDuplicate;
            if (view.hasTransport() && view.ip().protocol() == Transport.PROTOCOL_TCP) {
                tcp.copy(cursor, view);
            }
            return fit;
        }
        fragments4 += view.fragmented4() ? 1 : 0;
        fragments6 += view.fragmented6() ? 1 : 0;
        if (view.tunnels() > 0) {
            tunnels.add(view);
        }
        if (fit == FrameView.Fit.IP) {
            packet(cursor);
        }
        return fit;
    }

    private void packet(FrameCursor cursor) {
        Transport transport = Transport.ofProtocol(view.ip().protocol());
        if (transport == Transport.ICMP) {
            message(cursor);
            return;
        }
        if (!view.hasTransport() && transport != Transport.OTHER) {
            return;
        }
        sctp += view.ip().protocol() == SCTP ? 1 : 0;
        if (view.udp().count() > 0) {
            UdpStreams.UdpStream known = udp.datagram(cursor, view);
            conversation = known == null ? -1 : known.number();
            if (transport == Transport.UDP) {
                applications.datagram(cursor, view, conversation);
            }
        }
        if (transport == Transport.TCP && tcp.segment(cursor, view)) {
            TcpStream stream = Objects.requireNonNull(tcp.stream());
            boolean handshake = stream.content().inTlsHandshake();
            stream.content().segment(applications, stream, tcp.fromA(), view, cursor.frame(), cursor.timeNanos());
            timing(cursor, stream, handshake);
        }
    }

    private void timing(FrameCursor cursor, TcpStream stream, boolean handshake) {
        int flags = tcp.flags();
        int probing = TcpFlag.KEEP_ALIVE.bit() | TcpFlag.ZERO_WINDOW_PROBE.bit();
        if (view.payloadLength() <= 0 || (flags & probing) != 0) {
            return;
        }
        TransactionClock clock = stream.clock();
        if (clock == null) {
            clock = stream.startClock();
            lookups.used(stream, clock);
        }
        boolean again = (flags & TcpFlag.RETRANSMISSION.bit()) != 0;
        clock.data(stream, tcp.fromA(), handshake, again, cursor.frame(), cursor.timeNanos(), transactions);
    }

    private void message(FrameCursor cursor) {
        if (view.end() - view.transport() < 2
                || view.ip().fragmentOffset() > 0
                || view.ip().transportCut()) {
            return;
        }
        boolean v6 = view.ip().isV6();
        IcmpCounts counts = v6 ? icmp6 : icmp;
        int type = Bytes.u8(view.bytes(), view.transport());
        int code = Bytes.u8(view.bytes(), view.transport() + 1);
        counts.add(type, code);
        if (!view.hasTransport()) {
            return;
        }
        if (v6 && type == 2) {
            counts.addSize(cursor.frame(), Integer.toUnsignedLong(view.icmp().word()));
        } else if (!v6 && type == 3 && code == 4) {
            counts.addSize(cursor.frame(), view.icmp().word() & 0xFFFF);
        }
    }
}
