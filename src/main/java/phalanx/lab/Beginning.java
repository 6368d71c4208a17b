package phalanx.lab;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phalanx.lab.deploy.Deployment;
import phalanx.lab.deploy.LabRepository;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.lab.http.HttpCaller;
import phalanx.lab.service.MarketplaceService;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** A lab that is being started: what there is of it so far, so that it can be taken down again. One thread. */
final class Beginning implements AutoCloseable {
    /** The proxy's file in force, in the lab's folder. */
    static final String PROXY = "proxy.conf";

    private static final Duration WARM_AT_MOST = Duration.ofSeconds(20), QUICK = Duration.ofMillis(300);

    private static final long LOOK_MILLIS = 100;

    final Layout layout;
    final Map<String, ServiceProcess> processes = new LinkedHashMap<>();
    final LabRepository repository;
    final LabDns dns;

    @Nullable
    ProxyServer proxy;

    private final Marketplace.Settings settings;

    private Beginning(Marketplace.Settings settings, Places places) throws IOException {
        this.settings = settings;
        Files.createDirectories(logs());
        layout = places.next(settings.seed());
        repository = new LabRepository(settings.repository());
        dns = new LabDns();
    }

    private Path logs() {
        return settings.folder().resolve("log");
    }

    /** Names ports that nobody has at that moment. */
    interface Places {
        Layout next(long seed) throws IOException;
    }

    /** Folder, ports, repository, name server. */
    static Outcome<Beginning> of(Marketplace.Settings settings, Places places) {
        try {
            return Outcome.ok(new Beginning(settings, places));
        } catch (IOException e) {
            return Outcome.failed(notMade(settings.folder(), e));
        }
    }

    /** Whether it failed since another program took a port between looking and listening: other ports will do. */
    static boolean overtaken(Problem why) {
        return why.code().equals(ServiceProcess.TAKEN) || why.code().equals(ProxyServer.TAKEN);
    }

    private static Problem notMade(Path folder, IOException why) {
        return new Problem(
                Marketplace.NOT_STARTED,
                "No lab can be made in " + folder + " (" + why.getMessage() + ").",
                "Name another folder, or free the disk.");
    }

    /** The first commit, the processes, the proxy; what there is of them is taken down when one fails. */
    Outcome<Deployment.Desired> begin() {
        Outcome<Deployment.Desired> begun = firstCommit()
                .then(first -> startAll(first).then(_ -> startProxy(first)).then(_ -> {
                    warm();
                    return Outcome.ok(first);
                }));
        if (begun instanceof Outcome.Failed<Deployment.Desired>) {
            close();
        }
        return begun;
    }

    /** The history of labs before is kept; what was deployed then is replaced, as its addresses are gone. */
    private Outcome<Deployment.Desired> firstCommit() {
        try {
            String id = repository.commit("marketplace", "Addresses of this run, and services that are well", files -> {
                files.putAll(layout.files(settings.collector()));
                return files;
            });
            return Deployment.desired(repository.at(id), Layout.SERVICES);
        } catch (IOException e) {
            return Outcome.failed(notMade(settings.folder(), e));
        }
    }

    /** All at once: together they take as long as two. */
    private Outcome<Deployment.Desired> startAll(Deployment.Desired first) {
        BlockingQueue<Outcome<String>> started = new LinkedBlockingQueue<>();
        for (String name : layout.names()) {
            boolean bank = name.equals(Layout.BANK);
            String collector = bank || settings.collector().isEmpty() ? "" : "http://" + settings.collector();
            ServiceProcess process = new ServiceProcess(
                    new MarketplaceService.Start(name, layout.instance(name).port(), dns.address(), collector),
                    logs().resolve(name + ".log"));
            processes.put(name, process);
            int port = layout.instance(name).port();
            try (ServerSocket free = new ServerSocket()) {
                free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) { // told now and not after seven processes were started
                return Outcome.failed(process.taken("port " + port + " (" + e.getMessage() + ")"));
            }
        }
        for (String name : layout.names()) {
            boolean bank = name.equals(Layout.BANK);
            ServiceProcess process = Objects.requireNonNull(processes.get(name));
            ServiceSettings like = bank ? Layout.bank() : first.of(Layout.service(name));
            Jobs.assistant("lab start of " + name, () -> started.add(process.start(first.commit(), like)));
        }
        Problem problem = firstProblem(started);
        return problem == null ? Outcome.ok(first) : Outcome.failed(problem);
    }

    /** Waits for all processes; with the first that fails the others are ended, those too that are only just there. */
    private @Nullable Problem firstProblem(BlockingQueue<Outcome<String>> started) {
        Problem first = null;
        try {
            for (int left = processes.size(); left > 0; ) {
                Outcome<String> next = started.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                left -= next == null ? 0 : 1;
                if (first == null && next instanceof Outcome.Failed<String>(Problem problem)) {
                    first = problem;
                }
                if (first != null) {
                    processes.values().forEach(ServiceProcess::close);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return first;
    }

    private Outcome<Deployment.Desired> startProxy(Deployment.Desired first) {
        Path file = settings.folder().resolve(PROXY);
        try {
            Files.writeString(file, first.proxy());
        } catch (IOException e) {
            return Outcome.failed(notMade(settings.folder(), e));
        }
        ProxyConfig config = ProxyConfig.read(file).config().orElseThrow();
        return ProxyServer.start(config).then(started -> {
            proxy = started;
            return Outcome.ok(first);
        });
    }

    /** The first requests take a second each, as nothing is compiled: no customer is to meet that. */
    private void warm() {
        long end = System.nanoTime() + WARM_AT_MOST.toNanos();
        try (HttpCaller caller = new HttpCaller(null)) {
            for (int quick = 0; quick < 3 && System.nanoTime() < end; ) {
                long from = System.nanoTime();
                List<Future<HttpCaller.Reply>> wave = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    for (String path : List.of("/quote", "/policy")) {
                        wave.add(caller.send(new HttpCaller.Call(
                                "POST", layout.edge(), path, "{\"customer\":" + i + "}", Map.of(), WARM_AT_MOST)));
                    }
                }
                wave.forEach(Future::awaitUninterruptibly);
                quick = System.nanoTime() - from < QUICK.toNanos() ? quick + 1 : 0;
            }
        }
    }

    @Override
    public void close() {
        processes.values().forEach(ServiceProcess::close);
        dns.close();
        repository.close();
    }
}
