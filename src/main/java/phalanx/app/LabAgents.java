package phalanx.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import phalanx.agents.narrate.Clerk;
import phalanx.agents.narrate.Narrative;
import phalanx.agents.narrate.Narrator;
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
     * @param device an interface that is captured, so that packets tell of the ways to servers, too; empty for none
     */
    record Choice(String bus, boolean small, String device) {
        /** All memory, and no bus but the one within this program. */
        static final Choice STANDARD = new Choice("", false, "");
    }

    private static final String STANDARD = "/agents/trust_policy.json";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final List<AutoCloseable> parts;
    private final Agents agents;

    /** @param parts what ends with them, the first one first */
    private LabAgents(List<AutoCloseable> parts, Agents agents) {
        this.parts = List.copyOf(parts);
        this.agents = agents;
    }

    /** How people see them and steer them. */
    Steering steering() {
        return agents.steering();
    }

    /** What they are made with. @param narrator who tells incidents in other words, too  @param outside hooks and the forge */
    private record Means(TrustPolicy policy, Supplier<Bus> bus, Optional<Narrator> narrator, Outside outside) {}

    /** Starts them. @param out where each step is told on a line */
    static Outcome<LabAgents> start(
            Marketplace lab, Path folder, OtlpReceiver telemetry, Choice choice, PrintWriter out) {
        return policy(folder.resolve("trust_policy.json"))
                .then(policy -> bus(choice, folder)
                        .then(bus -> narrator(folder.resolve(LanguageFile.NAME))
                                .then(narrator -> Outside.read(folder, System.getenv())
                                        .then(outside -> Outcome.ok(new Means(policy, bus, narrator, outside))))))
                .then(means -> opened(folder.resolve("case"))
                        .then(kept -> start(lab, folder, telemetry, choice, out, means, kept)));
    }

    private static Outcome<LabAgents> start(
            Marketplace lab,
            Path folder,
            OtlpReceiver telemetry,
            Choice choice,
            PrintWriter out,
            Means means,
            Case kept) {
        Optional<Thrift> thrift = choice.small()
                ? Optional.of(Thrift.ofThisProcess(telemetry.store()::scarce, says -> notice("memory", says, out)))
                : Optional.empty();
        Agents.Setting setting = new Agents.Setting(
                lab.proxy(),
                lab.repository().folder(),
                Layout.PROXY,
                Inventory.parse("inventory", lab.layout().inventory()).value().orElse(Inventory.NONE),
                List.of(
                        new Objective(Subject.EDGE, Measure.ERRORS, 0.01),
                        new Objective(Subject.EDGE, Measure.P99, 400)),
                means.policy(),
                "lab",
                kept,
                means.bus(),
                thrift);
        Path file = folder.resolve("case");
        Clerk clerk = new Clerk(file, incident -> Narrative.read(kept, incident, Locale.ENGLISH), means.narrator());
        return Agents.start(setting, means.outside(), step -> {
                    tell(step, out);
                    clerk.step(step);
                })
                .then(agents -> AgentsDoor.open(lab.proxy(), agents.steering(), file)
                        .then(door -> {
                            clerk.tells(agents::filed);
                            telemetry.store().tell(agents::take);
                            List<AutoCloseable> parts = new ArrayList<>();
                            packets(choice.device(), folder, agents, out).ifPresent(parts::add);
                            parts.addAll(List.of(door, agents, clerk, kept));
                            return Outcome.ok(new LabAgents(parts, agents));
                        }));
    }

    /** The agents do without where nothing can be captured, and that is told. */
    private static Optional<PacketWatch> packets(String device, Path folder, Agents agents, PrintWriter out) {
        if (device.isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve("packets-" + System.currentTimeMillis() + ".pcapng");
        return switch (PacketWatch.start(device, file, agents)) {
            case Outcome.Ok<PacketWatch>(PacketWatch watch) -> Optional.of(watch);
            case Outcome.Failed<PacketWatch>(Problem problem) -> {
                notice("packets", problem.toString(), out);
                yield Optional.empty();
            }
        };
    }

    private static Outcome<Supplier<Bus>> bus(Choice choice, Path folder) {
        if (choice.bus().isEmpty()) {
            return Outcome.ok(Bus::inProcess);
        }
        return BusAddress.read(choice.bus())
                .then(address -> BusSecrets.of(System.getenv(), folder.resolve("bus.key"))
                        .then(secrets -> Outcome.ok(() -> BrokerBus.open(address, secrets))));
    }

    /** Without the file no language model is asked. */
    private static Outcome<Optional<Narrator>> narrator(Path file) {
        return Files.exists(file)
                ? LanguageFile.narrator(file, () -> false, InstantSource.system())
                        .then(narrator -> Outcome.ok(Optional.of(narrator)))
                : Outcome.ok(Optional.empty());
    }

    private static void notice(String about, String says, PrintWriter out) {
        out.printf("%s  %-9s  %s%n", TIME.format(LocalTime.now(ZoneId.systemDefault())), about, says);
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
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) { // none of these throws one that is checked
                throw new IllegalStateException(e);
            }
        }
    }
}
