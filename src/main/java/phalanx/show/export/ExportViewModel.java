package phalanx.show.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import phalanx.explain.CaseAccount;
import phalanx.explain.Drawing;
import phalanx.run.Jobs;
import phalanx.run.Outcome;
import phalanx.run.Problem;
import phalanx.run.Progress;
import phalanx.run.WholeFile;
import phalanx.show.Told;

/** What is to be written, and how far it has come. Screen thread. */
public final class ExportViewModel {
    /** Where an export stands. */
    public sealed interface State {
        /** The user chooses. */
        record Choosing() implements State {}

        /** A file is being written. */
        record Writing(Path file, Jobs.Step step) implements State {}

        /** A file was written, so many bytes long. */
        record Written(Path file, long bytes) implements State {}

        /** Nothing was written. */
        record Failed(Problem problem) implements State {}
    }

    /** What writes the content of a file, on a worker. */
    private interface Content {
        void to(OutputStream out, Progress progress) throws IOException;
    }

    private final Exporter exporter;
    private final Jobs jobs;
    private final @Nullable ExportedView view;
    private final CaseAccount account;
    private final List<Drawing> drawings;
    private final ObjectProperty<ExportFormat> format = new SimpleObjectProperty<>();
    private final Map<CaseAccount.Picture, BooleanProperty> pictures = new EnumMap<>(CaseAccount.Picture.class);
    private final BooleanProperty views = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Choosing());
    private Jobs.Handle running = () -> {};

    /**
     * Offers a view and a report.
     *
     * @param view in focus, null for none
     * @param account of the case, with the pictures that are ticked at first
     * @param open all views that are open; those that are drawings can go into the report
     */
    public ExportViewModel(
            Exporter exporter, Jobs jobs, @Nullable ExportedView view, CaseAccount account, List<ExportedView> open) {
        this.exporter = exporter;
        this.jobs = jobs;
        this.view = view;
        this.account = account;
        drawings = open.stream().flatMap(one -> one.drawing().stream()).toList();
        for (CaseAccount.Picture picture : CaseAccount.Picture.values()) {
            pictures.put(picture, new SimpleBooleanProperty(account.pictures().contains(picture)));
        }
        format.set(view == null ? ExportFormat.PDF : ExportFormat.PNG);
    }

    /** What can be written: of the view what it can give, of the case every report. */
    public Set<ExportFormat> formats() {
        Set<ExportFormat> formats = EnumSet.copyOf(ExportFormat.REPORTS);
        if (view != null) {
            formats.add(ExportFormat.PNG);
            formats.add(ExportFormat.PNG_FINE);
            view.drawing().ifPresent(_ -> formats.add(ExportFormat.SVG));
            view.table().ifPresent(_ -> formats.add(ExportFormat.CSV));
        }
        return formats;
    }

    /** The chosen format. */
    public ObjectProperty<ExportFormat> format() {
        return format;
    }

    /** Whether a picture goes into the report. */
    public BooleanProperty picture(CaseAccount.Picture picture) {
        return pictures.getOrDefault(picture, views);
    }

    /** Whether the views on the desk that are drawings go into the report. */
    public BooleanProperty views() {
        return views;
    }

    /** How many views on the desk are drawings. */
    public int drawn() {
        return drawings.size();
    }

    /** The view in focus, null for none. */
    @Nullable
    ExportedView view() {
        return view;
    }

    public ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** A name for the file in the chosen format. */
    public String suggestedName() {
        ExportFormat chosen = format.get();
        String of = chosen.report() || view == null
                ? account.name().isEmpty() ? "report" : account.name()
                : view.title().toLowerCase(Locale.ROOT);
        return of.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceAll("^[-.]+|[-.]+$", "") + chosen.ending();
    }

    /** Writes the chosen format to that file, whole or not at all; another one that is being written is given up. */
    public void write(Path file) {
        running.cancel();
        Content content = content(format.get());
        state.set(new State.Writing(file, new Jobs.Step("", 0, 0)));
        running = jobs.start(
                "export " + file.getFileName(),
                progress -> write(file, content, progress),
                step -> {
                    if (state.get() instanceof State.Writing) {
                        state.set(new State.Writing(file, step));
                    }
                },
                outcome -> state.set(
                        switch (outcome) {
                            case Outcome.Ok<Long>(var bytes) -> new State.Written(file, bytes);
                            case Outcome.Failed<Long>(var problem) ->
                                problem.code().equals(Jobs.CANCELLED)
                                        ? new State.Choosing()
                                        : new State.Failed(Told.problem(problem));
                        }));
    }

    /** Gives up what is being written; what stood at its place stays. */
    public void cancel() {
        running.cancel();
    }

    private static Outcome<Long> write(Path file, Content content, Progress progress) {
        try {
            WholeFile.write(file, out -> {
                content.to(out, progress);
                progress.stopIfCancelled();
                return file;
            });
            return Outcome.ok(Files.size(file));
        } catch (IOException e) {
            return Outcome.failed(WholeFile.notWritten(file, e));
        }
    }

    /** What a worker needs of the view is taken from it now. */
    private Content content(ExportFormat chosen) {
        ExportedView of = view;
        if (chosen.report() || of == null) {
            CaseAccount wanted = wanted();
            return (out, progress) -> exporter.report(wanted, chosen, out, progress);
        }
        return switch (chosen) {
            case SVG -> (out, _) -> exporter.svg(of.drawing().orElseThrow(), out);
            case CSV -> (out, progress) -> exporter.csv(of.table().orElseThrow(), out, progress);
            default -> {
                int scale = chosen == ExportFormat.PNG_FINE ? 2 : 1;
                if (of.drawing().isPresent()) {
                    yield (out, _) ->
                            ImageIO.write(ExportedView.pixels(of.drawing().get(), scale), "png", out);
                }
                BufferedImage pixels = of.snapshot().apply(scale);
                yield (out, _) -> ImageIO.write(pixels, "png", out);
            }
        };
    }

    private CaseAccount wanted() {
        Set<CaseAccount.Picture> ticked = EnumSet.noneOf(CaseAccount.Picture.class);
        pictures.forEach((picture, on) -> {
            if (on.get()) {
                ticked.add(picture);
            }
        });
        List<Drawing> with = new ArrayList<>(account.drawings());
        if (views.get()) {
            with.addAll(drawings);
        }
        return new CaseAccount(
                account.name(),
                account.analysis(),
                ticked,
                account.notes(),
                account.dismissed(),
                with,
                account.imported());
    }
}
