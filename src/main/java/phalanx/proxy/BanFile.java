package phalanx.proxy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.guard.Reputation;
import phalanx.proxy.transport.Workers;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** Keeps bans in a file: read at the start, written within a second of a change and at the end. One thread; writes elsewhere. */
final class BanFile implements AutoCloseable {
    static final String UNREADABLE = "PHX-5013";

    private final Reputation reputation;
    private final Workers workers;
    private @Nullable Path file;
    private boolean told;

    BanFile(Reputation reputation, Workers workers) {
        this.reputation = reputation;
        this.workers = workers;
    }

    /** Reads the file that a configuration names, and keeps it from then on. */
    Outcome<ProxyConfig> open(ProxyConfig config) {
        if (config.bans().isEmpty()) {
            return Outcome.ok(config);
        }
        Path named = config.bans().get();
        try {
            reputation.load(named);
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    UNREADABLE,
                    "The bans in " + named + " cannot be read (" + e.getMessage() + ").",
                    "Make the file readable, or name another in waf_bans."));
        }
        file = named;
        workers.control().scheduleAtFixedRate(this::save, 1, 1, TimeUnit.SECONDS);
        return Outcome.ok(config);
    }

    private synchronized void save() {
        if (file == null) {
            return;
        }
        try {
            reputation.save(file);
            told = false;
        } catch (IOException e) {
            if (!told) {
                told = true;
                System.getLogger("phalanx.proxy")
                        .log(System.Logger.Level.WARNING, "Bans cannot be kept in " + file + ": " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        save();
    }
}
