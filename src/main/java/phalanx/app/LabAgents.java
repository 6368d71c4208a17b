package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import phalanx.agents.Agents;
import phalanx.agents.Bus;
import phalanx.agents.Message;
import phalanx.agents.Outside;
import phalanx.agents.Steering;
import phalanx.agents.StepText;
import phalanx.agents.Thrift;
import phalanx.agents.bus.BrokerBus;
import phalanx.agents.bus.BusAddress;
import phalanx.agents.bus.BusSecrets;
import phalanx.agents.govern.TrustPolicy;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Subject;
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
final class LabAgents implements AutoCloseable {
    /** The policy cannot be used. */
    static final String POLICY = "PHX-1903";

    /**
     * How they run.
     *
     * @param bus as a user writes it; empty for the one within this program
     * @param small within 512 MiB
     */
    record Choice(String bus, boolean small) {
        /** All memory, and no bus but the one within this program. */
        static final Choice STANDARD = new Choice("", false);
    }

    private static final String STANDARD = "/agents/trust_policy.json";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Case kept;
    private final Agents agents;
    private final AgentsDoor door;

    private LabAgents(Case kept, Agents agents, AgentsDoor door) {
        this.kept = kept;
        this.agents = agents;
        this.door = door;
    }

    /** How people see them and steer them. */
    Steering steering() {
        return agents.steering();
    }

    /** Starts them. @param out where each step is told on a line */
    static Outcome<LabAgents> start(
            Marketplace lab, Path folder, OtlpReceiver telemetry, Choice choice, PrintWriter out) {
        return policy(folder.resolve("trust_policy.json"))
                .then(policy -> bus(choice, folder)
                        .then(bus -> Outside.read(folder, System.getenv())
                                .then(outside -> opened(folder.resolve("case")).then(kept -> {
                                    Inventory inventory = Inventory.parse(
                                                    "inventory", lab.layout().inventory())
                                            .value()
                                            .orElse(Inventory.NONE);
                                    Agents.Setting setting = new Agents.Setting(
                                            lab.proxy(),
                                            lab.repository().folder(),
                                            Layout.PROXY,
                                            inventory,
                                            List.of(
                                                    new Objective(Subject.EDGE, Measure.ERRORS, 0.01),
                                                    new Objective(Subject.EDGE, Measure.P99, 400)),
                                            policy,
                                            "lab",
                                            kept,
                                            bus,
                                            choice.small()
                                                    ? Optional.of(Thrift.ofThisProcess(
                                                            telemetry.store()::scarce, says -> notice(says, out)))
                                                    : Optional.empty());
                                    return Agents.start(setting, outside, step -> tell(step, out))
                                            .then(agents -> {
                                                telemetry.store().tell(agents::take);
                                                return AgentsDoor.open(
                                                                lab.proxy(), agents.steering(), folder.resolve("case"))
                                                        .then(door -> Outcome.ok(new LabAgents(kept, agents, door)));
                                            });
                                }))));
    }

    private static Outcome<Supplier<Bus>> bus(Choice choice, Path folder) {
        if (choice.bus().isEmpty()) {
            return Outcome.ok(Bus::inProcess);
        }
        return BusAddress.read(choice.bus())
                .then(address -> BusSecrets.of(System.getenv(), folder.resolve("bus.key"))
                        .then(secrets -> Outcome.ok(() -> BrokerBus.open(address, secrets))));
    }

    private static void notice(String says, PrintWriter out) {
        out.printf("%s  %-9s  %s%n", TIME.format(LocalTime.now(ZoneId.systemDefault())), "memory", says);
        out.flush();
    }

    /** A step on a line of its own. */
    static void tell(Message step, PrintWriter out) {
        LocalTime at = step.at().atZone(ZoneId.systemDefault()).toLocalTime();
        out.printf("%s  %-9s  %s%n", TIME.format(at), step.by().word(), StepText.of(step));
        out.flush();
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

    @Override
    public void close() {
        door.close();
        agents.close();
        kept.close();
    }
}
