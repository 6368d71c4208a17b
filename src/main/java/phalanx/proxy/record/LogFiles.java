package phalanx.proxy.record;

import io.netty.util.concurrent.EventExecutorGroup;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The logs that are open, one for each file however many sites write to it. One change at a time. */
public final class LogFiles implements AutoCloseable {
    static final String LOG = "PHX-5004";

    private final EventExecutorGroup disk;
    private final LongAdder lost;
    private final Map<String, LogFile> open = new HashMap<>();

    /** @param lost counts lines left out because the disk could not keep up or refused them */
    public LogFiles(EventExecutorGroup disk, LongAdder lost) {
        this.disk = disk;
        this.lost = lost;
    }

    /** A file, or {@code stdout} or {@code stderr}, to add lines to; opened if it is not yet. */
    public Outcome<LogFile> of(String target) {
        LogFile known = open.get(target);
        if (known != null) {
            return Outcome.ok(known);
        }
        try {
            LogFile file = LogFile.open(target, disk.next(), lost);
            open.put(target, file);
            return Outcome.ok(file);
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    LOG,
                    "The log " + target + " cannot be written (" + e.getMessage() + ").",
                    "Mend its name or its rights."));
        }
    }

    /** Opens those in use anew, so that renamed files are let go, and closes the others. */
    public void keep(Set<String> targets) {
        open.entrySet().removeIf(entry -> {
            if (targets.contains(entry.getKey())) {
                entry.getValue().reopen();
                return false;
            }
            entry.getValue().close();
            return true;
        });
    }

    @Override
    public void close() {
        open.values().forEach(LogFile::close);
    }
}
