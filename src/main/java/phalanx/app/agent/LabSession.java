package phalanx.app.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phalanx.agents.Steering;
import phalanx.config.HostPort;
import phalanx.lab.LabStatus;
import phalanx.lab.Marketplace;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.control.LabControl;
import phalanx.run.Outcome;
import phalanx.run.WholeFile;
import phalanx.show.lab.LabRun;
import phalanx.telemetry.OtlpLimits;
import phalanx.telemetry.OtlpReceiver;

/** A lab of the desk: its telemetry is heard from the start, so that agents can come and go. Any thread, one order at a time. */
public final class LabSession implements LabRun {
    private final Path folder;
    private final OtlpReceiver telemetry;
    private final Marketplace lab;
    private final Chaos chaos;
    private final LabControl control;
    private volatile @Nullable AgentTeam agents;

    private LabSession(Path folder, OtlpReceiver telemetry, Marketplace lab, Chaos chaos, LabControl control) {
        this.folder = folder;
        this.telemetry = telemetry;
        this.lab = lab;
        this.chaos = chaos;
        this.control = control;
    }

    /** Starts one, or nothing. */
    public static Outcome<LabRun> start(Path folder) {
        Path told = folder.resolve("otlp-" + System.currentTimeMillis() + ".jsonl");
        return OtlpReceiver.start(HostPort.LOOPBACK, 0, 0, told, OtlpLimits.USUAL)
                .then(telemetry -> {
                    String to = HostPort.LOOPBACK + ":" + telemetry.http().getPort();
                    Outcome<LabRun> begun = Marketplace.start(
                                    new Marketplace.Settings(folder, Marketplace.Settings.USUAL_RATE, 1, to))
                            .then(lab -> with(folder, telemetry, lab));
                    if (begun instanceof Outcome.Failed<LabRun>) {
                        telemetry.close();
                    }
                    return begun;
                });
    }

    private static Outcome<LabRun> with(Path folder, OtlpReceiver telemetry, Marketplace lab) {
        Chaos chaos = new Chaos(lab);
        try {
            LabControl control = new LabControl(lab, chaos, folder, lab::close);
            return Outcome.ok(new LabSession(folder, telemetry, lab, chaos, control));
        } catch (IOException e) {
            lab.close();
            return Outcome.failed(WholeFile.notWritten(folder, e));
        }
    }

    @Override
    public LabStatus status() {
        return lab.status();
    }

    @Override
    public List<Chaos.Injection> broken() {
        return chaos.injections();
    }

    @Override
    public Outcome<Chaos.Injection> inject(String fault, long seed) {
        return chaos.inject(fault, seed);
    }

    @Override
    public Outcome<Integer> clear() {
        return chaos.clear();
    }

    @Override
    public Optional<Steering> agents() {
        return Optional.ofNullable(agents).map(AgentTeam::steering);
    }

    @Override
    public synchronized Outcome<Steering> startAgents() {
        AgentTeam there = agents;
        return there != null
                ? Outcome.ok(there.steering())
                : LabAgents.start(
                                lab, folder, telemetry, AgentTeam.Choice.STANDARD, new PrintWriter(Writer.nullWriter()))
                        .then(begun -> {
                            agents = begun;
                            return Outcome.ok(begun.steering());
                        });
    }

    @Override
    public synchronized void stopAgents() {
        AgentTeam there = agents;
        if (there != null) {
            agents = null;
            telemetry.store().tell(_ -> {});
            there.close();
        }
    }

    @Override
    public void close() {
        stopAgents();
        control.close();
        lab.close();
        telemetry.close();
    }
}
