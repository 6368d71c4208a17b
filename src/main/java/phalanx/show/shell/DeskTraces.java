package phalanx.show.shell;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import phalanx.run.Outcome;
import phalanx.show.Words;
import phalanx.telemetry.OtlpLimits;
import phalanx.telemetry.OtlpReceiver;
import phalanx.telemetry.OtlpStore;
import phalanx.telemetry.Telemetry;

/**
 * Receives traces, metrics and logs by OTLP for the captures that are open, until it is told to stop; then the file that they were kept in is
 * imported like any other. Screen thread.
 */
final class DeskTraces {
    private static final Words WORDS = Words.of("imports");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm.ss", Locale.ROOT);
    private static final Duration LOOK = Duration.seconds(1);

    private final Desk desk;
    private final int httpPort;
    private final int grpcPort;
    private final Path home;
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final Timeline looking = new Timeline(new KeyFrame(LOOK, _ -> look()));
    private @Nullable OtlpReceiver receiver;
    private OtlpStore.@Nullable Counts shown;
    private boolean asked;
    private boolean copying;

    /** @param home where files of what came are made */
    DeskTraces(Desk desk, int httpPort, int grpcPort, Path home) {
        this.desk = desk;
        this.httpPort = httpPort;
        this.grpcPort = grpcPort;
        this.home = home;
        looking.setCycleCount(Animation.INDEFINITE);
    }

    ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /** The receiver while it runs. */
    @Nullable
    OtlpReceiver receiver() {
        return receiver;
    }

    void toggle() {
        if (receiver != null) {
            stop();
        } else if (!asked) {
            start();
        }
    }

    private void start() {
        asked = true;
        Path file = home.resolve("traces " + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())) + ".jsonl");
        desk.model()
                .jobs()
                .<OtlpReceiver>start(
                        "receive traces",
                        _ -> OtlpReceiver.start("127.0.0.1", httpPort, grpcPort, file, OtlpLimits.USUAL),
                        _ -> {},
                        outcome -> {
                            asked = false;
                            switch (outcome) {
                                case Outcome.Ok<OtlpReceiver>(var started) -> {
                                    receiver = started;
                                    running.set(true);
                                    looking.play();
                                    look();
                                }
                                case Outcome.Failed<OtlpReceiver>(var problem) ->
                                    desk.dialogs().problem(WORDS.get("receive.failed"), problem);
                            }
                        });
    }

    /** Shows what came since it was looked last; not while the last look is still being put together. */
    void look() {
        OtlpReceiver now = receiver;
        if (now == null || copying) {
            return;
        }
        OtlpStore.Counts counts = now.store().counts();
        if (counts.equals(shown)) {
            return;
        }
        shown = counts;
        copying = true;
        desk.model().imports().receiving().set(told(now, counts));
        desk.model()
                .jobs()
                .<Telemetry>start("join traces", _ -> Outcome.ok(now.store().snapshot()), _ -> {}, outcome -> {
                    copying = false;
                    if (receiver == now && outcome instanceof Outcome.Ok<Telemetry>(var held)) {
                        desk.model().imports().received(held);
                    }
                });
    }

    private static String told(OtlpReceiver now, OtlpStore.Counts counts) {
        String where = WORDS.get(
                "receiving",
                String.valueOf(now.http().getPort()),
                String.valueOf(now.grpc().getPort()),
                counts.spans(),
                counts.points(),
                counts.records());
        long lost = counts.gone() + counts.wrong() + now.notKept();
        return where
                + (lost > 0 ? " " + WORDS.get("receiving.lost", lost) : "")
                + (counts.refused() > 0 ? " " + WORDS.get("receiving.refused", counts.refused()) : "")
                + (counts.turnedAway() > 0 ? " " + WORDS.get("receiving.turned-away", counts.turnedAway()) : "");
    }

    private void stop() {
        OtlpReceiver now = receiver;
        if (now == null) {
            return;
        }
        end();
        desk.model()
                .jobs()
                .<Boolean>start(
                        "end receiving",
                        _ -> {
                            now.close();
                            return Outcome.ok(true);
                        },
                        _ -> {},
                        _ -> {
                            Path file = now.file();
                            if (file != null && desk.investigation().get() != null) {
                                desk.model().addImports(List.of(file));
                            }
                            desk.model().imports().received(Telemetry.NONE);
                        });
    }

    private void end() {
        looking.stop();
        receiver = null;
        shown = null;
        running.set(false);
        desk.model().imports().receiving().set("");
    }

    /** Ends with the desk; what came stays in its file. */
    void close() {
        OtlpReceiver now = receiver;
        if (now != null) {
            end();
            now.close();
        }
    }
}
