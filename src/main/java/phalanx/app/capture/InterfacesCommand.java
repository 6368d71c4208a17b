package phalanx.app.capture;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import phalanx.app.terminal.ExitCode;
import phalanx.capture.live.CaptureInterface;
import phalanx.capture.live.CaptureInterfaces;
import phalanx.capture.remote.HopAddress;
import phalanx.capture.remote.HopCaptures;
import phalanx.run.ForeignText;
import phalanx.run.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what can be captured on, here or on another machine. */
@Command(
        name = "interfaces",
        mixinStandardHelpOptions = true,
        header = "Lists the interfaces of this machine or of another one, their addresses and their traffic now.",
        footer = {
            "",
            "Examples:",
            "  phalanx interfaces",
            "  phalanx interfaces ssh://admin@web1",
            "  phalanx interfaces agent://lb1 --fingerprint SHA256:... --token-file token",
            "Then: phalanx capture --interface NAME --output trace.pcapng"
        })
public final class InterfacesCommand implements Callable<Integer> {
    private static final long MEASURED_MILLIS = 300;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "MACHINE",
            arity = "0..1",
            description = "ssh://USER@HOST:PORT or agent://HOST:PORT (default: this machine)")
    private @Nullable String machine;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (machine == null) {
            return here(line);
        }
        HopAddress address = RemoteOptions.address(machine, true, line);
        if (!address.remote()) {
            throw new CommandLine.ParameterException(line, machine + " is no ssh://HOST or agent://HOST.");
        }
        return switch (remote.access(null).then(access -> HopCaptures.interfaces(address, access))) {
            case Outcome.Ok<List<CaptureInterface>>(var all) -> {
                print(all, _ -> "", line);
                yield ExitCode.OK;
            }
            case Outcome.Failed<List<CaptureInterface>>(var problem) -> {
                line.getErr().println(problem);
                yield ExitCode.FORBIDDEN;
            }
        };
    }

    private static int here(CommandLine line) throws InterruptedException {
        Outcome<List<CaptureInterface>> first = CaptureInterfaces.list();
        long from = System.nanoTime();
        Thread.sleep(MEASURED_MILLIS);
        Outcome<List<CaptureInterface>> second = CaptureInterfaces.list();
        double seconds = (System.nanoTime() - from) / 1e9;
        if (!(first instanceof Outcome.Ok<List<CaptureInterface>>(var before))
                || !(second instanceof Outcome.Ok<List<CaptureInterface>>(var now))) {
            line.getErr().println(((Outcome.Failed<?>) (first instanceof Outcome.Failed ? first : second)).problem());
            return ExitCode.FORBIDDEN;
        }
        print(now, one -> rate(one, before, seconds), line);
        return ExitCode.OK;
    }

    private static void print(List<CaptureInterface> now, Function<CaptureInterface, String> rate, CommandLine line) {
        int widest = now.stream().mapToInt(one -> one.name().length()).max().orElse(1);
        for (CaptureInterface one : now) {
            line.getOut()
                    .println(("%-" + Math.max(1, widest) + "s  %-4s  %14s  %s")
                            .formatted(
                                    ForeignText.name(one.name()),
                                    one.up() ? "up" : "down",
                                    rate.apply(one),
                                    ForeignText.line(
                                            one.addresses().isEmpty()
                                                    ? one.description()
                                                    : String.join(" ", one.addresses()))));
        }
        line.getOut().flush();
    }

    private static String rate(CaptureInterface now, List<CaptureInterface> before, double seconds) {
        return before.stream()
                .filter(one -> one.name().equals(now.name()) && one.octets() >= 0 && now.octets() >= one.octets())
                .findFirst()
                .map(one ->
                        String.format(Locale.ROOT, "%,.1f kbit/s", (now.octets() - one.octets()) * 8 / seconds / 1e3))
                .orElse("");
    }
}
