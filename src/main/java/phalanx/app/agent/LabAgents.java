package phalanx.app.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phalanx.agents.Site;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Subject;
import phalanx.app.pipeline.Cases;
import phalanx.casefile.Case;
import phalanx.casefile.CaseFile;
import phalanx.config.JsonSection;
import phalanx.lab.Layout;
import phalanx.lab.Marketplace;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.telemetry.OtlpReceiver;

/** The agents in a lab: they hear its telemetry, keep a case in its folder, and do what the policy beside it lets them. */
final class LabAgents {
    /** The policy cannot be used. */
    static final String POLICY = "PHX-1903";

    private static final String STANDARD = "/agents/trust_policy.json";

    private LabAgents() {}

    /** Starts them. @param out where each step is told on a line */
    static Outcome<AgentTeam> start(
            Marketplace lab, Path folder, OtlpReceiver telemetry, AgentTeam.Choice choice, PrintWriter out) {
        Path file = folder.resolve("case");
        return policy(folder.resolve("trust_policy.json"))
                .then(policy -> opened(file)
                        .then(kept -> AgentTeam.start(
                                lab.proxy(),
                                new Site(
                                        lab.proxy(),
                                        lab.repository().folder(),
                                        Layout.PROXY,
                                        Inventory.parse(
                                                        "inventory",
                                                        lab.layout().inventory())
                                                .value()
                                                .orElse(Inventory.NONE),
                                        List.of(
                                                new Objective(Subject.EDGE, Measure.ERRORS, 0.01),
                                                new Objective(Subject.EDGE, Measure.P99, 400)),
                                        policy,
                                        "lab",
                                        kept),
                                choice,
                                folder,
                                file,
                                telemetry,
                                out)));
    }

    /** The policy in the folder; the one that comes with Phalanx is put there first. */
    private static Outcome<TrustPolicy> policy(Path file) {
        try {
            if (!Files.exists(file)) {
                try (var standard = Objects.requireNonNull(LabAgents.class.getResourceAsStream(STANDARD))) {
                    Files.copy(standard, file);
                }
            }
        } catch (IOException e) {
            return Outcome.failed(WholeFile.notWritten(file, e));
        }
        return read(file);
    }

    /** A policy, or all that is wrong with it. */
    static Outcome<TrustPolicy> read(Path file) {
        JsonSection.Read<TrustPolicy> read = TrustPolicy.read(file);
        return read.value()
                .<Outcome<TrustPolicy>>map(Outcome::ok)
                .orElseGet(() -> Outcome.failed(new Problem(
                        POLICY,
                        String.join(
                                " ",
                                read.faults().stream().map(Object::toString).toList()),
                        "The agents do nothing until it is mended.")));
    }

    /** The agents' case, made when it is not there. */
    static Outcome<Case> opened(Path folder) {
        return Cases.store(System.getenv()).then(store -> {
            boolean there = Files.exists(folder);
            Outcome<?> made = there
                    ? Outcome.ok(true)
                    : store.write(
                            folder, new CaseFile(CaseFile.VERSION, List.of(), List.of(), List.of(), Map.of(), null));
            return made.then(_ -> store.open(folder));
        });
    }
}
