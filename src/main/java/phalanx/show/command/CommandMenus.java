package phalanx.show.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import phalanx.show.Words;

/** The menu bar over the commands. Screen thread. */
public final class CommandMenus {
    private static final Words WORDS = Words.of("command");

    private CommandMenus() {}

    /** A menu within a menu whose entries are asked for each time that one opens. */
    public record Submenu(Command.Group group, String title, Supplier<List<Command>> entries) {}

    /** The menu bar of these commands, with the submenus at the top of their menus. */
    public static MenuBar bar(Commands commands, List<Submenu> submenus) {
        MenuBar bar = new MenuBar();
        Map<String, MenuItem> items = new HashMap<>();
        for (Command.Group group : Command.Group.values()) {
            Menu menu = new Menu(title(group));
            for (Command command : commands.all()) {
                if (command.group() == group) {
                    if (command.section()) {
                        menu.getItems().add(new SeparatorMenuItem());
                    }
                    MenuItem item = item(command);
                    items.put(command.id(), item);
                    menu.getItems().add(item);
                }
            }
            for (Submenu submenu : submenus) {
                if (submenu.group() == group) {
                    Menu inner = new Menu(submenu.title());
                    fill(inner, submenu);
                    menu.addEventHandler(Menu.ON_SHOWING, _ -> fill(inner, submenu));
                    menu.getItems().add(Math.min(1, menu.getItems().size()), inner);
                }
            }
            if (!menu.getItems().isEmpty()) {
                bar.getMenus().add(menu);
            }
        }
        bar.setAccessibleText(WORDS.get("menu"));
        commands.keyMaps()
                .subscribe(_ -> commands.all().forEach(command -> {
                    MenuItem item = items.get(command.id());
                    if (item != null) {
                        item.setAccelerator(command.keys());
                    }
                }));
        return bar;
    }

    /** When the menu around it opens: one without entries cannot be opened itself. */
    private static void fill(Menu menu, Submenu submenu) {
        menu.getItems()
                .setAll(submenu.entries().get().stream().map(CommandMenus::item).toList());
        menu.setDisable(menu.getItems().isEmpty());
    }

    private static MenuItem item(Command command) {
        MenuItem item;
        ObservableBooleanValue checked = command.checked();
        if (checked == null) {
            item = new MenuItem(command.title());
            item.setOnAction(_ -> command.action().run());
        } else {
            CheckMenuItem check = new CheckMenuItem(command.title());
            checked.subscribe(check::setSelected);
            check.setOnAction(_ -> {
                command.action().run();
                check.setSelected(checked.get()); // the toolkit has turned it round, whatever the action did
            });
            item = check;
        }
        item.setMnemonicParsing(false);
        item.setAccelerator(command.keys());
        item.disableProperty().bind(Bindings.not(command.enabled()));
        return item;
    }

    /** The name of a menu. */
    public static String title(Command.Group group) {
        return switch (group) {
            case FILE -> WORDS.get("group.file");
            case EDIT -> WORDS.get("group.edit");
            case VIEW -> WORDS.get("group.view");
            case GO -> WORDS.get("group.go");
            case CAPTURE -> WORDS.get("group.capture");
            case ANALYZE -> WORDS.get("group.analyze");
            case HELP -> WORDS.get("group.help");
        };
    }
}
