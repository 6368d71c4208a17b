package phalanx.show.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import phalanx.config.Fault;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.breakpoint.Edit;
import phalanx.proxy.http.Variables;
import phalanx.proxy.record.HttpArchive;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.Recording;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;

/** The proxy of the desk and its configuration. Screen thread; what takes long is done elsewhere. */
public final class ConsoleViewModel {
    private static final String UNREADABLE = "PHX-5008";

    private final Jobs jobs;
    private final Function<ProxyServer, CaptureControl> captures;
    private final Consumer<List<Path>> openCaptures;
    private final ReadOnlyObjectWrapper<@Nullable Path> file = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<String> loaded = new ReadOnlyObjectWrapper<>("");
    private final ReadOnlyObjectWrapper<List<Fault>> faults = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable ProxyServer> running = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ConsoleSnapshot> snapshot =
            new ReadOnlyObjectWrapper<>(ConsoleSnapshot.NOTHING);
    private final ReadOnlyObjectWrapper<String> message = new ReadOnlyObjectWrapper<>("");
    private final StringProperty filter = new SimpleStringProperty("");
    private boolean looking;
    private int checks;

    /**
     * @param captures makes who captures a proxy's traffic
     * @param openCaptures opens captures on the desk
     */
    public ConsoleViewModel(
            Jobs jobs, Function<ProxyServer, CaptureControl> captures, Consumer<List<Path>> openCaptures) {
        this.jobs = jobs;
        this.captures = captures;
        this.openCaptures = openCaptures;
    }

    /** The configuration that is open, null for none. */
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

    /** The proxy at work, null while none is. */
    public ReadOnlyObjectProperty<@Nullable ProxyServer> running() {
        return running.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ConsoleSnapshot> snapshot() {
        return snapshot.getReadOnlyProperty();
    }

    /** What happened last, in one line. */
    public ReadOnlyObjectProperty<String> message() {
        return message.getReadOnlyProperty();
    }

    /** Words that must all stand in the requests shown. */
    public StringProperty filter() {
        return filter;
    }

    /** Opens a configuration. */
    public void open(Path wanted) {
        job(
                "read " + wanted.getFileName(),
                () -> {
                    try {
                        return Outcome.ok(Files.readString(wanted));
                    } catch (IOException e) {
                        return Outcome.failed(new Problem(
                                UNREADABLE,
                                wanted + " cannot be read as text (" + e.getMessage() + ").",
                                "Choose a configuration, such as proxy-config/phalanx.conf."));
                    }
                },
                text -> {
                    file.set(wanted);
                    loaded.set(text);
                    message.set(wanted + " is open.");
                    check(text);
                });
    }

    /** Checks a text as the configuration. */
    public void check(String text) {
        Path of = file.get();
        if (of == null) {
            return;
        }
        int mine = ++checks;
        job(
                "check the configuration",
                () -> Outcome.ok(ProxyConfig.read(of, text).faults()),
                found -> {
                    if (mine == checks) {
                        faults.set(found);
                    }
                });
    }

    /** Starts the proxy with the file as it was saved last. */
    public void start() {
        Path of = file.get();
        if (of == null || running.get() != null) {
            return;
        }
        message.set("Starting\u2026");
        job(
                "start the proxy",
                () -> {
                    ProxyConfig.Read read = ProxyConfig.read(of);
                    return read.config().isEmpty()
                            ? Outcome.<ProxyServer>failed(refused(read.faults()))
                            : ProxyServer.start(read.config().get());
                },
                server -> {
                    server.captures(captures.apply(server));
                    running.set(server);
                    message.set("Serving " + addresses(server) + ".");
                    look();
                });
    }

    private static Problem refused(List<Fault> faults) {
        return new Problem(
                UNREADABLE,
                faults.size() == 1
                        ? "The configuration has a fault."
                        : "The configuration has " + faults.size() + " faults.",
                "Mend it: " + faults.getFirst());
    }

    private static String addresses(ProxyServer server) {
        return server.http().stream().map(Variables::endpoint).collect(Collectors.joining(", "));
    }

    /** Ends the proxy; requests under way are cut off. */
    public void stop() {
        ProxyServer server = running.get();
        if (server != null) {
            running.set(null);
            snapshot.set(ConsoleSnapshot.NOTHING);
            job(
                    "stop the proxy",
                    () -> {
                        server.captures().ifPresent(CaptureControl::stop);
                        server.close();
                        return Outcome.ok("Stopped.");
                    },
                    message::set);
        }
    }

    /** Saves a text as the file and, where the proxy runs, has it taken; a bad one changes nothing but the file. */
    public void apply(String text) {
        Path of = file.get();
        ProxyServer server = running.get();
        if (of == null) {
            return;
        }
        job(
                "apply the configuration",
                () -> {
                    List<Fault> found = ProxyConfig.read(of, text).faults();
                    if (!found.isEmpty()) {
                        return Outcome.failed(refused(found));
                    }
                    try {
                        WholeFile.write(of, out -> {
                            out.write(text.getBytes(StandardCharsets.UTF_8));
                            return text;
                        });
                    } catch (IOException e) {
                        return Outcome.failed(new Problem(
                                UNREADABLE,
                                of + " cannot be written (" + e.getMessage() + ").",
                                "Nothing was changed; mend its rights or free the disk."));
                    }
                    List<String> refused = server == null ? List.of() : server.reload();
                    return refused.isEmpty()
                            ? Outcome.ok(server == null ? "Saved." : "Saved and in force; no connection was cut.")
                            : Outcome.failed(new Problem(
                                    UNREADABLE,
                                    "Saved, but not taken: " + refused.getFirst(),
                                    "What was in force before still is."));
                },
                message::set);
    }

    /** Takes a new snapshot; while one is being taken, nothing. */
    public void look() {
        ProxyServer server = running.get();
        if (server == null || looking) {
            return;
        }
        looking = true;
        String words = filter.get();
        jobs.start("look at the proxy", _ -> Outcome.ok(ConsoleSnapshot.of(server, words)), _ -> {}, outcome -> {
            looking = false;
            if (outcome instanceof Outcome.Ok<ConsoleSnapshot>(ConsoleSnapshot taken) && running.get() == server) {
                snapshot.set(taken);
            }
        });
    }

    /** Keeps heads and bodies from now on, or no longer. */
    public void record(boolean wanted) {
        ProxyServer server = running.get();
        if (server != null && server.recording().on() != wanted) {
            if (wanted) {
                server.recording().start(Recording.BODY);
            } else {
                server.recording().stop();
            }
            look();
        }
    }

    /** The heads and bodies of a request, where they were kept. */
    public Optional<RecordedExchange> recorded(String id) {
        ProxyServer server = running.get();
        return server == null ? Optional.empty() : server.recording().find(id);
    }

    /** Sends a recorded request again. */
    public void replay(RecordedExchange exchange) {
        ProxyServer server = running.get();
        if (server == null) {
            return;
        }
        message.set(server.replay(exchange, _ -> {}).orElse("Sent again."));
        look();
    }

    /** Saves what was recorded as an HTTP archive, credentials and cookies masked. */
    public void saveArchive(Path to) {
        ProxyServer server = running.get();
        if (server != null) {
            job(
                    "save an HTTP archive",
                    () -> {
                        List<RecordedExchange> all = server.recording().newest();
                        try {
                            Files.write(to, HttpArchive.file(all, false));
                            return Outcome.ok(
                                    all.size() + " requests saved to " + to + "; cookies and credentials are masked.");
                        } catch (IOException e) {
                            return Outcome.failed(new Problem(
                                    UNREADABLE,
                                    to + " cannot be written (" + e.getMessage() + ").",
                                    "Choose another place."));
                        }
                    },
                    message::set);
        }
    }

    /** Stops what comes to a breakpoint from now on. */
    public void addBreakpoint(Breakpoint one) {
        breakpoints(all -> {
            if (!all.contains(one)) {
                all.add(one);
            }
        });
    }

    /** Stops nothing more at a breakpoint; what stopped there waits on. */
    public void clearBreakpoint(Breakpoint one) {
        breakpoints(all -> all.remove(one));
    }

    private void breakpoints(Consumer<List<Breakpoint>> change) {
        ProxyServer server = running.get();
        if (server != null) {
            List<Breakpoint> all = new ArrayList<>(server.breakpoints().all());
            change.accept(all);
            server.breakpoints().set(all);
            look();
        }
    }

    /** Lets what stopped go on as it is. */
    public void goOn(long number) {
        stopped(breakpoints -> breakpoints.goOn(number, Edit.NONE));
    }

    /** Cuts the client off. */
    public void abort(long number) {
        stopped(breakpoints -> breakpoints.abort(number));
    }

    /** Answers a request that stopped. */
    public void answer(long number, int status) {
        stopped(breakpoints -> breakpoints.answer(number, status));
    }

    private void stopped(Predicate<Breakpoints> action) {
        ProxyServer server = running.get();
        if (server != null) {
            if (!action.test(server.breakpoints())) {
                message.set("It has gone on by itself.");
            }
            look();
        }
    }

    /** Captures from now on; or ends that and opens what was captured on the desk. */
    public void capture(boolean wanted) {
        ProxyServer server = running.get();
        CaptureControl control = server == null ? null : server.captures().orElse(null);
        if (control == null || control.now().isPresent() == wanted) {
            return;
        }
        if (wanted) {
            job("start a capture", control::start, folder -> {
                message.set("Capturing both sides to " + folder + ".");
                look();
            });
        } else {
            job(
                    "end a capture",
                    () -> Outcome.ok(control.stop()),
                    folder -> folder.ifPresent(of -> openCaptures.accept(List.of(of))));
        }
    }

    /** Does work elsewhere and takes its result here; a problem becomes the message. */
    private <T> void job(String name, Supplier<Outcome<T>> work, Consumer<T> done) {
        jobs.<T>start(name, _ -> work.get(), _ -> {}, outcome -> {
            switch (outcome) {
                case Outcome.Ok<T>(T value) -> done.accept(value);
                case Outcome.Failed<T>(Problem problem) -> message.set(problem.toString());
            }
        });
    }
}
