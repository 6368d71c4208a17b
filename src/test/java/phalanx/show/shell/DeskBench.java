package phalanx.show.shell;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import phalanx.app.TestPipeline;
import phalanx.run.Jobs;
import phalanx.show.Focus;
import phalanx.show.Screen;
import phalanx.show.Selection;

/**
 * What a user waits for on a large investigation, with the program's own desk without a display; run by hand:
 * {@code DeskBench capture...}. Each figure is from the act to the moment when no work is under way and the screen thread is idle.
 */
final class DeskBench {
    private final AtomicInteger working = new AtomicInteger();
    private final Jobs jobs = new Jobs(
            task -> {
                working.incrementAndGet();
                Thread.ofPlatform().daemon().name("job").start(() -> {
                    try {
                        task.run();
                    } finally {
                        Platform.runLater(working::decrementAndGet);
                    }
                });
            },
            Platform::runLater);
    private final Desk desk;
    private final Stage stage;

    private DeskBench() {
        desk = Screen.on(() -> new Desk(
                TestPipeline.analyzer(),
                jobs,
                Samples.in(Path.of("sample-pcaps")),
                _ -> {
                    throw new AssertionError("no proxy here");
                },
                DeskTest.settings(),
                DeskTest.cases(),
                TestPipeline.exporter()));
        stage = Screen.on(() -> {
            Stage window = new Stage();
            window.setScene(desk.scene(1600, 1000));
            window.show();
            return window;
        });
        Screen.settle();
        Screen.run(desk::rehearse);
        Screen.pulse();
        await(this::idle);
    }

    public static void main(String[] arguments) {
        List<Path> files = Arrays.stream(arguments).map(Path::of).toList();
        DeskBench bench = new DeskBench();
        String parts = System.getProperty("parts", "select filter jump cancel");
        bench.opening(files);
        if (parts.contains("select")) {
            bench.selecting();
        }
        if (parts.contains("filter")) {
            bench.filtering();
        }
        if (parts.contains("jump")) {
            bench.jumping();
        }
        if (parts.contains("cancel")) {
            bench.cancelling(files);
        }
        System.exit(0);
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void say(String what, double value, String unit) {
        System.out.printf(Locale.ROOT, "%-52s %,10.1f %s%n", what, value, unit);
    }

    private void opening(List<Path> files) {
        long empty = heap();
        long start = System.nanoTime();
        long worked = cpu();
        AtomicLong painted = new AtomicLong();
        Screen.run(() -> {
            desk.open(files);
            desk.investigation().subscribe(made -> {
                Scene scene = stage.getScene();
                if (made != null) { // in the second layout what the first laid out has been painted
                    Focus.afterLayout(
                            scene, () -> Focus.afterLayout(scene, () -> painted.compareAndSet(0, System.nanoTime())));
                }
            });
        });
        say("open: first thing on the screen", since(start), "ms");
        await(() -> painted.get() != 0);
        say("open: first rows painted", (painted.get() - start) / 1e6, "ms");
        say("    of which the processor", (cpu() - worked) / 1e6, "ms");
        await(this::idle);
        say("open: all of it", since(start), "ms");
        say("    of which the processor", (cpu() - worked) / 1e6, "ms");
        long heap = heap();
        long packets = open().analysis().stitched().captures().stream()
                .mapToLong(point -> point.packets().size())
                .sum();
        say("packets", (double) packets, "");
        say("conversations", open().analysis().stitched().conversations().size(), "");
        say("heap", heap / 1e6, "MB");
        say("    a packet, views included, beyond the empty desk", (double) (heap - empty) / packets, "bytes");
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private Investigation open() {
        return Objects.requireNonNull(Screen.on(() -> desk.investigation().get()));
    }

    private void selecting() {
        String front = System.getProperty("show", "");
        if (!front.isEmpty()) {
            Investigation shown = open();
            Screen.run(() -> List.of(front.split("-")).forEach(shown.docks()::show));
            await(this::idle);
        }
        Selection selection = open().selection();
        int conversations = open().analysis().stitched().conversations().size();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int conversation = i * 7919 % conversations;
            times.add(act(() -> selection.conversation(conversation)));
        }
        tell("select a conversation: all views", times);
        times.clear();
        Screen.run(selection::clear);
        await(this::idle);
        for (int i = 0; i < 10; i++) {
            times.add(act(() -> selection.conversation(0)));
            times.add(act(selection::clear));
        }
        tell("select everything again: all views", times);
        int journeys = open().analysis().stitched().journeys().size();
        times.clear();
        for (int i = 0; i < 40; i++) {
            int journey = (int) (i * 7_368_787L % journeys);
            times.add(act(() -> selection.journey(journey)));
        }
        tell("select a packet: all views", times);
        Screen.run(selection::clear);
        await(this::idle);
    }

    private void filtering() {
        for (String filter : List.of(
                "tcp.flags.syn == 1", "frame.len > 1000", "ip.addr == 10.0.0.1", "tcp.port == 443 && tcp.len > 0")) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                Screen.run(() -> desk.omnibox().set(filter));
                await(() -> desk.omniboxModel().shown().get().filter().equals(filter));
                double applied = since(start);
                await(this::idle);
                times.add(applied);
                Screen.run(() -> desk.omnibox().set(""));
                await(this::idle);
            }
            tell("filter " + filter, times);
        }
    }

    private void jumping() {
        Investigation open = open();
        Screen.run(() -> List.of("conversations", "packets").forEach(open.docks()::show));
        await(this::idle);
        TableView<?> table = Screen.on(() -> Screen.all(stage.getScene().getRoot()).stream()
                .filter(TableView.class::isInstance)
                .map(node -> (TableView<?>) node)
                .max(Comparator.comparingInt(one -> one.getItems().size()))
                .orElseThrow());
        int rows = Screen.on(() -> table.getItems().size());
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int row = (int) (i * 7_368_787L % rows);
            times.add(act(() -> {
                table.scrollTo(row);
                stage.getScene().getRoot().layout();
            }));
        }
        tell("jump in a table of " + rows + " rows", times);
    }

    private void cancelling(List<Path> files) {
        List<Double> times = new ArrayList<>();
        for (int after = 50; after < 3000; after += 250) {
            Screen.run(() -> desk.open(files));
            long until = System.nanoTime() + after * 1_000_000L;
            await(() -> System.nanoTime() > until);
            boolean running = Screen.on(() -> desk.model().state().get() instanceof DeskViewModel.State.Loading
                    || desk.model().renewing().get() != null);
            long start = System.nanoTime();
            Screen.run(desk.model()::cancel);
            await(this::idle);
            if (running) { // else all was read, and what is waited for is the drawing of it
                times.add(since(start));
            }
        }
        say("cancel: asked for while reading", times.size(), "times");
        tell("cancel: work ended", times);
    }

    private double act(Runnable work) {
        long start = System.nanoTime();
        Screen.run(work);
        await(this::idle);
        return since(start);
    }

    private boolean idle() {
        return working.get() == 0;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static void tell(String what, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        say(what + ", median", sorted.get(sorted.size() / 2), "ms");
        say(what + ", slowest", sorted.getLast(), "ms");
    }

    /** Until it holds and the screen thread has nothing left to do. */
    private static void await(BooleanSupplier what) {
        long until = System.nanoTime() + 120_000_000_000L;
        while (!Screen.on(what::getAsBoolean)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("it did not happen within two minutes");
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
