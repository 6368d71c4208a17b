package phalanx.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import phalanx.proxy.guard.client.BanText;
import phalanx.proxy.guard.client.Reputation;
import phalanx.proxy.transport.Workers;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/**
 * Keeps bans in a file: read at the start and at each reload, written within a second of a change and at the end. What somebody took out of
 * the file before a reload is lifted. Any thread; writes on the control's.
 */
final class BanFile implements AutoCloseable {
    static final String UNREADABLE = "PHX-5013";
    private static final long MOST_OCTETS = 32 << 20;
    private static final int MOST_TOLD = 5;

    private final Reputation reputation;
    private Optional<Path> file = Optional.empty();
    /** What the file said when it was read or written last. */
    private Map<InetAddress, Reputation.Ban> known = Map.of();

    private boolean told;

    BanFile(Reputation reputation, Workers workers) {
        this.reputation = reputation;
        workers.control().scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * What the file of a configuration holds.
     *
     * @param before what this program had written there, nothing for another file: what differs from it somebody changed
     */
    record Read(Optional<Path> file, Map<InetAddress, Reputation.Ban> bans, Map<InetAddress, Reputation.Ban> before) {}

    /** Reads the file that a configuration names, without effect. */
    synchronized Outcome<Read> read(ProxyConfig config) {
        Optional<Path> named = config.bans();
        Map<InetAddress, Reputation.Ban> before = named.equals(file) ? known : Map.of();
        if (named.isEmpty() || !Files.exists(named.get())) {
            return Outcome.ok(new Read(named, Map.of(), before));
        }
        try {
            long size = Files.size(named.get());
            if (size > MOST_OCTETS) {
                return unreadable(named.get(), "has " + size + " bytes, and " + MOST_OCTETS + " are read at the most");
            }
            BanText.Read read = BanText.read(Files.readAllLines(named.get(), StandardCharsets.UTF_8));
            if (!read.strange().isEmpty()) {
                tell(named.get(), read.strange());
            }
            return Outcome.ok(new Read(named, read.bans(), before));
        } catch (IOException e) {
            return unreadable(named.get(), "cannot be read: " + e.getMessage());
        }
    }

    private static Outcome<Read> unreadable(Path file, String why) {
        return Outcome.failed(new Problem(
                UNREADABLE,
                "The file of bans " + file + " " + why + ".",
                "Make it a readable file of bans, or name another in waf_bans."));
    }

    private static void tell(Path file, List<Integer> lines) {
        String numbers = lines.stream().limit(MOST_TOLD).map(String::valueOf).collect(Collectors.joining(", "));
        System.getLogger("phalanx.proxy")
                .log(
                        System.Logger.Level.WARNING,
                        "Of the bans in " + file + " " + (lines.size() == 1 ? "line " : "lines ") + numbers
                                + (lines.size() > MOST_TOLD ? " and " + (lines.size() - MOST_TOLD) + " more" : "")
                                + " cannot be read; the others hold. When bans change the file is written without them. "
                                + "Write: ADDRESS MILLISECONDS-SINCE-1970 REASON=TIMES");
    }

    /** Takes into force what somebody changed in the file, and keeps bans there from now on; what came since it was read stays. */
    synchronized void take(Read read) {
        Set<InetAddress> gone = new HashSet<>(read.before().keySet());
        gone.removeAll(read.bans().keySet());
        reputation.take(
                read.bans().values().stream()
                        .filter(ban -> !ban.equals(read.before().get(ban.network())))
                        .toList(),
                gone);
        if (!read.file().equals(file) || known.equals(read.before())) { // else it was written since
            known = read.bans();
        }
        file = read.file();
    }

    private void look() {
        try {
            reputation.expire();
            save();
        } catch (RuntimeException e) { // which would end the looking
            System.getLogger("phalanx.proxy").log(System.Logger.Level.ERROR, "bans met a fault of Phalanx itself", e);
        }
    }

    private synchronized void save() {
        if (file.isEmpty() || !reputation.changed()) {
            return;
        }
        List<Reputation.Ban> bans = reputation.bans();
        Path to = file.get();
        Path next = to.resolveSibling(to.getFileName() + ".new");
        try {
            Files.writeString(next, BanText.of(bans), StandardCharsets.UTF_8);
            Files.move(next, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            known = bans.stream().collect(Collectors.toMap(Reputation.Ban::network, ban -> ban));
            told = false;
        } catch (IOException e) {
            reputation.unsaved();
            if (!told) {
                told = true;
                System.getLogger("phalanx.proxy")
                        .log(System.Logger.Level.WARNING, "Bans cannot be kept in " + to + ": " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        save();
    }
}
