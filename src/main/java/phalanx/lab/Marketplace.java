package phalanx.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import phalanx.lab.deploy.Deployment;
import phalanx.lab.deploy.LabRepository;
import phalanx.lab.load.LoadGenerator;
import phalanx.proxy.ProxyServer;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** The whole of the lab at work: processes, proxy, name server, deployment, customers. Any thread. */
public final class Marketplace implements AutoCloseable {
    /** A lab cannot be made in its folder, or its ports are taken. */
    public static final String NOT_STARTED = "PHX-7000";

    /** Starts that are tried, each with ports of its own. */
    static final int STARTS = 3;

    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final Layout layout;
    private final Map<String, ServiceProcess> processes;
    private final LabDns dns;
    private final LabRepository repository;
    private final ProxyServer proxy;
    private final Ways ways;
    private final Rollout rollout;
    private final Deployment deployment;
    private final LoadGenerator load;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * What a lab is started with.
     *
     * @param folder for its repository, its logs and the proxy's file; made when it is not there
     * @param perSecond requests of customers
     * @param seed of what is by chance
     * @param collector {@code HOST:PORT} that takes OTLP over HTTP; empty for nobody
     */
    public record Settings(Path folder, double perSecond, long seed, String collector) {
        /** Requests a second that the lab is made for. */
        public static final double USUAL_RATE = 40;

        /** A bare Git repository: whoever pushes to its branch {@code main} deploys. */
        public Path repository() {
            return folder.resolve("repository.git");
        }
    }

    private Marketplace(Beginning begun, Deployment.Desired first, Settings settings) {
        layout = begun.layout;
        processes = begun.processes;
        dns = begun.dns;
        repository = begun.repository;
        proxy = Objects.requireNonNull(begun.proxy);
        ways = new Ways(proxy, layout);
        rollout = new Rollout(processes, proxy, ways, settings.folder().resolve(Beginning.PROXY), first);
        deployment = new Deployment(repository, first, rollout);
        load = new LoadGenerator(layout.edge(), settings.perSecond(), settings.seed());
    }

    /** Starts all of it, or nothing; returns when customers come. */
    public static Outcome<Marketplace> start(Settings settings) {
        return start(settings, Layout::free);
    }

    /** The same with ports of these places; others are tried where another program was quicker. */
    static Outcome<Marketplace> start(Settings settings, Beginning.Places places) {
        Outcome<Marketplace> started = once(settings, places);
        for (int i = 1; i < STARTS && started instanceof Outcome.Failed(Problem why) && Beginning.overtaken(why); i++) {
            started = once(settings, places);
        }
        return started;
    }

    private static Outcome<Marketplace> once(Settings settings, Beginning.Places places) {
        return Beginning.of(settings, places)
                .then(begun -> begun.begin().then(first -> Outcome.ok(new Marketplace(begun, first, settings))));
    }

    public Layout layout() {
        return layout;
    }

    public LabDns dns() {
        return dns;
    }

    public LabRepository repository() {
        return repository;
    }

    public ProxyServer proxy() {
        return proxy;
    }

    public Ways ways() {
        return ways;
    }

    public Deployment deployment() {
        return deployment;
    }

    public LoadGenerator load() {
        return load;
    }

    /** An instance by its name. */
    public ServiceProcess instance(String name) {
        return Objects.requireNonNull(processes.get(name));
    }

    /** Starts an instance anew, as it is deployed. */
    public Outcome<String> restart(String instance) {
        return rollout.restart(instance).<Outcome<String>>map(Outcome::failed).orElseGet(() -> Outcome.ok(instance));
    }

    public LabStatus status() {
        List<LabStatus.Instance> instances = new ArrayList<>();
        processes.forEach((name, process) ->
                instances.add(new LabStatus.Instance(name, process.alive(), process.pid(), layout.instance(name))));
        return new LabStatus(layout, List.copyOf(instances), deployment.state(), load.window(1), load.window(5));
    }

    /** Ends all of it, once. */
    @Override
    public void close() {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        load.close();
        deployment.close();
        proxy.drain(FAREWELL);
        proxy.close();
        processes.values().forEach(ServiceProcess::close);
        dns.close();
        repository.close();
    }
}
