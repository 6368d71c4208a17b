package phalanx.show.help;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

/** Which page of the manual is read, what was read before, what is searched for. Screen thread. */
public final class HelpViewModel {
    private final HelpBook book;
    private final ReadOnlyObjectWrapper<HelpPage> page;
    private final StringProperty query = new SimpleStringProperty("");
    private final ObservableValue<List<HelpBook.Hit>> hits;
    private final List<HelpPage> history = new ArrayList<>();
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();
    private int at;

    public HelpViewModel(HelpBook book) {
        this.book = book;
        page = new ReadOnlyObjectWrapper<>(book.first());
        hits = query.map(book::search);
        history.add(book.first());
    }

    public HelpBook book() {
        return book;
    }

    public ReadOnlyObjectProperty<HelpPage> page() {
        return page.getReadOnlyProperty();
    }

    /** What is searched for in all pages; empty for nothing. */
    public StringProperty query() {
        return query;
    }

    /** The pages that have it. */
    public ObservableValue<List<HelpBook.Hit>> hits() {
        return hits;
    }

    public ReadOnlyBooleanProperty canGoBack() {
        return canGoBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoForward() {
        return canGoForward.getReadOnlyProperty();
    }

    /** Goes to a page, by its id or as a link names it; nothing happens when there is none. */
    public void open(String destination) {
        book.page(HelpBook.id(destination)).ifPresent(wanted -> {
            if (!wanted.equals(page.get())) {
                history.subList(at + 1, history.size()).clear();
                history.add(wanted);
                visit(history.size() - 1);
            }
        });
    }

    /** The page read before. */
    public void back() {
        if (at > 0) {
            visit(at - 1);
        }
    }

    /** The page read before going back. */
    public void forward() {
        if (at + 1 < history.size()) {
            visit(at + 1);
        }
    }

    private void visit(int place) {
        at = place;
        canGoBack.set(at > 0);
        canGoForward.set(at + 1 < history.size());
        page.set(history.get(at));
    }
}
