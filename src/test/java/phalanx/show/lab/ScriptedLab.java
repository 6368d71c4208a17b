package phalanx.show.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.agents.ScriptedAgents;
import phalanx.agents.Steering;
import phalanx.config.HostPort;
import phalanx.lab.LabStatus;
import phalanx.lab.Layout;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.chaos.Fault;
import phalanx.lab.deploy.Deployment;
import phalanx.lab.load.LoadWindow;
import phalanx.run.Outcome;

/** A lab without processes: it is slow while something is broken, and its agents do as they are told. */
public final class ScriptedLab implements LabRun {
    private static final String COMMIT = "4f2a9c0d1e7b4f2a9c0d1e7b4f2a9c0d1e7b4f2a";

    private final ScriptedAgents script;
    private final List<Chaos.Injection> broken = new ArrayList<>();
    private final Layout layout;
    private @Nullable Steering agents;
    private int looks;
    private volatile boolean closed;

    /** @param script its agents, once they are started */
    public ScriptedLab(ScriptedAgents script) {
        this.script = script;
        Map<String, HostPort> instances = new LinkedHashMap<>();
        for (String name : List.of("quote-1", "quote-2", "policy-1", "policy-2", "payment-1", "payment-2", "bank-1")) {
            instances.put(name, new HostPort(HostPort.LOOPBACK, 20_000 + instances.size()));
        }
        layout = new Layout(
                new HostPort(HostPort.LOOPBACK, 19_000),
                new HostPort(HostPort.LOOPBACK, 19_001),
                new HostPort(HostPort.LOOPBACK, 19_002),
                instances,
                instances);
    }

    /** Whether it was ended. */
    public boolean closed() {
        return closed;
    }

    @Override
    public synchronized LabStatus status() {
        boolean bad = !broken.isEmpty();
        int wave = looks++ % 7;
        LoadWindow second =
                bad ? new LoadWindow(38, 4, 210, 1500 + 60 * wave) : new LoadWindow(36 + wave, 0, 9, 48 + 3 * wave);
        List<LabStatus.Instance> instances = new ArrayList<>();
        layout.instances()
                .forEach((name, at) -> instances.add(
                        new LabStatus.Instance(name, !bad || !name.equals("policy-1"), 4_100 + at.port() % 100, at)));
        return new LabStatus(layout, instances, new Deployment.State(COMMIT, COMMIT, Optional.empty()), second, second);
    }

    @Override
    public synchronized List<Chaos.Injection> broken() {
        return List.copyOf(broken);
    }

    @Override
    public synchronized Outcome<Chaos.Injection> inject(String fault, long seed) {
        Chaos.Injection made = new Chaos.Injection(
                fault, seed, Instant.EPOCH, new Fault.Made("policy-1", "", () -> Outcome.ok("mended")));
        broken.add(made);
        return Outcome.ok(made);
    }

    @Override
    public synchronized Outcome<Integer> clear() {
        int count = broken.size();
        broken.clear();
        return Outcome.ok(count);
    }

    @Override
    public synchronized Optional<Steering> agents() {
        return Optional.ofNullable(agents);
    }

    @Override
    public synchronized Outcome<Steering> startAgents() {
        agents = script.steering();
        return Outcome.ok(script.steering());
    }

    @Override
    public synchronized void stopAgents() {
        agents = null;
    }

    @Override
    public void close() {
        closed = true;
    }
}
