package phalanx.show.settings;

import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import phalanx.show.Columns;
import phalanx.show.Controls;
import phalanx.show.Words;

/** What Phalanx is, which version, and what it is made of. Screen thread. */
public final class AboutView extends VBox {
    private static final Words WORDS = Words.of("settings");
    private static final double NAME = 330, VERSION = 110, LICENCE = 230;

    public AboutView() {
        super(10);
        getStyleClass().add("settings-page");
        getStylesheets().add(String.valueOf(AboutView.class.getResource("/show/settings.css")));
        Label title = new Label(WORDS.get("about.version", version()));
        title.getStyleClass().add("headline");
        title.setWrapText(true);
        title.setMinHeight(Region.USE_PREF_SIZE);
        Label what = new Label(WORDS.get("about.what"));
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        Label java = new Label(WORDS.get("about.java", Runtime.version(), system()));
        java.getStyleClass().add("soft");
        java.setWrapText(true);
        java.setMinHeight(Region.USE_PREF_SIZE);
        Label head = new Label(WORDS.get("about.libraries"));
        head.getStyleClass().add("settings-title");
        List<Library> libraries = Library.all();
        TableView<Library> table = new TableView<>();
        Columns.text(table, WORDS.get("about.library"), NAME, Library::name, Library::name);
        Columns.text(table, WORDS.get("about.library-version"), VERSION, Library::version, Library::version);
        Columns.text(table, WORDS.get("about.library-licence"), LICENCE, Library::licence, Library::licence);
        table.getItems().setAll(libraries);
        table.setAccessibleText(WORDS.get("about.libraries"));
        Label none = new Label(WORDS.get("about.no-libraries"));
        none.setWrapText(true);
        table.setPlaceholder(none);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren()
                .setAll(
                        title,
                        what,
                        new Label(WORDS.get("about.licence")),
                        java,
                        head,
                        table,
                        Controls.button(WORDS.get("about.copy"), () -> Controls.copy(text(libraries))));
    }

    private static String text(List<Library> libraries) {
        return WORDS.get("about.version", version()) + "\n" + WORDS.get("about.java", Runtime.version(), system())
                + "\n\n"
                + libraries.stream()
                        .map(library -> library.name() + " " + library.version() + "  " + library.licence())
                        .collect(Collectors.joining("\n"));
    }

    /** As the jar's manifest says it. */
    static String version() {
        String version = AboutView.class.getPackage().getImplementationVersion();
        return version == null ? WORDS.get("about.classes") : version;
    }

    /** {@code Linux 6.1 amd64}. */
    static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }
}
