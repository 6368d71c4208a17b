package phalanx.app.agent;

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
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import phalanx.agents.Agents;
import phalanx.agents.Bus;
import phalanx.agents.Means;
import phalanx.agents.Outside;
import phalanx.agents.Site;
import phalanx.agents.Steering;
import phalanx.agents.Thrift;
import phalanx.agents.bus.BrokerBus;
import phalanx.agents.bus.BusAddress;
import phalanx.agents.bus.BusSecrets;
import phalanx.agents.narrate.Clerk;
import phalanx.agents.narrate.Narrative;
import phalanx.agents.narrate.Narrator;
import phalanx.agents.trail.Message;
import phalanx.agents.trail.StepText;
import phalanx.app.capture.PacketWatch;
import phalanx.proxy.ProxyServer;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.telemetry.OtlpReceiver;

/**
 * Agents at work, with all that belongs to them: their bus, the files of escalations, hooks and the forge, packets, and the door by which
 * people reach them. Any thread.
 */
final class AgentTeam implements AutoCloseable {
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

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final List<AutoCloseable> parts;
    private final Agents agents;

    /** @param parts what ends with them, the first one first */
    private AgentTeam(List<AutoCloseable> parts, Agents agents) {
        this.parts = List.copyOf(parts);
        this.agents = agents;
    }

    /** How people see them and steer them. */
    Steering steering() {
        return agents.steering();
    }

    /** What stands in the files beside them. @param narrator who tells incidents in other words, too */
    private record Beside(Means means, Optional<Narrator> narrator) {}

    /**
     * Starts them; the case that they keep is closed with them.
     *
     * @param proxy whose admin port people reach them at
     * @param site what they work on
     * @param folder where {@code language.json}, {@code hooks.json}, {@code forge.json} and the key of their bus may stand
     * @param kept the folder of their case
     * @param out where each step is told on a line
     */
    static Outcome<AgentTeam> start(
            ProxyServer proxy,
            Site site,
            Choice choice,
            Path folder,
            Path kept,
            OtlpReceiver telemetry,
            PrintWriter out) {
        Optional<Thrift> thrift = choice.small()
                ? Optional.of(Thrift.ofThisProcess(telemetry.store()::scarce, says -> notice("memory", says, out)))
                : Optional.empty();
        return bus(choice, folder)
                .then(bus -> narrator(folder.resolve(LanguageFile.NAME), thrift)
                        .then(narrator -> Outside.read(folder, System.getenv())
                                .then(outside -> Outcome.ok(new Beside(new Means(bus, thrift, outside), narrator)))))
                .then(beside -> {
                    Clerk clerk = new Clerk(
                            kept, incident -> Narrative.read(site.kept(), incident, Locale.ENGLISH), beside.narrator());
                    return Agents.start(site, beside.means(), step -> {
                                tell(step, out);
                                clerk.step(step);
                            })
                            .then(agents -> AgentsDoor.open(proxy, agents.steering(), telemetry.store()::snapshot, kept)
                                    .then(door -> {
                                        clerk.tells(agents::filed);
                                        telemetry.store().tell(agents::take);
                                        List<AutoCloseable> parts = new ArrayList<>();
                                        packets(choice.device(), folder, agents, out)
                                                .ifPresent(parts::add);
                                        parts.addAll(List.of(door, agents, clerk, site.kept()));
                                        return Outcome.ok(new AgentTeam(parts, agents));
                                    }));
                });
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

    /** Without the file no language model is asked, nor where memory is short. */
    private static Outcome<Optional<Narrator>> narrator(Path file, Optional<Thrift> thrift) {
        BooleanSupplier tight = () -> thrift.filter(Thrift::tight).isPresent();
        return Files.exists(file)
                ? LanguageFile.narrator(file, tight, InstantSource.system())
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

    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                System.getLogger("phalanx.app").log(System.Logger.Level.WARNING, "the agents did not end well", e);
            }
        }
    }
}
