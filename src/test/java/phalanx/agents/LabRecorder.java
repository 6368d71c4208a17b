package phalanx.agents;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.act.git.ConfigRepository;
import phalanx.agents.observe.Deploy;
import phalanx.agents.observe.ErrorBudget;
import phalanx.agents.observe.Inventory;
import phalanx.agents.observe.Measure;
import phalanx.agents.observe.Objective;
import phalanx.agents.observe.Observation;
import phalanx.agents.observe.Observer;
import phalanx.agents.observe.Subject;
import phalanx.lab.Marketplace;
import phalanx.lab.chaos.Chaos;
import phalanx.lab.chaos.Fault;
import phalanx.lab.chaos.FaultBook;
import phalanx.telemetry.OtlpLimits;
import phalanx.telemetry.OtlpReceiver;

/** Records what every fault of the lab looks like to who watches, for the tests of the diagnosis. Not part of the build. */
class LabRecorder {
    private static final int SECONDS = 16;
    private static final int LEARNT = 20;

    @TempDir
    Path folder;

    private final SloWatch promised = new SloWatch(
            List.of(new Objective(Subject.EDGE, Measure.ERRORS, 0.01), new Objective(Subject.EDGE, Measure.P99, 400)),
            () -> false);

    @Test
    void records() throws Exception {
        Path out = Path.of(System.getProperty("phalanx.lab.out", "recorded.jsonl"));
        long from = Long.getLong("phalanx.lab.from", 1);
        long seeds = Long.getLong("phalanx.lab.seeds", 1);
        List<String> only =
                Arrays.asList(System.getProperty("phalanx.lab.faults", "").split(",", -1));
        OtlpReceiver otlp =
                LabRun.value(OtlpReceiver.start("127.0.0.1", 0, 0, folder.resolve("otlp.jsonl"), OtlpLimits.USUAL));
        try (otlp;
                Marketplace lab = LabRun.value(Marketplace.start(new Marketplace.Settings(
                        folder.resolve("lab"), 40, 1, "127.0.0.1:" + otlp.http().getPort())));
                ConfigRepository repository =
                        LabRun.value(ConfigRepository.open(lab.repository().folder()));
                Writer file = Files.newBufferedWriter(out)) {
            Chaos chaos = new Chaos(lab);
            Observer observer = new Observer(
                    lab.proxy().log(),
                    Inventory.parse("inventory.json", lab.layout().inventory())
                            .value()
                            .orElseThrow(),
                    () -> deploys(repository),
                    new ErrorBudget(0.99, Duration.ofHours(1).toMillis()));
            otlp.store().tell(came -> observer.take(came.spans(), came.series(), Instant.now()));
            Map<String, String> files =
                    lab.repository().at(lab.repository().head().orElseThrow()).files();
            for (int i = 0; i < LEARNT; i++) {
                look(observer);
                observer.learn();
            }
            for (long seed = from; seed < from + seeds; seed++) {
                for (Fault fault : FaultBook.ALL) {
                    if (only.contains("") || only.contains(fault.name())) {
                        record(chaos, observer, fault.name(), seed, file);
                        chaos.clear();
                        LabRun.takeBack(lab, files, "lab");
                        rest(observer);
                    }
                }
            }
        }
    }

    private static List<Deploy> deploys(ConfigRepository repository) {
        return LabRun.value(repository.history(20)).stream()
                .map(commit -> new Deploy(
                        commit.at(),
                        commit.id(),
                        commit.files(),
                        !commit.proposal().isEmpty()))
                .toList();
    }

    private static Observation look(Observer observer) throws InterruptedException {
        Thread.sleep(1000 - System.currentTimeMillis() % 1000);
        return observer.look(Instant.now());
    }

    private static void record(Chaos chaos, Observer observer, String fault, long seed, Writer file) throws Exception {
        Instant at = Instant.now();
        Chaos.Injection made = LabRun.value(chaos.inject(fault, seed));
        List<Observation> seen = new ArrayList<>();
        for (int i = 0; i < SECONDS; i++) {
            seen.add(look(observer));
        }
        write(file, new Recorded(fault, seed, made.made().where(), at, seen));
        System.out.println(fault + " " + seed + " " + made.made());
    }

    private static void write(Writer file, Recorded one) throws IOException {
        file.write(one.line());
        file.write('\n');
        file.flush();
    }

    /** Until all is well again, and what is usual was seen for a while. */
    private void rest(Observer observer) throws InterruptedException {
        int well = 0;
        for (int i = 0; i < 60 && well < 8; i++) {
            Observation seen = look(observer);
            if (promised.calm(List.of(), seen)) {
                if (++well > 4) {
                    observer.learn();
                }
            } else {
                well = 0;
            }
        }
    }
}
