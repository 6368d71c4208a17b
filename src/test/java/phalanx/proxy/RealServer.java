package phalanx.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program of somebody else's, started for one test and ended with it, and with it all that it started itself. */
final class RealServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final Process process;
    private final Path output;

    RealServer(Path folder, String... command) throws IOException {
        output = Files.createTempFile(folder, "program", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("TMPDIR", folder.toString());
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        process = builder.start();
    }

    /** Where a program is. Without it the test is skipped, or fails where PHALANX_CI is set. */
    static String program(String name, String packages) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/usr/bin").split(":", -1)) {
            String[] found = new File(folder).list((_, file) -> file.matches(name));
            if (found != null && found.length > 0) {
                return folder + "/" + found[0];
            }
        }
        boolean needed = System.getenv("PHALANX_CI") != null;
        String missing = (needed ? "" : "SKIPPED: ") + name + " is not installed (apt-get install " + packages + ")";
        System.err.println(missing);
        return needed ? fail(missing) : Assumptions.abort(missing);
    }

    /** A port that nobody has at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits for what must come to be. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        long begun = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionError("Not within " + PATIENCE_SECONDS + " seconds: " + what);
            }
            Thread.sleep(20);
        }
    }

    void awaitPort(int port) throws Exception {
        await("port " + port + " is open", () -> {
            assertTrue(process.isAlive(), Files.readString(output));
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException _) {
                return false;
            }
        });
    }

    /** Waits until a program has done its work; what it wrote. */
    String awaitEnd() throws Exception {
        await("a program ends", () -> !process.isAlive());
        return Files.readString(output);
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        ended(process.toHandle()).destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(RealServer::ended);
    }

    private static ProcessHandle ended(ProcessHandle one) {
        return one.onExit()
                .completeOnTimeout(one, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
