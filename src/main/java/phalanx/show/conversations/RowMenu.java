package phalanx.show.conversations;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.jspecify.annotations.Nullable;
import phalanx.show.Controls;
import phalanx.show.Selection;
import phalanx.show.Words;

/** What can be done with a conversation, and with the cell under the mouse. */
final class RowMenu extends ContextMenu {
    private static final Words WORDS = Words.of("conversations");
    private static final Set<ConversationColumn> ALWAYS = EnumSet.of(
            ConversationColumn.CLIENT_ADDRESS,
            ConversationColumn.SERVER_ADDRESS,
            ConversationColumn.SERVER_PORT,
            ConversationColumn.PROTOCOL);
    private static final int LONGEST = 48;

    private final ConversationsViewModel model;
    private final ConversationRow row;

    /**
     * @param cell null when the menu was called by keyboard
     * @param copy copies what is selected
     */
    RowMenu(
            ConversationsViewModel model,
            ConversationRow row,
            @Nullable ConversationColumn cell,
            Consumer<RowText> copy) {
        this.model = model;
        this.row = row;
        if (cell != null && !ALWAYS.contains(cell)) {
            filters(cell);
        }
        ALWAYS.forEach(this::filters);
        getItems().add(filters(WORDS.get("menu.conversation"), ConversationFilters.of(row.conversation())));
        int id = row.conversation().id();
        Selection.State now = model.selection().now();
        boolean compared = now.compared() == id;
        getItems().add(new SeparatorMenuItem());
        if (compared || now.conversation() != Selection.NONE && now.conversation() != id) {
            item(compared ? WORDS.get("menu.no-compare") : WORDS.get("menu.compare"), () -> model.compare(id));
        } else {
            item(WORDS.get("menu.compare-how"), () -> {});
            getItems().getLast().setDisable(true);
        }
        item(WORDS.get("menu.isolate"), () -> model.isolate(row));
        getItems().add(new SeparatorMenuItem());
        if (cell != null) {
            item(WORDS.get("menu.copy-cell"), () -> Controls.copy(cell.content().text(row)));
        }
        item(WORDS.get("menu.copy-rows"), () -> copy.accept(RowText.TABS));
        item(WORDS.get("menu.copy-csv"), () -> copy.accept(RowText.CSV));
    }

    private void filters(ConversationColumn column) {
        Optional<String> filter = ConversationFilters.of(column, row);
        filter.ifPresent(text ->
                getItems().add(filters(column.title() + "  " + column.content().text(row), text)));
    }

    private Menu filters(String what, String filter) {
        String title = what.length() > LONGEST ? what.substring(0, LONGEST) + "\u2026" : what;
        Menu menu = new Menu(WORDS.get("menu.filter", title));
        menu.setMnemonicParsing(false);
        menu.getItems()
                .setAll(
                        filter(WORDS.get("menu.for"), _ -> filter),
                        filter(WORDS.get("menu.not-for"), _ -> ConversationFilters.not(filter)),
                        filter(WORDS.get("menu.and"), now -> ConversationFilters.and(now, filter)),
                        filter(
                                WORDS.get("menu.and-not"),
                                now -> ConversationFilters.and(now, ConversationFilters.not(filter))),
                        filter(WORDS.get("menu.or"), now -> ConversationFilters.or(now, filter)));
        return menu;
    }

    private MenuItem filter(String text, UnaryOperator<String> change) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> model.filter(change));
        return item;
    }

    private void item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(_ -> action.run());
        getItems().add(item);
    }
}
