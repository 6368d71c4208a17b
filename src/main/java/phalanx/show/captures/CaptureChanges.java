package phalanx.show.captures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Scene;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputDialog;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import phalanx.net.HopId;
import phalanx.show.Words;
import phalanx.stitch.HopFile;
import phalanx.stitch.Placement;
import phalanx.stitch.Stitched;

/** Changes to capture points: names, roles, order, clocks. Screen thread. */
final class CaptureChanges {
    private static final Words WORDS = Words.of("captures");
    private static final Pattern OFFSET =
            Pattern.compile("([+\u2212-]?)\\s*(\\d+(?:[.,]\\d+)?)\\s*(ns|us|\u00b5s|ms|s)");

    /** Nanoseconds that a clock can be set before or behind the reference: ten years. */
    private static final long FARTHEST = Duration.ofDays(3653).toNanos();

    private final Stitched stitched;
    private final CaptureEdits edits;
    private final Supplier<@Nullable Scene> owner;

    CaptureChanges(Stitched stitched, CaptureEdits edits, Supplier<@Nullable Scene> owner) {
        this.stitched = stitched;
        this.edits = edits;
        this.owner = owner;
    }

    /** Which of the opened files a capture point was read from; files that could not be read have no point. */
    int fileOf(int capture) {
        HopId hop = stitched.captures().get(capture).hop();
        for (int i = 0; i < edits.files().size(); i++) {
            if (edits.files().get(i).hop().equals(hop)) {
                return i;
            }
        }
        throw new IllegalStateException("no file of " + hop);
    }

    String path(int capture) {
        return edits.files().get(fileOf(capture)).file().toAbsolutePath().toString();
    }

    boolean isClockSet(int capture) {
        return edits.files().get(fileOf(capture)).placement().clockOffsetNanos().isPresent();
    }

    void rename(int capture) {
        String old = stitched.hopName(capture);
        ask(WORDS.get("rename.ask", old), old, name -> whyNoName(old, name))
                .filter(name -> !name.equals(old))
                .ifPresent(name -> change(
                        WORDS.get("rename"),
                        capture,
                        file -> new HopFile(new HopId(name), file.file(), file.placement())));
    }

    private String whyNoName(String old, String name) {
        if (name.isEmpty()) {
            return WORDS.get("rename.empty");
        }
        boolean taken =
                edits.files().stream().anyMatch(file -> file.hop().name().equals(name) && !name.equals(old));
        return taken ? WORDS.get("rename.taken", name) : "";
    }

    /** Asks what stands there; an empty text for nothing that is known. */
    void role(int capture) {
        String old = edits.files().get(fileOf(capture)).placement().role();
        ask(WORDS.get("role.ask", stitched.hopName(capture)), old, _ -> "")
                .filter(role -> !role.equals(old))
                .ifPresent(role -> change(
                        WORDS.get("role"),
                        capture,
                        file -> placed(file, file.placement().withRole(role))));
    }

    /** Asks how far the clock is ahead. */
    void clock(int capture) {
        if (stitched.clocks().get(capture).reference()) {
            return;
        }
        ask(WORDS.get("clock.ask", stitched.hopName(capture)), "+0 ms", CaptureChanges::whyNoClock)
                .flatMap(CaptureChanges::nanos)
                .ifPresent(nanos -> change(
                        WORDS.get("clock"),
                        capture,
                        file -> placed(file, file.placement().withClockOffset(OptionalLong.of(nanos)))));
    }

    /** Why a clock cannot be set by a text, empty when it can. */
    static String whyNoClock(String text) {
        return nanos(text)
                .map(nanos -> nanos < -FARTHEST || nanos > FARTHEST ? WORDS.get("clock.far") : "")
                .orElseGet(() -> WORDS.get("clock.no-time"));
    }

    /** {@code +12.5 ms}, or with a comma, in nanoseconds; empty for what is no time. */
    static Optional<Long> nanos(String text) {
        Matcher matcher = OFFSET.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double unit = switch (matcher.group(3)) {
            case "ns" -> 1;
            case "us", "\u00b5s" -> 1e3;
            case "ms" -> 1e6;
            default -> 1e9;
        };
        double value = Double.parseDouble(matcher.group(2).replace(',', '.')) * unit;
        boolean behind = !matcher.group(1).isEmpty() && !matcher.group(1).equals("+");
        return Optional.of(Math.round(behind ? -value : value));
    }

    /** Puts a capture point elsewhere on the path; all points are then where the user sees them. */
    void move(List<Integer> order, int capture, int step) {
        List<Integer> wanted = new ArrayList<>(order);
        int from = wanted.indexOf(capture);
        int to = Math.clamp((long) from + step, 0, wanted.size() - 1);
        if (from != to) {
            wanted.subList(from, from + 1).clear();
            wanted.add(to, capture);
            List<HopFile> files = new ArrayList<>(edits.files());
            for (int i = 0; i < wanted.size(); i++) {
                int file = fileOf(wanted.get(i));
                files.set(
                        file,
                        placed(files.get(file), files.get(file).placement().withPlace(i + 1)));
            }
            edits.rearrange(WORDS.get("order"), files);
        }
    }

    /** Order and clocks as they are found from the packets. */
    void asFound(int capture) {
        edits.rearrange(
                WORDS.get("found"),
                edits.files().stream()
                        .map(file -> placed(
                                file, Placement.FOUND.withRole(file.placement().role())))
                        .toList());
    }

    /** Leaves a capture out. */
    void exclude(int capture) {
        if (edits.files().size() > 1) {
            List<HopFile> files = new ArrayList<>(edits.files());
            files.remove(fileOf(capture));
            edits.rearrange(WORDS.get("exclude"), files);
        }
    }

    private void change(String what, int capture, UnaryOperator<HopFile> how) {
        List<HopFile> files = new ArrayList<>(edits.files());
        files.set(fileOf(capture), how.apply(files.get(fileOf(capture))));
        edits.rearrange(what, files);
    }

    private static HopFile placed(HopFile file, Placement placement) {
        return new HopFile(file.hop(), file.file(), placement);
    }

    /** @param why says why a text will not do, empty when it will; while it will not, it cannot be confirmed */
    private Optional<String> ask(String question, String begin, UnaryOperator<String> why) {
        TextInputDialog dialog = new TextInputDialog(begin);
        dialog.setTitle(WORDS.get("name"));
        dialog.setHeaderText(null);
        TextField editor = dialog.getEditor();
        Label asked = new Label(question);
        asked.setLabelFor(editor);
        Label reason = new Label();
        reason.textProperty().bind(editor.textProperty().map(text -> why.apply(text.strip())));
        reason.getStyleClass().addAll("severity-warning", "asked-reason");
        asked.setWrapText(true);
        asked.setMinHeight(Region.USE_PREF_SIZE);
        reason.setWrapText(true);
        editor.setAccessibleText(question);
        editor.accessibleHelpProperty().bind(reason.textProperty());
        VBox content = new VBox(8, asked, editor, reason);
        content.getStyleClass().add("asked-line");
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane()
                .lookupButton(ButtonType.OK)
                .disableProperty()
                .bind(reason.textProperty().isNotEmpty());
        Scene scene = owner.get();
        if (scene != null) {
            dialog.initOwner(scene.getWindow());
            dialog.getDialogPane().getStyleClass().add("desk");
            dialog.getDialogPane().setStyle(scene.getRoot().getStyle());
            dialog.getDialogPane().getStylesheets().setAll(scene.getRoot().getStylesheets());
        }
        return dialog.showAndWait().map(String::strip);
    }
}
