package phalanx.capture.remote;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import phalanx.capture.CaptureFile;
import phalanx.capture.FrameCursor;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Numbered datagrams on the loopback interface, and what is read of them. */
final class Datagrams implements AutoCloseable {
    static final long PATIENCE_MILLIS = 20_000;
    private static final int SIZE = 100;

    private final int port;
    private final DatagramSocket socket;
    private int next;

    Datagrams(int port) throws IOException {
        this.port = port;
        socket = new DatagramSocket();
    }

    /** Sends the next ones. */
    void send(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] payload = "%0100d".formatted(next++).getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(payload, SIZE, InetAddress.getLoopbackAddress(), port));
            if (i % 50 == 49) {
                sleep(1);
            }
        }
    }

    int sent() {
        return next;
    }

    /** Their numbers, in the order of a file, which must be whole. */
    static List<Integer> read(Path file) {
        List<Integer> numbers = new ArrayList<>();
        try (FrameCursor cursor = ok(CaptureFile.open(file))) {
            while (cursor.next()) {
                int end = cursor.start() + cursor.captured();
                numbers.add(Integer.parseInt(new String(cursor.bytes(), end - SIZE, SIZE, StandardCharsets.US_ASCII)));
            }
            assertTrue(cursor.problems().isEmpty(), () -> cursor.problems().toString());
        }
        return numbers;
    }

    static <T> T ok(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Failed<T>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    static Problem problem(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Ok<?>(Object value) -> throw new AssertionError("worked: " + value);
            case Outcome.Failed<?>(Problem problem) -> problem;
        };
    }

    static void await(String what, BooleanSupplier happened) {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!happened.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, () -> "it did not happen in time: " + what);
            sleep(10);
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
