package phalanx.proxy.discover;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import phalanx.proxy.transport.Worker;

/** Reads servers from the lines of a file, and again within a second of a change. The disk is read on a thread of its own. */
final class FileDiscovery implements Discovery {
    private static final long LARGEST = 1 << 20;

    private final Path file;
    private final Worker worker;
    private final Consumer<List<Found>> found;
    private final ScheduledFuture<?> polling;
    private String last = "";

    FileDiscovery(Path file, Worker worker, EventExecutor disk, Consumer<List<Found>> found) {
        this.file = file;
        this.worker = worker;
        this.found = found;
        this.polling = disk.scheduleWithFixedDelay(this::poll, 0, 1, TimeUnit.SECONDS);
    }

    private void poll() {
        try {
            String text = Files.size(file) > LARGEST ? "" : Files.readString(file, StandardCharsets.UTF_8);
            if (text.equals(last)) {
                return;
            }
            List<Found> servers = resolved(text);
            if (!servers.isEmpty()) { // a file that is just being written empties nothing
                last = text;
                worker.loop().execute(() -> found.accept(servers));
            }
        } catch (IOException _) {
            // what was found before goes on to count
        }
    }

    private static List<Found> resolved(String text) {
        List<Found> servers = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int comment = line.indexOf('#');
            String words = comment < 0 ? line : line.substring(0, comment);
            if (!words.isBlank()) {
                Named.read(words).flatMap(FileDiscovery::resolve).ifPresent(servers::add);
            }
        }
        return servers;
    }

    /** Asks the system for a name's address; blocks. */
    static Optional<Found> resolve(Named named) {
        try {
            InetSocketAddress address = new InetSocketAddress(
                    InetAddress.getByName(named.name().host()), named.name().port());
            return Optional.of(new Found(named.name(), address, named.weight()));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        polling.cancel(false);
    }
}
