package phalanx.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import phalanx.config.Fault;
import phalanx.lab.deploy.Deployment;
import phalanx.lab.deploy.ServiceSettings;
import phalanx.proxy.ProxyConfig;
import phalanx.proxy.ProxyServer;
import phalanx.proxy.route.Health;
import phalanx.proxy.route.Server;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;

/** Brings what is deployed to the processes and the proxy. Any thread. */
final class Rollout implements Deployment.Target {
    private static final long LET_GO_MILLIS = 400;

    private final Map<String, ServiceProcess> processes;
    private final ProxyServer proxy;
    private final Ways ways;
    private final Path file;
    private final Map<String, Deployed> deployed = new ConcurrentHashMap<>();

    /** What a service is like. */
    private record Deployed(String commit, ServiceSettings settings) {}

    /** @param file the proxy's configuration in force */
    Rollout(Map<String, ServiceProcess> processes, ProxyServer proxy, Ways ways, Path file, Deployment.Desired first) {
        this.processes = processes;
        this.proxy = proxy;
        this.ways = ways;
        this.file = file;
        first.services().forEach((service, settings) -> deployed.put(service, new Deployed(first.commit(), settings)));
        deployed.put(Layout.service(Layout.BANK), new Deployed(first.commit(), Layout.bank()));
    }

    @Override
    public Optional<Problem> check(String text) {
        List<Fault> faults = ProxyConfig.read(file, text).faults();
        return faults.isEmpty()
                ? Optional.empty()
                : Optional.of(refused(faults.getFirst().toString()));
    }

    private static Problem refused(String why) {
        return new Problem(
                ServiceSettings.REFUSED,
                Layout.PROXY + " cannot be used: " + why,
                "What was deployed before stays in force; push a commit that mends it.");
    }

    @Override
    public Optional<Problem> proxy(String text) {
        try {
            String before = Files.readString(file);
            Files.writeString(file, text);
            List<String> faults = proxy.reload();
            if (!faults.isEmpty()) {
                Files.writeString(file, before);
                return Optional.of(refused(faults.getFirst()));
            }
            ways.afterReload();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(WholeFile.notWritten(file, e));
        }
    }

    /** One that is down is told when it is started. */
    @Override
    public Optional<Problem> settings(String service, ServiceSettings settings, String commit) {
        deployed.put(service, new Deployed(commit, settings));
        return each(service, process -> process.deploy(commit, settings));
    }

    @Override
    public Optional<Problem> indexes(String service) {
        return each(service, ServiceProcess::remakeIndexes);
    }

    private interface Order {
        Outcome<String> to(ServiceProcess process);
    }

    private Optional<Problem> each(String service, Order order) {
        Optional<Problem> first = Optional.empty();
        for (String instance : Layout.instances(service)) {
            ServiceProcess process = process(instance);
            if (process.alive() && order.to(process) instanceof Outcome.Failed<String>(Problem problem)) {
                first = first.or(() -> Optional.of(problem));
            }
        }
        return first;
    }

    private ServiceProcess process(String instance) {
        return Objects.requireNonNull(processes.get(instance));
    }

    /** The proxy sends it nothing while it starts, if there was something to be sent. */
    @Override
    public Optional<Problem> restart(String instance) {
        ServiceProcess process = process(instance);
        Optional<Server> server =
                ways.server(instance).filter(one -> one.health().state() == Health.State.UP);
        server.ifPresent(one -> one.health().drain(true));
        try {
            if (server.isPresent() && process.alive()) {
                Thread.sleep(LET_GO_MILLIS); // for what is under way
            }
            process.kill();
            Deployed now = Objects.requireNonNull(deployed.get(Layout.service(instance)));
            return process.start(now.commit(), now.settings()) instanceof Outcome.Failed<String>(Problem problem)
                    ? Optional.of(problem)
                    : Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            server.ifPresent(one -> one.health().drain(false));
        }
    }
}
