package phalanx.show.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import phalanx.show.Words;
import phalanx.show.command.Command;
import phalanx.show.command.CommandMenus;
import phalanx.show.command.Commands;
import phalanx.show.demo.Demo;

/** The menus of what was opened before, of the samples and of the demos. Screen thread. */
final class SampleMenus {
    private static final Words WORDS = Words.of("shell");

    private final List<Path> samples;
    private final DeskSettings settings;
    private final DeskDemos demos;
    private final Consumer<List<Path>> open;

    SampleMenus(List<Path> samples, DeskSettings settings, DeskDemos demos, Consumer<List<Path>> open) {
        this.samples = samples;
        this.settings = settings;
        this.demos = demos;
        this.open = open;
    }

    List<CommandMenus.Submenu> submenus() {
        return List.of(
                new CommandMenus.Submenu(Command.Group.FILE, WORDS.get("samples"), this::samples),
                new CommandMenus.Submenu(Command.Group.FILE, WORDS.get("recent"), this::recent),
                new CommandMenus.Submenu(Command.Group.HELP, WORDS.get("demos"), this::tours));
    }

    private List<Command> samples() {
        return samples.stream()
                .map(sample -> entry("sample." + sample, Samples.title(sample), List.of(sample)))
                .toList();
    }

    private List<Command> tours() {
        return demos.all().stream()
                .map(demo -> new Command(
                        "demo." + demo.script().id(),
                        Command.Group.HELP,
                        demo.script().title(),
                        null,
                        () -> demos.start(new Demo.Start(demo, Demo.Mode.TOUR)),
                        Commands.ALWAYS,
                        null,
                        false))
                .toList();
    }

    private List<Command> recent() {
        List<Command> entries = new ArrayList<>();
        for (List<String> files : settings.now().recent()) {
            List<Path> paths = files.stream().map(Path::of).toList();
            entries.add(entry("recent." + files, title(paths), paths));
        }
        return entries;
    }

    /** {@code client, edge, server in slow-server}. */
    static String title(List<Path> files) {
        Path first = files.getFirst();
        Path folder = first.getParent();
        String names = String.join(
                ", ",
                files.stream().map(file -> String.valueOf(file.getFileName())).toList());
        String at = folder == null || folder.getFileName() == null ? "" : String.valueOf(folder.getFileName());
        return WORDS.get("recent.entry", names, at);
    }

    private Command entry(String id, String title, List<Path> files) {
        return new Command(id, Command.Group.FILE, title, null, () -> open.accept(files), Commands.ALWAYS, null, false);
    }
}
