package phalanx.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongUnaryOperator;
import phalanx.capture.CaptureWriter;
import phalanx.decode.Wire;

/**
 * A path of capture points with a router between each two, for tests: packets are sent, faults are put between the points, each
 * point writes what it saw by its own clock. The fault put in is the diagnosis expected.
 */
final class TestNetwork {
    static final long MS = 1_000_000, BEGIN = 1_795_228_941_000_000_000L;

    private final LongUnaryOperator[] clocks;
    private final List<List<Seen>> seen = new ArrayList<>();
    private final int points;
    private int ids = 100;
    private int snaplen = 65535;

    private record Seen(long time, long stamp, byte[] frame) {}

    TestNetwork(int points) {
        this.points = points;
        clocks = new LongUnaryOperator[points];
        Arrays.fill(clocks, LongUnaryOperator.identity());
        for (int i = 0; i < points; i++) {
            seen.add(new ArrayList<>());
        }
    }

    TestNetwork clock(int point, LongUnaryOperator clock) {
        clocks[point] = clock;
        return this;
    }

    TestNetwork snaplen(int bytes) {
        snaplen = bytes;
        return this;
    }

    /** What happens to a packet between two points; the default is 3 ms and on it goes. */
    interface Fault {
        Fault NONE = new Fault() {};

        /** Whether the packet is lost in the segment between the points {@code nearer} and {@code nearer + 1}. */
        default boolean drops(int nearer) {
            return false;
        }

        default boolean doubles(int nearer) {
            return false;
        }

        /** Nanoseconds more than usual. */
        default long delays(int nearer) {
            return 0;
        }

        /** Changes the packet for the points that lie behind the one given. */
        default void rewrites(Wire wire, int point) {}
    }

    static Fault drop(int segment) {
        return new Fault() {
            @Override
            public boolean drops(int nearer) {
                return nearer == segment;
            }
        };
    }

    static Fault twice(int segment) {
        return new Fault() {
            @Override
            public boolean doubles(int nearer) {
                return nearer == segment;
            }
        };
    }

    static Fault late(int segment, long nanos) {
        return new Fault() {
            @Override
            public long delays(int nearer) {
                return nearer == segment ? nanos : 0;
            }
        };
    }

    /** Sends a packet from one end, with an identification of its own; returns when it arrives (or would have). */
    long send(boolean toServer, long time, Wire wire, Fault fault) {
        return send(toServer, toServer ? 0 : points - 1, time, wire.id(ids++), fault);
    }

    /** Sends a packet that first appears at that point. */
    long send(boolean toServer, int from, long time, Wire wire, Fault fault) {
        long now = time;
        int copies = 1;
        int step = toServer ? 1 : -1;
        for (int point = from; point >= 0 && point < points; point += step) {
            fault.rewrites(wire, point);
            byte[] frame = wire.ttl(64 - Math.abs(point - from)).frame();
            for (int copy = 0; copy < copies; copy++) {
                seen.get(point)
                        .add(new Seen(now + copy * 100_000L, clocks[point].applyAsLong(now + copy * 100_000L), frame));
            }
            int nearer = toServer ? point : point - 1;
            if (fault.drops(nearer)) {
                return now;
            }
            copies += fault.doubles(nearer) ? 1 : 0;
            now += 3 * MS + (time / 7 % 40_000) + fault.delays(nearer);
        }
        return now;
    }

    /** One point sees the packet as it is; no other does. */
    void passes(int point, long time, Wire wire) {
        seen.get(point).add(new Seen(time, clocks[point].applyAsLong(time), wire.frame()));
    }

    /** What is done with each of the {@code count} data segments of a download, by number. */
    interface Script {
        Fault at(int segment);
    }

    /** A handshake and a download of full segments, one acknowledged each 4 ms, losses sent again. Returns the end. */
    long download(long begin, int count, Script script) {
        long t = begin;
        t = send(true, t, Wire.tcp().flags(2).seq(1000, 0).options(2, 4, 5, 180), Fault.NONE);
        t = send(
                false,
                t,
                Wire.tcp().hosts(2, 1).ports(80, 4000).flags(18).seq(5000, 1001).options(2, 4, 5, 180),
                Fault.NONE);
        t = send(true, t, Wire.tcp().flags(16).seq(1001, 5001), Fault.NONE);
        send(true, t, Wire.tcp().flags(24).seq(1001, 5001).payload(new byte[60]), Fault.NONE);
        t += 20 * MS;
        for (int i = 0; i < count; i++) {
            int sequence = 5001 + i * 1000;
            Fault fault = script.at(i);
            send(false, t, data(sequence), fault);
            boolean lost = false;
            for (int segment = 0; segment < points - 1; segment++) {
                lost |= fault.drops(segment);
            }
            if (lost) {
                send(false, t + 220 * MS, data(sequence), Fault.NONE);
            }
            send(true, t + 15 * MS, Wire.tcp().flags(16).seq(1061, sequence + 1000), Fault.NONE);
            t += 4 * MS;
        }
        return t + 300 * MS;
    }

    private static Wire data(int sequence) {
        byte[] payload = new byte[1000];
        Arrays.fill(payload, (byte) sequence);
        return Wire.tcp()
                .hosts(2, 1)
                .ports(80, 4000)
                .flags(24)
                .seq(sequence, 1061)
                .payload(payload);
    }

    /** The point's capture holds every frame twice. */
    void mirror(int point) {
        List<Seen> twice = new ArrayList<>();
        for (Seen one : seen.get(point)) {
            twice.add(one);
            twice.add(new Seen(one.time() + 20_000, one.stamp() + 20_000, one.frame()));
        }
        seen.set(point, twice);
    }

    /** Takes every so manieth frame out of a point's capture. */
    void forget(int point, int every) {
        List<Seen> kept = new ArrayList<>();
        for (int i = 0; i < seen.get(point).size(); i++) {
            if (i % every != every - 1) {
                kept.add(seen.get(point).get(i));
            }
        }
        seen.set(point, kept);
    }

    /** Writes a capture for each point; {@code p1}, {@code p2} and so on, from the client's side. */
    List<Path> captures(Path folder) {
        List<Path> files = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            CaptureWriter writer = CaptureWriter.pcap(ByteOrder.LITTLE_ENDIAN, true, 1);
            // By true time, as the machine saw them; a stepping clock makes stamps that go back.
            List<Seen> sorted = new ArrayList<>(seen.get(point));
            sorted.sort(Comparator.comparingLong(Seen::time));
            for (Seen one : sorted) {
                writer.frame(
                        one.stamp(),
                        Arrays.copyOf(one.frame(), Math.min(snaplen, one.frame().length)),
                        one.frame().length);
            }
            try {
                files.add(Files.write(folder.resolve("p" + (point + 1) + ".pcap"), writer.bytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }
}
