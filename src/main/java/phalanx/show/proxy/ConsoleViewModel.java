package phalanx.show.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;
import phalanx.proxy.Exclusion;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.admin.CaptureControl;
import phalanx.proxy.breakpoint.Breakpoint;
import phalanx.proxy.breakpoint.Breakpoints;
import phalanx.proxy.breakpoint.Edit;
import phalanx.proxy.guard.client.Reputation;
import phalanx.proxy.http.Variables;
import phalanx.proxy.record.HttpArchive;
import phalanx.proxy.record.RecordedExchange;
import phalanx.proxy.record.Recording;
import phalanx.proxy.record.RequestRecord;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.show.Words;

/** The proxy of the desk and its configuration. Screen thread; what takes long is done elsewhere. */
public final class ConsoleViewModel {
    private static final Words WORDS = Words.of("proxy");

    private final ConsoleWork work;
    private final ConfigDocument document;
    private final Function<ProxyServer, CaptureControl> captures;
    private final Consumer<List<Path>> openCaptures;
    private final ReadOnlyObjectWrapper<@Nullable ProxyServer> running = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ConsoleSnapshot> snapshot =
            new ReadOnlyObjectWrapper<>(ConsoleSnapshot.NOTHING);
    private final StringProperty filter = new SimpleStringProperty("");
    private boolean looking;
    private boolean starting;

    /**
     * @param captures makes who captures a proxy's traffic
     * @param openCaptures opens captures on the desk
     */
    public ConsoleViewModel(
            Jobs jobs, Function<ProxyServer, CaptureControl> captures, Consumer<List<Path>> openCaptures) {
        this.work = new ConsoleWork(jobs);
        this.document = new ConfigDocument(work);
        this.captures = captures;
        this.openCaptures = openCaptures;
    }

    /** Its configuration. */
    public ConfigDocument document() {
        return document;
    }

    /** The proxy at work, null while none is. */
    public ReadOnlyObjectProperty<@Nullable ProxyServer> running() {
        return running.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ConsoleSnapshot> snapshot() {
        return snapshot.getReadOnlyProperty();
    }

    /** What happened last, in one line. */
    public ReadOnlyStringProperty message() {
        return work.message();
    }

    /** Words that must all stand in the requests shown. */
    public StringProperty filter() {
        return filter;
    }

    /** Starts the proxy with the file as it was saved last. */
    public void start() {
        Path of = document.file().get();
        if (of == null || running.get() != null || starting) {
            return;
        }
        starting = true;
        work.say(WORDS.get("starting"));
        work.start(
                "start the proxy",
                () -> {
                    ProxyConfig.Read read = ProxyConfig.read(of);
                    return read.config().isEmpty()
                            ? Outcome.<ProxyServer>failed(ConfigDocument.refused(read.faults()))
                            : ProxyServer.start(read.config().get());
                },
                () -> starting = false,
                server -> {
                    server.captures(captures.apply(server));
                    running.set(server);
                    work.say(WORDS.get("serving", addresses(server)));
                    look();
                });
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
            work.start(
                    "stop the proxy",
                    () -> {
                        end(server);
                        return Outcome.ok(WORDS.get("stopped"));
                    },
                    work::say);
        }
    }

    /** Saves a text as the file and, where the proxy runs, has it taken; a bad one changes nothing. */
    public void apply(String text) {
        Path of = document.file().get();
        ProxyServer server = running.get();
        if (of == null) {
            return;
        }
        work.start(
                "apply the configuration",
                () -> ConfigDocument.save(of, text).then(saved -> {
                    List<String> refused = server == null ? List.of() : server.reload(saved);
                    return refused.isEmpty()
                            ? Outcome.ok(server == null ? WORDS.get("apply.saved") : WORDS.get("apply.taken"))
                            : Outcome.failed(new Problem(
                                    ConfigDocument.CODE,
                                    WORDS.get("apply.refused", refused.getFirst()),
                                    WORDS.get("apply.refused.remedy")));
                }),
                work::say);
    }

    /** Looks for the place in a text of the configuration of a line that lets such a request pass; tells of none where there is none. */
    public void exclusion(RequestRecord record, String text, Consumer<Optional<Exclusion>> told) {
        Path of = document.file().get();
        if (of == null) {
            told.accept(Optional.empty());
        } else {
            work.start("find the route of a request", () -> Outcome.ok(Exclusion.of(of, text, record)), told);
        }
    }

    /** Puts it into the configuration, saves that and has it taken. */
    public void take(Exclusion exclusion) {
        document.edit(exclusion.text());
        apply(exclusion.text());
    }

    /** Takes a new snapshot; while one is being taken, nothing. */
    public void look() {
        ProxyServer server = running.get();
        if (server == null || looking) {
            return;
        }
        looking = true;
        String words = filter.get();
        work.start(
                "look at the proxy",
                () -> Outcome.ok(ConsoleSnapshot.of(server, words)),
                () -> looking = false,
                taken -> {
                    if (server.equals(running.get())) {
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
        work.say(server.replay(exchange, _ -> {}).orElse(WORDS.get("request.sent-again")));
        look();
    }

    /** Saves what was recorded as an HTTP archive, credentials and cookies masked. */
    public void saveArchive(Path to) {
        ProxyServer server = running.get();
        if (server != null) {
            work.start(
                    "save an HTTP archive",
                    () -> {
                        List<RecordedExchange> all = server.recording().newest();
                        try {
                            Files.write(to, HttpArchive.file(all, false));
                            return Outcome.ok(WORDS.get("archive.saved", all.size(), to));
                        } catch (IOException e) {
                            return Outcome.failed(new Problem(
                                    ConfigDocument.CODE,
                                    WORDS.get("configuration.unwritten", to, String.valueOf(e.getMessage())),
                                    WORDS.get("archive.unwritten.remedy")));
                        }
                    },
                    work::say);
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

    /** Lets a banned client in again; what it did is forgotten. */
    public void lift(Reputation.Ban ban) {
        ProxyServer server = running.get();
        if (server != null) {
            boolean lifted = server.guard().reputation().lift(ban.network());
            work.say(WORDS.get(lifted ? "bans.lifted" : "bans.ended", ban.text()));
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
                work.say(WORDS.get("breakpoint.gone"));
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
            work.start("start a capture", control::start, folder -> {
                work.say(WORDS.get("capture.running", folder));
                look();
            });
        } else {
            work.start(
                    "end a capture",
                    () -> Outcome.ok(control.stop()),
                    folder -> folder.ifPresent(of -> openCaptures.accept(List.of(of))));
        }
    }

    /** Ends the proxy before the desk goes; waits for the end of a capture. */
    public void close() {
        ProxyServer server = running.get();
        if (server != null) {
            running.set(null);
            end(server);
        }
    }

    private static void end(ProxyServer server) {
        server.captures().ifPresent(CaptureControl::stop);
        server.close();
    }
}
