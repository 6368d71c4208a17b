package phalanx.show;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The dialogs of the system; each begins in the folder that the one before ended in. Screen thread. */
public final class SystemFileDialogs implements FileDialogs {
    private @Nullable File last;

    @Override
    public List<Path> open(@Nullable Window owner, String title, ExtensionFilter... kinds) {
        List<File> chosen = chooser(title, kinds).showOpenMultipleDialog(owner);
        if (chosen == null || chosen.isEmpty()) {
            return List.of();
        }
        last = chosen.getFirst().getParentFile();
        return chosen.stream().map(File::toPath).toList();
    }

    @Override
    public Optional<Path> openOne(@Nullable Window owner, String title, ExtensionFilter... kinds) {
        return inItsFolder(chooser(title, kinds).showOpenDialog(owner));
    }

    @Override
    public Optional<Path> save(@Nullable Window owner, String title, String name, ExtensionFilter... kinds) {
        FileChooser chooser = chooser(title, kinds);
        chooser.setInitialFileName(name);
        return inItsFolder(chooser.showSaveDialog(owner));
    }

    @Override
    public Optional<Path> folder(@Nullable Window owner, String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        chooser.setInitialDirectory(begin());
        return inItsFolder(chooser.showDialog(owner));
    }

    private FileChooser chooser(String title, ExtensionFilter... kinds) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialDirectory(begin());
        chooser.getExtensionFilters().setAll(kinds);
        return chooser;
    }

    /** The choosers refuse a folder that is no longer there. */
    private @Nullable File begin() {
        return last != null && last.isDirectory() ? last : null;
    }

    private Optional<Path> inItsFolder(@Nullable File chosen) {
        if (chosen == null) {
            return Optional.empty();
        }
        last = chosen.getParentFile();
        return Optional.of(chosen.toPath());
    }
}
