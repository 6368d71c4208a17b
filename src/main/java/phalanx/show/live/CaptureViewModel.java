package phalanx.show.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import phalanx.capture.live.CaptureFilter;
import phalanx.capture.live.CaptureInterface;
import phalanx.capture.live.CaptureInterfaces;
import phalanx.capture.live.CaptureOptions;
import phalanx.capture.live.LiveCapture;
import phalanx.capture.live.RingOptions;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.WholeFile;
import phalanx.show.Words;

/** What is to be captured, and how. Screen thread. */
final class CaptureViewModel {
    /** The capture cannot begin as it was asked for. */
    static final String INCOMPLETE = "PHX-1650";

    private static final Words WORDS = Words.of("live");
    private static final Pattern NAME = Pattern.compile("[\\w-][\\w.-]*");
    private static final long MEGABYTE = 1 << 20;

    private final Jobs jobs;
    private final ObservableList<Point> points = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable Problem> notListed = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Problem> wrongFilter = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Problem> notBegun = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper beginning = new ReadOnlyBooleanWrapper();
    private int checks;

    final StringProperty filter = new SimpleStringProperty("");
    final StringProperty folder = new SimpleStringProperty();
    final StringProperty snaplen = new SimpleStringProperty("");
    final BooleanProperty promiscuous = new SimpleBooleanProperty(true);
    final StringProperty fileSize = new SimpleStringProperty("");
    final StringProperty files = new SimpleStringProperty("");

    /** An interface that can be captured on. */
    static final class Point {
        final CaptureInterface device;
        final BooleanProperty chosen = new SimpleBooleanProperty();
        final StringProperty name;
        /** Octets in each of the last looks. */
        final SimpleObjectProperty<List<Long>> traffic = new SimpleObjectProperty<>(List.of());

        private long octets;

        Point(CaptureInterface device) {
            this.device = device;
            name = new SimpleStringProperty(device.name());
            octets = device.octets();
        }

        private void seen(long now, int most) {
            if (now >= 0 && octets >= 0) {
                List<Long> all = new ArrayList<>(traffic.get());
                all.add(Math.max(0, now - octets));
                traffic.set(List.copyOf(all.subList(Math.max(0, all.size() - most), all.size())));
            }
            octets = now;
        }
    }

    /** @param folder proposed for the files */
    CaptureViewModel(Jobs jobs, Path folder) {
        this.jobs = jobs;
        this.folder.set(folder.toString());
        filter.subscribe(this::check);
    }

    /** Lists the interfaces; the one with most traffic is chosen. */
    void list() {
        jobs.start("list interfaces", _ -> CaptureInterfaces.list(), _ -> {}, outcome -> {
            switch (outcome) {
                case Outcome.Ok<List<CaptureInterface>>(var all) -> {
                    points.setAll(all.stream().map(Point::new).toList());
                    points.stream()
                            .filter(point -> point.device.up()
                                    && !point.device.loopback()
                                    && !point.device.addresses().isEmpty())
                            .max((one, other) -> Long.compare(one.device.octets(), other.device.octets()))
                            .ifPresent(point -> point.chosen.set(true));
                }
                case Outcome.Failed<List<CaptureInterface>>(var problem) -> notListed.set(problem);
            }
        });
    }

    /** Looks how much went over each interface since the last look. @param most looks that are kept */
    void look(int most) {
        jobs.start("look at interfaces", _ -> CaptureInterfaces.list(), _ -> {}, outcome -> {
            if (outcome instanceof Outcome.Ok<List<CaptureInterface>>(var all)) {
                for (CaptureInterface now : all) {
                    points.stream()
                            .filter(point -> point.device.name().equals(now.name()))
                            .forEach(point -> point.seen(now.octets(), most));
                }
            }
        });
    }

    private void check(String text) {
        int check = ++checks;
        jobs.start(
                "check filter",
                _ -> Outcome.ok(Optional.ofNullable(CaptureFilter.check(text))),
                _ -> {},
                outcome -> {
                    if (check == checks && outcome instanceof Outcome.Ok<Optional<Problem>>(var wrong)) {
                        wrongFilter.set(wrong.orElse(null));
                    }
                });
    }

    ObservableList<Point> points() {
        return points;
    }

    /** Why there are no interfaces, null while there are. */
    ReadOnlyObjectProperty<@Nullable Problem> notListed() {
        return notListed.getReadOnlyProperty();
    }

    /** What is wrong with the filter, null for nothing. */
    ReadOnlyObjectProperty<@Nullable Problem> wrongFilter() {
        return wrongFilter.getReadOnlyProperty();
    }

    /** Why it did not begin, null until it was tried. */
    ReadOnlyObjectProperty<@Nullable Problem> notBegun() {
        return notBegun.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty beginning() {
        return beginning.getReadOnlyProperty();
    }

    /** Begins on all chosen points, or on none. @param begun given the captures by the names of their points */
    void begin(Consumer<Map<String, LiveCapture>> begun) {
        switch (asked()) {
            case Outcome.Failed<List<Start>>(var problem) -> notBegun.set(problem);
            case Outcome.Ok<List<Start>>(var starts) -> {
                beginning.set(true);
                notBegun.set(null);
                jobs.start("begin captures", _ -> start(starts), _ -> {}, outcome -> {
                    beginning.set(false);
                    switch (outcome) {
                        case Outcome.Ok<Map<String, LiveCapture>>(var captures) -> begun.accept(captures);
                        case Outcome.Failed<Map<String, LiveCapture>>(var problem) -> notBegun.set(problem);
                    }
                });
            }
        }
    }

    private record Start(String name, CaptureOptions options, RingOptions ring) {}

    private Outcome<List<Start>> asked() {
        List<Point> chosen = points.stream().filter(point -> point.chosen.get()).toList();
        Set<String> names = new HashSet<>();
        if (chosen.isEmpty()) {
            return incomplete("none-chosen", "none-chosen.remedy");
        }
        List<Start> starts = new ArrayList<>();
        try {
            Path into = Path.of(folder.get().strip()).toAbsolutePath();
            long size = number(fileSize);
            for (Point point : chosen) {
                String name = point.name.get().strip();
                if (!NAME.matcher(name).matches() || !names.add(name)) {
                    return incomplete("bad-name", "bad-name.remedy", name);
                }
                starts.add(new Start(
                        name,
                        new CaptureOptions(
                                point.device.name(),
                                filter.get().strip(),
                                (int) number(snaplen),
                                promiscuous.get(),
                                CaptureOptions.USUAL_BUFFER),
                        new RingOptions(
                                into.resolve(name + ".pcapng"),
                                size * MEGABYTE,
                                0,
                                size > 0 ? (int) number(files) : 0,
                                RingOptions.USUAL_FLOOR)));
            }
        } catch (NumberFormatException _) {
            return incomplete("bad-number", "bad-number.remedy");
        } catch (InvalidPathException e) {
            return incomplete("bad-folder", "bad-folder.remedy", folder.get());
        }
        return Outcome.ok(starts);
    }

    private static long number(StringProperty text) {
        String said = text.get().strip();
        long number = said.isEmpty() ? 0 : Long.parseLong(said);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new NumberFormatException(said);
        }
        return number;
    }

    private static <T> Outcome<T> incomplete(String what, String remedy, Object... arguments) {
        return Outcome.failed(new Problem(INCOMPLETE, WORDS.get(what, arguments), WORDS.get(remedy)));
    }

    private static Outcome<Map<String, LiveCapture>> start(List<Start> starts) {
        Map<String, LiveCapture> captures = new LinkedHashMap<>();
        for (Start one : starts) {
            Outcome<LiveCapture> begun;
            try {
                Files.createDirectories(one.ring.file().getParent());
                begun = LiveCapture.start(one.options, one.ring);
            } catch (IOException e) {
                begun = Outcome.failed(WholeFile.notWritten(one.ring.file(), e));
            }
            switch (begun) {
                case Outcome.Ok<LiveCapture>(var capture) -> captures.put(one.name, capture);
                case Outcome.Failed<LiveCapture>(var problem) -> {
                    captures.values().forEach(LiveCapture::close);
                    return Outcome.failed(problem);
                }
            }
        }
        return Outcome.ok(captures);
    }
}
