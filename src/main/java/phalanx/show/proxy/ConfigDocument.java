package phalanx.show.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import phalanx.config.Fault;
import phalanx.proxy.ProxyConfig;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.show.Words;

/** The configuration that is open, and what is wrong with its text as it stands in the editor. Screen thread. */
public final class ConfigDocument {
    private static final Words WORDS = Words.of("proxy");
    static final String CODE = "PHX-5008";
    private static final long LARGEST = 4 << 20;

    private final ConsoleWork work;
    private final ReadOnlyObjectWrapper<@Nullable Path> file = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<String> loaded = new ReadOnlyObjectWrapper<>("");
    private final ReadOnlyObjectWrapper<List<Fault>> faults = new ReadOnlyObjectWrapper<>(List.of());
    private int checks;

    ConfigDocument(ConsoleWork work) {
        this.work = work;
    }

    /** Null for none. */
    public ReadOnlyObjectProperty<@Nullable Path> file() {
        return file.getReadOnlyProperty();
    }

    /** The text of the file as it was read last. */
    public ReadOnlyObjectProperty<String> loaded() {
        return loaded.getReadOnlyProperty();
    }

    /** What is wrong with the text that was checked last. */
    public ReadOnlyObjectProperty<List<Fault>> faults() {
        return faults.getReadOnlyProperty();
    }

    /** Puts a text in the place of what was read. */
    void edit(String text) {
        loaded.set(text);
    }

    /** Opens a configuration. */
    public void open(Path wanted) {
        work.start("read " + wanted.getFileName(), () -> text(wanted), text -> {
            file.set(wanted);
            loaded.set(text);
            work.say(WORDS.get("opened", wanted));
            check(text);
        });
    }

    private static Outcome<String> text(Path wanted) {
        try {
            if (Files.size(wanted) > LARGEST) {
                throw new IOException(WORDS.get("configuration.large"));
            }
            return Outcome.ok(Files.readString(wanted));
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    CODE,
                    WORDS.get("configuration.unread", wanted, String.valueOf(e.getMessage())),
                    WORDS.get("configuration.unread.remedy")));
        }
    }

    /** Checks a text as the configuration. */
    public void check(String text) {
        Path of = file.get();
        if (of == null) {
            return;
        }
        int mine = ++checks;
        work.start(
                "check the configuration",
                () -> Outcome.ok(ProxyConfig.read(of, text).faults()),
                found -> {
                    if (mine == checks) {
                        faults.set(found);
                    }
                });
    }

    /** Writes a text to the file if it is a good configuration; a bad one changes nothing. Not from the screen thread. */
    static Outcome<Path> save(Path of, String text) {
        List<Fault> found = ProxyConfig.read(of, text).faults();
        if (!found.isEmpty()) {
            return Outcome.failed(refused(found));
        }
        try {
            WholeFile.write(of, out -> {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                return text;
            });
            return Outcome.ok(of);
        } catch (IOException e) {
            return Outcome.failed(new Problem(
                    CODE,
                    WORDS.get("configuration.unwritten", of, String.valueOf(e.getMessage())),
                    WORDS.get("configuration.unwritten.remedy")));
        }
    }

    /** Says that there are faults, and the first. */
    static Problem refused(List<Fault> faults) {
        return new Problem(
                CODE,
                WORDS.get("configuration.faults", faults.size()),
                WORDS.get("configuration.faults.remedy", faults.getFirst()));
    }
}
