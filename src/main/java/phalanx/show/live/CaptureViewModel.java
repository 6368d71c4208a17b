package phalanx.show.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
import phalanx.capture.live.LiveCapture;
import phalanx.capture.remote.Secrets;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;

/** What is to be captured, and how. Screen thread. */
final class CaptureViewModel {
    private final Jobs jobs;
    private final Secrets secrets;
    private final ObservableList<Point> points = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable Problem> notListed = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Problem> wrongFilter = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Problem> notBegun = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper beginning = new ReadOnlyBooleanWrapper();
    private int checks;
    private boolean looking;

    final StringProperty filter = new SimpleStringProperty("");
    final StringProperty folder = new SimpleStringProperty();
    final StringProperty snaplen = new SimpleStringProperty("");
    final BooleanProperty promiscuous = new SimpleBooleanProperty(true);
    final StringProperty fileSize = new SimpleStringProperty("");
    final StringProperty files = new SimpleStringProperty("");
    final StringProperty believed = new SimpleStringProperty("");
    final StringProperty tokenFile = new SimpleStringProperty("");
    final ObservableList<Elsewhere> elsewhere = FXCollections.observableArrayList();

    /** A capture point on another machine. */
    static final class Elsewhere {
        final StringProperty address = new SimpleStringProperty("");
        final StringProperty name = new SimpleStringProperty("");
    }

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

    /** @param folder proposed for the files  @param secrets asked for passwords, not on the screen thread */
    CaptureViewModel(Jobs jobs, Path folder, Secrets secrets) {
        this.jobs = jobs;
        this.secrets = secrets;
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
        if (looking) {
            return;
        }
        looking = true;
        jobs.start("look at interfaces", _ -> CaptureInterfaces.list(), _ -> {}, outcome -> {
            looking = false;
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
                "check filter", _ -> Outcome.ok(Optional.ofNullable(CaptureFilter.check(text))), _ -> {}, outcome -> {
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
        switch (CaptureRequest.of(this)) {
            case Outcome.Failed<CaptureRequest>(var problem) -> notBegun.set(problem);
            case Outcome.Ok<CaptureRequest>(var request) -> {
                beginning.set(true);
                notBegun.set(null);
                jobs.start("begin captures", _ -> request.begin(secrets), _ -> {}, outcome -> {
                    beginning.set(false);
                    switch (outcome) {
                        case Outcome.Ok<Map<String, LiveCapture>>(var captures) -> begun.accept(captures);
                        case Outcome.Failed<Map<String, LiveCapture>>(var problem) -> notBegun.set(problem);
                    }
                });
            }
        }
    }
}
