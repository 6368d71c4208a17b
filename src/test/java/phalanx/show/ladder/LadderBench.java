package phalanx.show.ladder;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;
import phalanx.app.TestPipeline;
import phalanx.explain.Analysis;
import phalanx.run.Progress;
import phalanx.show.Palette;
import phalanx.show.Screen;
import phalanx.show.Selection;
import phalanx.show.Shown;
import phalanx.show.ViewContext;

/**
 * Frames, first picture and memory of the ladder of one large conversation; run by hand: {@code LadderBench 1000000 3 work-folder}. For
 * frames as fast as they come, {@code -Djavafx.animation.fullspeed=true}.
 */
final class LadderBench {
    private static final int FRAMES = 300, WARM = 60;
    private static final double[] ZOOMS = {0.002, 0.02, 0.2, 1, 4, 8, 18};

    private LadderBench() {}

    public static void main(String[] arguments) throws Exception {
        int packets = Integer.parseInt(arguments[0]);
        List<Path> files = LongDownload.captures(packets, Integer.parseInt(arguments[1]), Path.of(arguments[2]));
        Analysis analysis = TestPipeline.analyze(files);
        say(
                "journeys %,d, conversations %d",
                analysis.stitched().journeys().size(),
                analysis.stitched().conversations().size());
        pictures(analysis);
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> {
            thrown.printStackTrace();
            System.exit(1); // whoever waits for the last frame would wait for ever
        });
        frames(analysis);
        System.exit(0);
    }

    private static void say(String text, Object... figures) {
        System.out.printf(Locale.ROOT, text + "%n", figures);
    }

    private static void pictures(Analysis analysis) {
        LadderBuilder builder = new LadderBuilder(analysis);
        Selection.State state = new Selection.State(0, Selection.NONE, null, null, null, null);
        for (TimeScale.Mode mode : TimeScale.Mode.values()) {
            for (int round = 0; round < 4; round++) {
                long begin = System.nanoTime();
                long spent = cpu();
                LadderPicture picture = builder.picture(LadderScope.of(state, Shown.ALL, mode), Progress.NONE);
                say(
                        "%s picture %d: %d ms, CPU %d ms, %,d rungs",
                        mode,
                        round,
                        (System.nanoTime() - begin) / 1_000_000,
                        (cpu() - spent) / 1_000_000,
                        picture == null ? 0 : picture.rungs());
            }
        }
        List<LadderPicture> kept = new ArrayList<>();
        long before = used();
        for (int i = 0; i < 4; i++) {
            kept.add(builder.picture(LadderScope.of(state, Shown.ALL, TimeScale.Mode.FOLDED), Progress.NONE));
        }
        say("bytes a packet: %.1f", (used() - before) / 4.0 / kept.getFirst().rungs());
    }

    private static long used() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void frames(Analysis analysis) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Screen.run(() -> {
            Selection selection = new Selection(analysis.stitched());
            selection.conversation(0);
            LadderView ladder = new LadderView(new ViewContext(
                    analysis,
                    selection,
                    new SimpleObjectProperty<>(Shown.ALL),
                    new SimpleObjectProperty<>(Palette.LIGHT),
                    Screen.AT_ONCE,
                    _ -> {}));
            Stage stage = new Stage();
            stage.setScene(new Scene(ladder, 1600, 900));
            stage.show();
            LadderCanvas canvas = ladder.canvas();
            Consumer<Integer> pan = i -> canvas.show(seen(canvas).panned(0, i % 100 < 50 ? 37 : -37));
            List<Run> runs = new ArrayList<>();
            runs.add(new Run(
                    "whole, zooming",
                    c -> c.show(seen(c).whole()),
                    i -> canvas.show(seen(canvas).zoomed(i % 100 < 50 ? 1.07 : 1 / 1.07, 450))));
            for (double zoom : ZOOMS) {
                runs.add(new Run("pan at " + zoom + " px a row", c -> c.show(at(seen(c), zoom)), pan));
            }
            runs.add(new Run(
                    "selecting the next packet",
                    c -> {},
                    i -> selection.journey(
                            (i + WARM) * 997 % analysis.stitched().journeys().size())));
            next(runs, canvas, done);
        });
        done.await();
    }

    private record Run(String name, Consumer<LadderCanvas> first, Consumer<Integer> step) {}

    private static Viewport seen(LadderCanvas canvas) {
        return Objects.requireNonNull(canvas.view());
    }

    private static Viewport at(Viewport view, double zoom) {
        return view.zoomed(zoom / view.zoom(), 450)
                .centred(view.picture().scale().end() / 2);
    }

    private static void next(List<Run> runs, LadderCanvas canvas, CountDownLatch done) {
        if (runs.isEmpty()) {
            done.countDown();
            return;
        }
        Run run = runs.removeFirst();
        run.first.accept(canvas);
        long[] frames = new long[FRAMES];
        long[] own = new long[FRAMES];
        new AnimationTimer() {
            private int frame = -WARM;
            private long last = System.nanoTime();
            private long spent;

            @Override
            public void handle(long ignored) {
                long now = System.nanoTime();
                if (frame >= 0) {
                    frames[frame] = now - last;
                }
                last = now;
                if (++frame == 0) {
                    spent = cpu();
                }
                if (frame == FRAMES) {
                    stop();
                    report(run.name, frames, own, (cpu() - spent) / FRAMES);
                    next(runs, canvas, done);
                    return;
                }
                run.step.accept(frame);
                canvas.requestLayout();
                canvas.layout();
                if (frame >= 0) {
                    own[frame] = System.nanoTime() - now;
                }
            }
        }.start();
    }

    /** Of the whole process, nanoseconds: tells more than the wall clock where others use the machine, too. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void report(String name, long[] frames, long[] own, long cpu) {
        Arrays.sort(frames);
        Arrays.sort(own);
        say(
                "%-28s frame median %.1f ms, p99 %.1f ms; own work median %.1f ms, p99 %.1f ms; CPU %.1f ms",
                name,
                frames[FRAMES / 2] / 1e6,
                frames[FRAMES * 99 / 100] / 1e6,
                own[FRAMES / 2] / 1e6,
                own[FRAMES * 99 / 100] / 1e6,
                cpu / 1e6);
    }
}
