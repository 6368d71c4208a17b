package phalanx.show.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phalanx.redact.Redaction;
import phalanx.redact.RedactionOptions;
import phalanx.redact.Replaced;
import phalanx.run.Jobs;
import phalanx.show.Look;
import phalanx.show.Screen;
import phalanx.show.Theme;
import phalanx.show.Words;

/** Captures are made fit to be given away; every state leaves a picture behind. */
class RedactPaneTest {
    private static final List<Redaction.Source> SOURCES = Stream.of("client", "wan-router", "server")
            .map(point -> new Redaction.Source(Path.of("sample-pcaps/loss-on-wan-link", point + ".pcapng"), point))
            .toList();

    @TempDir
    private Path folder = Path.of(".");

    @AfterEach
    void english() {
        Words.use(Locale.ENGLISH);
    }

    private static RedactViewModel model(Jobs jobs) {
        return Screen.on(() -> new RedactViewModel(jobs, SOURCES));
    }

    private Scene show(RedactViewModel model, Theme theme, String name) {
        Scene scene = Screen.on(() -> Look.scene(
                new RedactPane(model, () -> Optional.of(folder), () -> Optional.of(folder.resolve("key"))),
                theme,
                780,
                620,
                100));
        Screen.picture(scene, name);
        return scene;
    }

    private static void close(Scene scene) {
        Screen.run(() -> ((Stage) scene.getWindow()).close());
    }

    @Test
    void the_preview_names_kinds_counts_and_examples_and_writes_nothing() throws IOException {
        RedactViewModel model = model(Screen.AT_ONCE);
        Screen.run(model::preview);
        var seen = assertInstanceOf(
                RedactViewModel.State.Previewed.class, model.state().get());
        assertTrue(seen.answer().tally().count(Replaced.IPV4) > 5_000);
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK, Theme.HIGH_CONTRAST)) {
            Scene scene = show(model, theme, "redact-" + theme.word());
            assertTrue(Screen.shows(scene, "10.42.1.10 \u2192 10."));
            assertTrue(Screen.shows(scene, "Hardware addresses"));
            close(scene);
        }
        Words.use(Locale.GERMAN);
        Scene german = show(model, Theme.LIGHT, "redact-de");
        assertTrue(Screen.shows(german, "Hardware-Adressen"));
        close(german);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void what_is_chosen_is_what_is_written() {
        RedactViewModel model = model(Screen.AT_ONCE);
        Screen.run(model::preview);
        Scene scene = show(model, Theme.LIGHT, "redact-chosen");
        Screen.run(() -> {
            List<Node> all = Screen.all(scene.getRoot());
            all.stream()
                    .filter(CheckBox.class::isInstance)
                    .map(CheckBox.class::cast)
                    .forEach(CheckBox::fire);
            assertEquals(new RedactionOptions(0, true, true), model.options().get());
            all.stream()
                    .filter(node -> node instanceof Button button && button.isDefaultButton())
                    .map(Button.class::cast)
                    .forEach(Button::fire);
        });
        var written = assertInstanceOf(
                RedactViewModel.State.Written.class, model.state().get());
        assertEquals(
                List.of("point-1.pcapng", "point-2.pcapng", "point-3.pcapng"),
                written.answer().written().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
        Screen.picture(scene, "redact-written");
        assertTrue(Screen.shows(scene, "3 captures written into"));
        close(scene);
    }

    @Test
    void a_key_that_is_none_is_told_with_its_code() {
        RedactViewModel model = model(Screen.AT_ONCE);
        Scene scene = show(model, Theme.DARK, "redact-before");
        Screen.run(() -> model.useKey(folder.resolve("no-such-key")));
        assertTrue(Screen.shows(scene, "PHX-1751"));
        close(scene);
    }

    @Test
    void work_can_be_given_up_and_another_choice_takes_its_place() {
        Deque<Runnable> later = new ArrayDeque<>();
        RedactViewModel model = model(new Jobs(later::add, Runnable::run));
        Screen.run(() -> {
            model.preview();
            model.choose(new RedactionOptions(400, false, false));
            later.remove().run();
        });
        assertInstanceOf(RedactViewModel.State.Previewing.class, model.state().get(), "the first has nothing to say");
        Screen.run(() -> later.remove().run());
        assertInstanceOf(RedactViewModel.State.Previewed.class, model.state().get());
        Screen.run(() -> model.write(folder.resolve("new")));
        Scene scene = show(model, Theme.LIGHT, "redact-writing");
        Screen.run(() -> {
            model.cancel();
            later.remove().run();
        });
        assertInstanceOf(RedactViewModel.State.GivenUp.class, model.state().get());
        close(scene);
    }

    @Test
    void files_that_are_there_are_replaced_only_when_the_user_says_so() throws IOException {
        Path server = Files.writeString(folder.resolve("server.pcapng"), "somebody's work");
        RedactViewModel model = model(Screen.AT_ONCE);
        Screen.run(() -> model.write(folder));
        assertInstanceOf(RedactViewModel.State.Exists.class, model.state().get());
        assertEquals("somebody's work", Files.readString(server));
        Scene scene = show(model, Theme.LIGHT, "redact-exists");
        assertTrue(Screen.shows(scene, "server.pcapng exists already; nothing was written."));
        Screen.run(() -> Screen.all(scene.getRoot()).stream()
                .filter(node -> node instanceof Button button && "Replace them".equals(button.getText()))
                .map(Button.class::cast)
                .forEach(Button::fire));
        assertInstanceOf(RedactViewModel.State.Written.class, model.state().get());
        assertTrue(Files.size(server) > 1000);
        close(scene);
    }

    @Test
    void nothing_can_be_chosen_while_captures_are_written() {
        Deque<Runnable> later = new ArrayDeque<>();
        RedactViewModel model = model(new Jobs(later::add, Runnable::run));
        Screen.run(() -> model.write(folder.resolve("new")));
        Scene scene = show(model, Theme.DARK, "redact-busy");
        Screen.run(() -> assertTrue(Screen.all(scene.getRoot()).stream()
                .filter(CheckBox.class::isInstance)
                .allMatch(Node::isDisabled)));
        Screen.run(() -> later.remove().run());
        assertInstanceOf(RedactViewModel.State.Written.class, model.state().get());
        Screen.run(() -> assertTrue(Screen.all(scene.getRoot()).stream()
                .filter(CheckBox.class::isInstance)
                .noneMatch(Node::isDisabled)));
        close(scene);
    }

    @Test
    void a_key_is_read_where_the_screen_does_not_wait_for_it() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "00112233445566778899aabbccddeeff".repeat(2));
        Deque<Runnable> later = new ArrayDeque<>();
        RedactViewModel model = model(new Jobs(later::add, Runnable::run));
        Screen.run(() -> model.useKey(key));
        assertEquals(1, later.size(), "not read yet");
        assertInstanceOf(RedactViewModel.State.Previewing.class, model.state().get());
        while (!later.isEmpty()) {
            Screen.run(() -> later.remove().run());
        }
        assertInstanceOf(RedactViewModel.State.Previewed.class, model.state().get());
    }

    @Test
    void every_control_has_a_name() {
        RedactViewModel model = model(Screen.AT_ONCE);
        Screen.run(model::preview);
        Scene scene = show(model, Theme.LIGHT, "redact-names");
        Screen.run(() -> Screen.all(scene.getRoot()).stream()
                .filter(Node::isFocusTraversable)
                .forEach(node -> assertTrue(
                        node.getAccessibleText() != null
                                || node instanceof Labeled labeled
                                        && !labeled.getText().isBlank(),
                        node.toString())));
        close(scene);
    }
}
