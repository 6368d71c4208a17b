package phalanx.app;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.CaptureInterface;
import phalanx.capture.live.CaptureInterfaces;
import phalanx.run.Outcome;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what can be captured on. */
@Command(
        name = "interfaces",
        mixinStandardHelpOptions = true,
        header = "Lists the interfaces of this machine, their addresses and their traffic now.",
        footer = {"", "Then: phalanx capture --interface NAME --output trace.pcapng"})
final class InterfacesCommand implements Callable<Integer> {
    private static final long MEASURED_MILLIS = 300;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
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
        int widest = now.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        for (CaptureInterface one : now) {
            line.getOut()
                    .println(("%-" + widest + "s  %-4s  %14s  %s")
                            .formatted(
                                    one.name(),
                                    one.up() ? "up" : "down",
                                    rate(one, before, seconds),
                                    one.addresses().isEmpty() ? one.description() : String.join(" ", one.addresses())));
        }
        line.getOut().flush();
        return ExitCode.OK;
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
